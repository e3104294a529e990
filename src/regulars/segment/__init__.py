"""Numbers per person -> groups: the rule language, the ready segments, how many they hold."""
