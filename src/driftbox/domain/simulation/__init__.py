"""A Putuo that lives: chance from a seed, an agenda of what happens when, who asks for what, and what came of it."""
