"""Buy till you die: models of when customers come back, and whether they still do; one a file."""
