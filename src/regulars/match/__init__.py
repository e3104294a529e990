"""Records -> who is who: which records, of all sources, are one person.

records         what is known of each record, in the form it is compared in
contradictions  pairs that cannot simply be one person                             contradictions.sql
exact           joined by a shared e-mail, card or number                          exact.sql
comparison      which pairs are compared, and how near the two are in each field
weight          what agreement is worth: the model, and the weight of each pair
learning        a model learnt from the shop's own records, its threshold from answers
live            new records placed among all others, in a moment
pairs           sorted into joined, to review, apart                               pairs.sql
people          links -> people that last, and why
grouping        the links of some records, and the groups they make                grouping.sql
review          what people are asked, what they decide, and how many joins are right by it
explain         why two records are, or are not, one person
unmet           values of the settings that no record has                          unmet.sql
run             all of it                                                          run.sql
arrays          what these pass on: numbers, bits, pairs
"""

from __future__ import annotations

from regulars.match.explain import Explanation, explain
from regulars.match.people.identity import resolve
from regulars.match.review.verdicts import disjoin, merge, tell_apart, unmerge
from regulars.match.run import MatchReport, match

__all__ = [
    "Explanation", "MatchReport", "disjoin", "explain", "match", "merge", "resolve", "tell_apart", "unmerge",
]  # fmt: skip
