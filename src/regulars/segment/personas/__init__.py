"""Personas: the few kinds of customers a shop has, found from how they buy, with plain names and ids that last."""
