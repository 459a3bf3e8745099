"""Meetings 会面 of nodes: what a bundle is made of, what to send, whom a docket concerns, how to find what differs."""
