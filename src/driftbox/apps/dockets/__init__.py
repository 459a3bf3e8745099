"""Cases: the only writers, the only readers, and the one guarded door to each."""
