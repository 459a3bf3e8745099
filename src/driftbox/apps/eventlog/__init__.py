"""The event log: one append-only table of signed entries; everything else is derived from it."""
