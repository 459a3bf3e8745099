"""Errands 代办: acts that join a case, a box, people and messages, each committed as one."""
