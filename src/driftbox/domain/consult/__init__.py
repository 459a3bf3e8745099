"""Consultation 咨询: own words in, one complete checklist out."""
