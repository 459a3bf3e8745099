"""Boxes: the same for drifting boxes."""
