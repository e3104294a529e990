"""What names a person and reaches them: each kind of value made standard, with the rule that changed it."""
