"""What a resident reads before there is a case: what may be asked for, what it takes, how it goes."""
