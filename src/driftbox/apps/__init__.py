"""Storey 3, Django: rows, locks and transactions; no rules."""
