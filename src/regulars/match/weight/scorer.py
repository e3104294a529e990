"""A model as a Python function: the weight of one pair, in microseconds, the same as `weighing.sql` gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log2
from types import FunctionType
from typing import Any

from regulars.match.comparison import words_in_python
from regulars.match.comparison.dialects import columns_in, python
from regulars.match.comparison.fields import MEASURES, Field, personal_from
from regulars.match.weight.model import LearntField, Model, Rates, fields_of

#: What is known of a record: the columns of `weighed_cards`, by name.
Card = Mapping[str, Any]
#: The level of each field of a pair, nearest highest; None when nothing can be said.
Levels = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the model says of a pair: the columns of `weighing.weigh`."""

    weight: float  #: log2 odds that they are one person
    probability: float  #: 0..1
    evidence: float  #: bits for one person against the best other reading
    rival: str  #: the likeliest other reading
    personal: bool  #: something agrees that a household does not share
    fields: Mapping[str, float]  #: bits of each field for one person against strangers


class Scorer:
    """Weighs pairs by a model."""

    def __init__(self, model: Model) -> None:
        """The comparisons are compiled here, once; weighing a pair is then arithmetic alone."""
        self.model = model
        self.fields = fields_of(model)
        self.compare = compiled(self.fields)
        self._worth = [_Worth.of(*both) for both in zip(model.fields, self.fields, strict=True)]
        self._rates = tuple(_logs(rates) for rates in (model.across, model.inside))

    def weigh(self, left: Card, right: Card) -> Weighed:
        """What the model says of two cards."""
        levels = self.compare(left, right)
        same = household = namesake = stranger = rarity = 0.0
        personal = False
        fields = dict.fromkeys((worth.name for worth in self._worth), 0.0)
        for worth, level in zip(self._worth, levels, strict=True):
            if level is None:
                continue
            here = worth.levels[level]
            same += here[0]
            household += here[1]
            namesake += here[2]
            stranger += here[3]
            personal = personal or (worth.personal_from is not None and level >= worth.personal_from)
            bits = here[0] - here[3]
            if level == worth.counted_level:
                rare = log2(left[worth.share]) - here[3]
                rarity += rare
                bits -= rare
            fields[worth.name] = bits
        same_rate, household_rate, namesake_rate = self._rates[left["source"] == right["source"]]
        same, household = same + same_rate, household + household_rate
        namesake, stranger = namesake + rarity + namesake_rate, stranger + rarity
        best = max(household, namesake, stranger)
        others = sum(2.0 ** (other - best) for other in (household, namesake, stranger))
        weight = same - best - log2(others)
        return Weighed(
            weight=weight,
            probability=1 / (1 + 2.0**-weight) if weight > -1000 else 0.0,
            evidence=same - max(household, namesake, stranger + same_rate),
            rival="household" if best == household else "namesake" if best == namesake else "stranger",
            personal=personal,
            fields=fields,
        )


def compiled(fields: list[Field]) -> Callable[[Card, Card], Levels]:
    """A function of two cards that gives the level of each field."""
    conditions = [*MEASURES.values(), *(text for field in fields for text in _conditions(field))]
    columns = sorted(set().union(*map(columns_in, conditions)) - set(MEASURES))
    lines = [
        "def levels(left_card, right_card):",
        *(f"    {column} = {_side(column)}_card[{column[:-2]!r}]" for column in columns),
        *(f"    {name} = {python(measure)}" for name, measure in MEASURES.items()),
        f"    return ({' '.join(_level(field) + ',' for field in fields)})",
    ]
    code = compile("\n".join(lines), "the levels of a model", "exec").co_consts[0]
    return FunctionType(code, vars(words_in_python))


def _side(column: str) -> str:
    return "left" if column.endswith("_l") else "right"


def _conditions(field: Field) -> list[str]:
    return [field.unknown, *(level.condition for level in field.levels)]


def _level(field: Field) -> str:
    top = len(field.levels)
    steps = " else ".join(f"{top - i} if {python(level.condition)}" for i, level in enumerate(field.levels))
    return f"(None if {python(field.unknown)} else {steps} else 0)"


def _logs(rates: Rates) -> tuple[float, float, float]:
    return log2(rates.same), log2(rates.household), log2(rates.namesake)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worth:
    """What the levels of a field are worth, in bits a class: one person, household, namesake, stranger."""

    name: str
    levels: tuple[tuple[float, float, float, float], ...]  #: `different` first
    personal_from: int | None  #: from this level on what agrees is a person's own
    counted_level: int | None  #: the level at which the value's commonness counts
    share: str  #: the column with that commonness

    @classmethod
    def of(cls, learnt: LearntField, field: Field) -> _Worth:
        nearest_last = learnt.levels[::-1]
        top = len(field.levels)
        counted = [
            (top - i, level.frequency_of) for i, level in enumerate(field.levels) if level.frequency_of
        ]
        level, column = counted[0] if counted else (None, "")
        return cls(
            name=field.name,
            levels=tuple(
                (log2(each.same), log2(each.household), log2(each.namesake), log2(each.stranger))
                for each in nearest_last
            ),
            personal_from=personal_from(field),
            counted_level=level,
            share=f"{column}_share",
        )
