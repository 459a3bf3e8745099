"""Storey 5, the roof: settings, environment, URLs, server entry points."""
