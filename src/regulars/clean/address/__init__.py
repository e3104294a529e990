"""Where somebody lives: address lines, streets, places and regions, in standard form."""
