"""Arrival: which boat, when collected, when the window is open, and so the day that can be promised."""
