"""A row as it was found, and what its cells can hold: amounts, instants, currencies, keys."""
