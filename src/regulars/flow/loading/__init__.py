"""Files become facts: what a file is, the taking in of its rows, and what was turned away."""
