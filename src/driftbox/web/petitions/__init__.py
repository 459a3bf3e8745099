"""Petitions 信访 for those whose they are: tell, keep the receipt, ask for a review, and why a day is what it is."""
