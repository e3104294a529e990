"""Why two records are, or are not, one person.

explanation  what is said of two records
seen         what a pair looks like that somebody names of their own
chain        the links between two records of one person
findings     the two records by themselves: what agrees, and what the model says field by field
apart        the rule that parts two who have enough in common: what their other records say
parting      that rule, in a sentence
reasons      why two are asked about, in words
waiting      that a human is asked about them, and how to answer
unheard      what somebody said of them that no match has made so yet
alike        of all records of two people, the two that are most alike
why          all of it, and the sentence
"""

from __future__ import annotations

from regulars.match.explain.explanation import Agreement, Explanation, Step, identifier_words, why_linked
from regulars.match.explain.seen import as_explained
from regulars.match.explain.why import explain

__all__ = ["Agreement", "Explanation", "Step", "as_explained", "explain", "identifier_words", "why_linked"]
