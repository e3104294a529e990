"""Links -> people that last, and why.

cluster   links -> groups of records, keeping apart what must be apart
few       the same of a few records
claims    what cards call their own
parts     the parts of a doubtful group, and what their cards say
homes     the person each record belonged to before merges
identity  groups -> person ids that last
households  people -> who lives together                            households.sql
evidence  why: a row for each link; the pairs to review
"""
