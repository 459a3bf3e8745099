"""Packs: law, matters, places, timetables and words as data. No code lives here."""
