"""Figures with their definitions, what people keep asking, and the results that everybody may read."""
