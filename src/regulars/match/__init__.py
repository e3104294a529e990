"""Records -> who is who: which records, of all sources, are one person.

records         what is known of each record, in the form it is compared in        cards.sql
contradictions  pairs that cannot simply be one person                             contradictions.sql
exact           joined by a shared e-mail, card or number                          exact.sql
fields          what is compared, how near two values are, where pairs are sought
candidates      the pairs worth comparing, found by keys                           candidates.sql
comparing       how near two cards are in each field                               comparing.sql
beliefs         what is believed before any record is read                         retail.toml
mixture         one person, a household, one name, strangers: learnt from pairs
training        a model learnt from the shop's own records                         training.sql
model           what agreement is worth, in words
dialects        conditions on two cards in the words of each engine
words_in_python  the same for one pair, and what they mean
scorer          the model as a Python function: the weight of one pair
weighing        the model as SQL: the weight of each pair                          weighing.sql
pairs           sorted into joined, to review, apart                               pairs.sql
cluster         links -> groups of records, keeping apart what must be apart
identity        groups -> person ids that last
evidence        why: a row for each link; the pairs to review
verdicts        what people decided: merge, unmerge
explain         why two records are, or are not, one person
run             all of it
"""

from __future__ import annotations

from regulars.match.explain import Explanation, explain
from regulars.match.identity import resolve
from regulars.match.run import MatchReport, match
from regulars.match.verdicts import merge, unmerge

__all__ = ["Explanation", "MatchReport", "explain", "match", "merge", "resolve", "unmerge"]
