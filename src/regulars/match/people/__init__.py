"""Links -> people that last, and why.

cluster   links -> groups of records, keeping apart what must be apart
identity  groups -> person ids that last
households  people -> who lives together                            households.sql
evidence  why: a row for each link; the pairs to review
"""
