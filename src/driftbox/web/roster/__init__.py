"""The roster: a month of an office, my own shifts, swaps, hand-over notes, calendars for subscribing."""
