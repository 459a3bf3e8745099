"""What does not agree 对不上的: the list, and each one from leaving it as it is to how it was settled."""
