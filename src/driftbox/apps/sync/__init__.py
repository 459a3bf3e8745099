"""Meetings 会面 of this node with others: what to send, what came, how far each knows the other."""
