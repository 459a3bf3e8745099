"""Storey 4, the command line: one file per command."""
