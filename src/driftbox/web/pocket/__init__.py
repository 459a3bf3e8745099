"""The agent's pocket 代办员手机页: today's work, one step at a time."""
