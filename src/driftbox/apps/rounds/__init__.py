"""Rounds 走访: the day on which people are visited at home, planned, changed by hand, sent out and carried through."""
