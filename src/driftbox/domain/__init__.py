"""Storey 1, pure: facts, rules and decisions. No framework, no I/O, no clock, no chance."""
