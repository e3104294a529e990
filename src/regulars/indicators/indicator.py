"""What an indicator is: everything about it is said here, and nothing else exists about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.words import Text

Type = Literal["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"]
Unit = Literal["count", "cents", "days", "day", "hour", "weekday", "share", "score", "text"]
#: Where an indicator is counted: over a person's facts, or from other indicators.
Over = Literal["orders", "lines", "events", "gaps", "journeys", "favourite", "indicators", "norms"]
Value = int | float | str | bool | None
Facts = tuple[Mapping[str, Value | tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One number (or word) per person.

    `over` a relation of facts, `value` is an aggregate of it; over `favourite`, `value` is `relation.column`; over
    `indicators`, an expression of other indicators; over `norms`, one that also reads the shop's frozen norms. The
    last are the *relative* indicators: they compare people. All others are the person's *own*.
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
    def relative(self) -> bool:
        """Whether it compares the person with others."""
        return self.over == "norms"
