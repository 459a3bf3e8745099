"""Sailings 船班: what goes and what does not, by which timetable, and who said so since when."""
