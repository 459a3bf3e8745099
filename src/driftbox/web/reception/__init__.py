"""The reception log: one contact in under a minute, the day, and whom to call back."""
