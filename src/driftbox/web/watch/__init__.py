"""Supervision: what waits, cards, pressing, reopening, who may see what is confidential, what may be the same."""
