"""The families of indicators: one file each, copied from its neighbour."""
