"""A Putuo that lives: the acts of this house, called as the pages call them, through months of a clock of its own."""
