"""Parcels, incidents and originals as rows: made from cases and boxes alike, so that both can be asked at once."""
