"""Reception face to face 视频接待: the desk's queue, the door and waiting room of a call, and its signalling."""
