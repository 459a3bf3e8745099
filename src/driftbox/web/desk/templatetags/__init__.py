"""Template tags of the window console."""
