"""Only what matters: what the shop keeps, what each of it is used for, what it adds to foretelling, what could go."""
