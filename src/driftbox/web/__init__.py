"""Storey 4, pages: HTTP in, HTML out; one complete folder per screen."""
