"""Matters changed at the desk: drafts that wait for a second pair of eyes, and published versions over the pack."""
