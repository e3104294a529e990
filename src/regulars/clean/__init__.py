"""Raw rows become standard facts, and rejects with a reason. One kind of value, one file."""
