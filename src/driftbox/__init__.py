"""Driftbox 漂流箱: ask once, hand in once, and the answer comes to your door."""

__version__ = "0.1.0"
