"""What customers say: whether they are pleased, of what, and what they ask for; English and French.

A text is read in its own language or not at all. Stars tell more than words; where there are none the words are read
by a model of the shop's own starred texts, else, in English, by a general one; see docs/why.
"""
