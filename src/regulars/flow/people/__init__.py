"""What the people of the shop look up and settle by hand: one customer, two records, one field."""
