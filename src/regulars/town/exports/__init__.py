"""The files that the systems of the town's shop write, as dirty as real ones."""
