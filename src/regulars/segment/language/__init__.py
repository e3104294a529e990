"""The rule language: how a rule is read, checked, written as SQL, and said as a sentence."""
