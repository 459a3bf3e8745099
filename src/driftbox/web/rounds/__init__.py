"""Rounds 走访: the director's sheet, the agent's round on a phone, and the sheet on paper."""
