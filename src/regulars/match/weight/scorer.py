"""A model as a Python function: the weight of one pair, in microseconds, the same as `weighing.sql` gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import log2
from types import FunctionType
from typing import Any, NamedTuple

from regulars.match.comparison import words_in_python
from regulars.match.comparison.dialects import columns_in, python
from regulars.match.comparison.fields import MEASURES, Field
from regulars.match.weight.model import Model, fields_of
from regulars.match.weight.worth import Worth, logs

#: Patterns of levels whose sums are kept at hand.
_PATTERNS = 50_000
#: What is known of a record: the columns of `cards_with_shares`, by name.
Card = Mapping[str, Any]
#: The level of each field of a pair, nearest highest; None when nothing can be said.
Levels = tuple[int | None, ...]


class PairWeight(NamedTuple):
    """What the model says of a pair: the columns of `weighing.weigh`."""

    weight: float  #: log2 odds that they are one person
    probability: float  #: 0..1
    evidence: float  #: bits for one person against the best other reading
    rival: str  #: the likeliest other reading
    personal: bool  #: something agrees that a household does not share
    comparable: bool  #: both have something that the model compares
    named: bool  #: and something that says who somebody is, if anything compared does


class Scorer:
    """Weighs pairs by a model."""

    def __init__(self, model: Model) -> None:
        """The comparisons are compiled here, once; weighing a pair is then arithmetic alone."""
        self.model = model
        self.fields = fields_of(model)
        self.compare = compiled(self.fields)
        self._worth = [Worth.of(*both) for both in zip(model.fields, self.fields, strict=True)]
        self._nameless = not any(worth.own for worth in self._worth)
        self._priors = tuple(logs(priors) for priors in (model.across, model.inside))
        self._summed = lru_cache(_PATTERNS)(self._sum)

    def weigh(self, left: Card, right: Card, levels: Levels | None = None) -> PairWeight:
        """What the model says of two cards; `levels` are what `compare` says of them, where it was asked before."""
        levels = self.compare(left, right) if levels is None else levels
        sums = self._summed(levels, left["source"] == right["source"])
        rarity = 0.0
        for share, usual in sums.counted:
            rarity += log2(left[share]) - usual
        household = sums.household
        namesake, stranger = sums.namesake + rarity, sums.stranger + rarity
        best = max(household, namesake, stranger)
        others = 2.0 ** (household - best) + 2.0 ** (namesake - best) + 2.0 ** (stranger - best)
        weight = sums.same - best - log2(others)
        return PairWeight(
            weight,
            1 / (1 + 2.0**-weight) if weight > -1000 else 0.0,
            sums.same - max(household, namesake, stranger + sums.same_prior),
            "household" if best == household else "namesake" if best == namesake else "stranger",
            sums.personal,
            sums.comparable,
            sums.named,
        )

    def bits(self, left: Card, right: Card, levels: Levels | None = None) -> dict[str, float]:
        """The bits of each field of two cards for one person against strangers: `fields` of `weighing.weigh`."""
        found = {}
        levels = self.compare(left, right) if levels is None else levels
        for worth, level in zip(self._worth, levels, strict=True):
            bits = 0.0
            if level is not None:
                same, _household, _namesake, stranger = worth.levels[level]
                bits = same - (log2(left[worth.share]) if level == worth.counted_level else stranger)
            found[worth.name] = bits
        return found

    def _sum(self, levels: Levels, inside: bool) -> _Sums:
        """What a pattern of levels says, before the commonness of its values."""
        same_prior, household, namesake, stranger = self._priors[inside]
        same, personal, comparable, named = same_prior, False, False, False
        counted: tuple[tuple[str, float], ...] = ()
        for worth, level in zip(self._worth, levels, strict=True):
            if level is not None:
                bits = worth.levels[level]
                same += bits[0]
                household += bits[1]
                namesake += bits[2]
                stranger += bits[3]
                comparable = True
                named = named or worth.own or self._nameless
                personal = personal or level >= worth.personal_from
                if level == worth.counted_level:
                    counted += ((worth.share, bits[3]),)
        return _Sums(same, household, namesake, stranger, same_prior, personal, comparable, named, counted)


class _Sums(NamedTuple):
    """What a pattern of levels says for each class, in bits, the priors of the classes counted."""

    same: float
    household: float
    namesake: float
    stranger: float
    same_prior: float
    personal: bool
    comparable: bool
    named: bool
    counted: tuple[
        tuple[str, float], ...
    ]  #: the columns of shares that count, and the bits that these replace


def compiled(fields: list[Field]) -> Callable[[Card, Card], Levels]:
    """A function of two cards that gives the level of each field."""
    conditions = [
        text for field in fields for text in (field.unknown, *(level.condition for level in field.levels))
    ]
    return function_of_two(conditions, [_level(field) for field in fields])


def function_of_two(conditions: Iterable[str], said: Iterable[str]) -> Callable[[Card, Card], Levels]:
    """A function of two cards that gives some Python expressions, which are of what some conditions read."""
    read = set().union(*map(columns_in, conditions))
    measured = [name for name in MEASURES if name in _with_measures(read)]
    columns = sorted(_with_measures(read) - set(MEASURES))
    lines = [
        "def levels(left_card, right_card):",
        *(f"    {column} = {_side(column)}_card[{column[:-2]!r}]" for column in columns),
        *(f"    {name} = {python(MEASURES[name])}" for name in measured),
        f"    return ({' '.join(each + ',' for each in said)})",
    ]
    code = compile("\n".join(lines), "the levels of a model", "exec").co_consts[0]
    return FunctionType(code, vars(words_in_python))


def _with_measures(read: set[str]) -> set[str]:
    """Some columns and measures, and all that these measures are made of."""
    more = set().union(*(columns_in(MEASURES[name]) for name in read & set(MEASURES)))
    return read if more <= read else _with_measures(read | more)


def _side(column: str) -> str:
    return "left" if column.endswith("_l") else "right"


def _level(field: Field) -> str:
    top = len(field.levels)
    steps = " else ".join(f"{top - i} if {python(level.condition)}" for i, level in enumerate(field.levels))
    return f"(None if {python(field.unknown)} else {steps} else 0)"
