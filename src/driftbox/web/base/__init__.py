"""What every screen stands on: shells, parts, style sheets, filters, and the switches of language and mode."""
