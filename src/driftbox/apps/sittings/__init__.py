"""Sittings 视频接待: rooms, seats, the queue, who is there, recordings; facts are entries of the case."""
