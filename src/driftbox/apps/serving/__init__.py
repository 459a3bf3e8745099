"""Serving 文书送达: setting written notices in type, issuing them under a number, and proving that they were served."""
