"""Storey 2, the outside world: each gateway is a Protocol with a real and an in-memory version."""
