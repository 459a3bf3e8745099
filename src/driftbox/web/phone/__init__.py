"""The agent's phone 代办员的手机: works without signal for a whole day, and hands in later."""
