"""What the columns of a file mean, and how their values are written: proposed with reasons, checked before loading."""
