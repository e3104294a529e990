"""How the values of a file are written: what they look like, and what their dates, numbers and zones prove."""
