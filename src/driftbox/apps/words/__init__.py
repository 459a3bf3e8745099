"""How people say it, beyond the pack: what a search missed, and what directors added to the word list."""
