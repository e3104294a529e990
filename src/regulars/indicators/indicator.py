"""What an indicator is: everything about it is said here, and nothing else exists about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from regulars.words import Text

Type = Literal["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"]
Unit = Literal["count", "cents", "days", "day", "hour", "weekday", "share", "score", "text"]
#: A relation of a person's facts.
Relation = Literal[
    "orders", "lines", "priced", "gaps", "events", "clicks", "opens", "after_clicks", "journeys", "reach"
]
#: Where an indicator is counted: over a person's facts, or from other indicators.
Over = Relation | Literal["favourite", "indicators", "norms", "confidence"]
#: What an indicator over `favourite` can be of its column.
ASPECTS = ("favourite", "times", "share", "kinds")
RELATIONS: tuple[Relation, ...] = get_args(Relation)
_WINDOW = re.compile(r"\bage < (\d+)")
Value = int | float | str | bool | None
Facts = tuple[Mapping[str, Value | tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One number (or word) per person.

    `over` a relation of facts, `value` is an aggregate of it. Over `favourite`, `value` is `relation.column`: the
    value of that column that a person has most often; with ` times`, ` share` or ` kinds` after it how often that is,
    what part of all, and how many different values there are. Over `indicators`, `value` is an expression of other
    indicators; over `norms`, one that also reads the shop's frozen norms; over `confidence`, `relation.column`: how
    sure the favourite is. The last two are the *relative* indicators: they compare people. All others are the
    person's *own*.
    """

    name: str
    label: Text  #: a noun phrase, for sentences and pages
    question: Text  #: the question it answers
    unit: Unit
    over: Over
    value: str  #: SQL in the house dialect
    type: Type = "BIGINT"
    missing: str = "null"  #: SQL for a person with no such facts
    values: tuple[str, ...] = ()  #: the words it can be, when they are few
    examples: tuple[tuple[Facts, Value], ...] = ()  #: facts of one person -> value; they are tests

    @property
    def window_days(self) -> int | None:
        """Only the last so many days count, the evening's own with them; None: all that is known."""
        return max(map(int, _WINDOW.findall(self.value)), default=None)

    @property
    def breaks_ties(self) -> bool:
        """Whether it is a favourite: the most frequent, of equals the most recent, of those the smallest."""
        return self.over == "favourite" and " " not in self.value

    @property
    def relative(self) -> bool:
        """Whether it compares the person with others."""
        return self.over in ("norms", "confidence")
