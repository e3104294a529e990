"""What is special about orders: goods and fees, statuses, shares of a whole, and orders that are told again."""
