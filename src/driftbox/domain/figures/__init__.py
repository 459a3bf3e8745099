"""Figures 数: what is counted and what not, from which entries; mergeable counts, and what of them may be published."""
