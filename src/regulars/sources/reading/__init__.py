"""Bytes become rows as found: which files, in what form, cut into which cells."""
