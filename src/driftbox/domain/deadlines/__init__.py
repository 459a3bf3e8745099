"""Deadlines 时限: calendars, and clocks that can explain every due date."""
