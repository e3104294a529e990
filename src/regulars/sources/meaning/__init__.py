"""What the columns of a file mean: proposed with reasons, checked before loading."""
