"""The nouns: what rooms hand to each other through tables, with their units."""
