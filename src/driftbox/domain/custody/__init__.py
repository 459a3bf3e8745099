"""Custody 保管: drifting boxes, seals and parcels, and who holds them at each moment."""
