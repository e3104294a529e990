"""A rule as a tree: what it may say, once read and checked, and how it is written as SQL or as rule text.

The tree has no general NOT: negation is carried down to the leaves when the rule is read. In SQL's logic of three
values that changes nothing, and it makes the rule easy to say as a sentence.

**Unknown values.** A comparison with an unknown value is no, and so is its opposite: a person whose spend is unknown
is neither over 500 nor not over 500. Only `is null` and `is not null` ask for it. Being in a segment is never
unknown: who does not fit its rule is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from regulars.segment.language.happenings import (
    Did,
    Happening,
    Then,
    happening_sql,
    happening_text,
    opposite_of,
)
from regulars.segment.language.operands import Operand
from regulars.words import Text

Operator = Literal["=", "<>", "<", "<=", ">", ">="]
_OPPOSITE: dict[Operator, Operator] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class Value:
    """One literal: what is bound to the statement, and how it is written in a rule."""

    bound: int | float | str
    written: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`spend_365d > 500`."""

    operand: Operand
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Versus:
    """`days_since_last_order > 1.5 * expected_gap_days`: two operands of one unit."""

    operand: Operand
    operator: Operator
    other: Operand
    factor: Value | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """`age_years between 20 and 30`, both ends included."""

    operand: Operand
    low: Value
    high: Value
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """`stage in ('late', 'lapsed')`."""

    operand: Operand
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Like:
    """`postcode like 'H2%'`."""

    operand: Operand
    pattern: Value
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """`city is not null`."""

    operand: Operand
    known: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """`has_email`, or `not has_email`."""

    operand: Operand
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """`in_segment('loyal')`, with the segment's own condition."""

    segment: str
    title: Text
    condition: Condition
    negated: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Comparison | Versus | Range | OneOf | Like | Known | Flag | Member | Did | Then | All | Any


def opposite(condition: Condition) -> Condition:
    """The condition that holds where this one does not, and where it is unknown neither holds."""
    match condition:
        case Comparison() | Versus():
            return replace(condition, operator=_OPPOSITE[condition.operator])
        case Range() | OneOf() | Like() | Member():
            return replace(condition, negated=not condition.negated)
        case Known():
            return replace(condition, known=not condition.known)
        case Flag():
            return replace(condition, holds=not condition.holds)
        case Did() | Then():
            return opposite_of(condition)
        case All():
            return Any(tuple(opposite(part) for part in condition.parts))
        case Any():
            return All(tuple(opposite(part) for part in condition.parts))


def names(condition: Condition) -> Iterator[str]:
    """Every operand that the condition reads, also through segments; a name may come twice."""
    match condition:
        case All() | Any():
            for part in condition.parts:
                yield from names(part)
        case Member():
            yield from names(condition.condition)
        case Versus():
            yield condition.operand.name
            yield condition.other.name
        case Did() | Then():
            return
        case _:
            yield condition.operand.name


def events(condition: Condition) -> Iterator[str]:
    """Every event that the condition asks about, also through segments; a name may come twice."""
    match condition:
        case All() | Any():
            for part in condition.parts:
                yield from events(part)
        case Member():
            yield from events(condition.condition)
        case Did():
            yield condition.event
        case Then():
            yield condition.first
            yield condition.then


def texts(condition: Condition) -> Iterator[tuple[str, str]]:
    """Every operand of open text, and each value that the condition compares it with."""
    match condition:
        case All() | Any():
            for part in condition.parts:
                yield from texts(part)
        case Comparison(operand=Operand(unit="text", values=())):
            yield condition.operand.name, str(condition.value.bound)
        case OneOf(operand=Operand(unit="text", values=())):
            yield from ((condition.operand.name, str(value.bound)) for value in condition.values)


@dataclass(frozen=True, slots=True)
class Writer:
    """How names, literals and segments are written: the rest of a condition is the same in SQL and in rule text."""

    name: Callable[[Operand], str]
    value: Callable[[Value], str]
    member: Callable[[Member], str]
    happening: Callable[[Happening], str]

    def write(self, condition: Condition) -> str:
        """Write a condition."""
        match condition:
            case All():
                return " and ".join(self._part(part) for part in condition.parts)
            case Any():
                return " or ".join(self._part(part) for part in condition.parts)
            case Member():
                return ("not " if condition.negated else "") + self.member(condition)
            case Did() | Then():
                return self.happening(condition)
            case Flag():
                return ("" if condition.holds else "not ") + self.name(condition.operand)
            case Known():
                return f"{self.name(condition.operand)} is {'not ' if condition.known else ''}null"
            case Comparison():
                return f"{self.name(condition.operand)} {condition.operator} {self.value(condition.value)}"
            case Versus():
                factor = f"{self.value(condition.factor)} * " if condition.factor else ""
                return f"{self.name(condition.operand)} {condition.operator} {factor}{self.name(condition.other)}"
            case Range() | OneOf() | Like():
                return f"{self.name(condition.operand)} {'not ' if condition.negated else ''}{self._choice(condition)}"

    def _choice(self, condition: Range | OneOf | Like) -> str:
        match condition:
            case Range():
                return f"between {self.value(condition.low)} and {self.value(condition.high)}"
            case OneOf():
                return f"in ({', '.join(self.value(value) for value in condition.values)})"
            case Like():
                return f"like {self.value(condition.pattern)}"

    def _part(self, condition: Condition) -> str:
        written = self.write(condition)
        return f"({written})" if isinstance(condition, (All, Any)) else written


def rule_text(condition: Condition) -> str:
    """The condition as one writes it in a rule, in its normal form."""
    return Writer(
        name=lambda operand: operand.name,
        value=lambda value: value.written,
        member=lambda member: f"in_segment('{member.segment}')",
        happening=happening_text,
    ).write(condition)


def condition_sql(condition: Condition, parameters: dict[str, int | float | str]) -> str:
    """The condition as SQL over `profiles`; its literals are added to `parameters` and bound by name."""

    def bind(bound: int | float | str) -> str:
        """Keep a literal among the parameters; the word that stands for it."""
        name = f"p{len(parameters) + 1}"
        parameters[name] = bound
        return f"${name}"

    def member(member: Member) -> str:
        """Whether somebody is in a segment, by its own rule; of whom nothing is known is not."""
        return f"coalesce({writer.write(member.condition)}, false)"

    writer = Writer(
        name=lambda operand: f'"{operand.name}"',
        value=lambda value: bind(value.bound),
        member=member,
        happening=lambda one: happening_sql(one, bind),
    )
    return writer.write(condition)
