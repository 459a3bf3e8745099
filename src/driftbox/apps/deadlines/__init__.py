"""Clocks of cases, read from entries and the pack's calendar."""
