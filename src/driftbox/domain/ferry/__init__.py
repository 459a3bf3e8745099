"""Boats: what sails when, how to get there, and what a suspension takes away."""
