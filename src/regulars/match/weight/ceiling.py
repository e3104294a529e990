"""What two cards can weigh at most, told by a few of their columns: most of those who share a key are plainly
strangers, and need not be weighed.

A field is followed level by level as far as those columns tell it; from there on it counts as the best that it could
still be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from math import inf, log2
from typing import Any

import sqlglot
from sqlglot import exp

from regulars.match.comparison.comparing import RARE
from regulars.match.comparison.dialects import columns_in, python
from regulars.match.comparison.fields import MEASURES, Field
from regulars.match.weight.model import Model, fields_of
from regulars.match.weight.scorer import function_of_two
from regulars.match.weight.worth import BayesFactors, Worth, bayes_factors, logs

#: Patterns whose ceilings are kept at hand.
_PATTERNS = 50_000
#: What a field is where the columns do not tell.
_OPEN = -1
#: What is said where nothing is known.
_NOTHING: BayesFactors = (0.0, 0.0, 0.0)


class Ceiling:
    """The weights that a model cannot exceed."""

    def __init__(self, model: Model, columns: Collection[str]) -> None:
        """`columns` of cards are those that will be looked at."""
        every = fields_of(model)
        fields = [_Outline.of(field, columns) for field in every]
        conditions = [text for field in fields for text in (field.unknown, *field.steps)]
        self._pattern: Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[int | None, ...]] = (
            function_of_two(conditions, [field.said for field in fields])
        )
        worth = map(Worth.of, model.fields, every)
        self._bits = [field.bits(each) for field, each in zip(fields, worth, strict=True)]
        self._priors = tuple(bayes_factors(*logs(priors)) for priors in (model.across, model.inside))
        self._most = lru_cache(_PATTERNS)(self._sum)

    def of(self, left: Mapping[str, Any], right: Mapping[str, Any]) -> float:
        """The log2 odds that two cards do not exceed."""
        return self._most(self._pattern(left, right), left["source"] == right["source"])

    def _sum(self, pattern: tuple[int | None, ...], inside: bool) -> float:
        every = [self._priors[inside], *(bits[at] for bits, at in zip(self._bits, pattern, strict=True))]
        least: float = min(sum(bits) for bits in zip(*every, strict=True))
        return least


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    """What some columns tell of a field."""

    field: Field
    unknown: str  #: when nothing can be said for sure
    perhaps: bool  #: and whether that may be so otherwise
    steps: tuple[str, ...]  #: the conditions of its nearest levels, as far as they can be told

    @classmethod
    def of(cls, field: Field, columns: Collection[str]) -> _Outline:
        """Outline a field as far as some columns alone can tell its levels."""
        whole = sqlglot.parse_one(field.unknown, read="duckdb").unnest()
        either = [each.sql("duckdb") for each in (whole.flatten() if isinstance(whole, exp.Or) else [whole])]
        sure = [each for each in either if _tells(each, columns)]
        steps = takewhile(lambda text: _tells(text, columns), (level.condition for level in field.levels))
        return cls(
            field=field,
            unknown=" or ".join(sure) or "false",
            perhaps=len(sure) < len(either),
            steps=tuple(steps),
        )

    @property
    def said(self) -> str:
        """A Python expression of the field's level, of None when it is unknown, and of what is open."""
        top, told = len(self.field.levels), len(self.steps)
        steps = "".join(f"{top - n} if {python(text)} else " for n, text in enumerate(self.steps))
        return (
            f"(None if {python(self.unknown)} else {steps}{0 if told == top and not self.perhaps else _OPEN})"
        )

    def bits(self, worth: Worth) -> dict[int | None, BayesFactors]:
        """What the field says at most, by what `said` gives."""
        most = {level: bayes_factors(*logs) for level, logs in enumerate(worth.levels)}
        if (counted := worth.counted_level) is not None:
            most[counted] = _of_rare(most[counted], usual=worth.levels[counted][3])
        rest = [bits for level, bits in most.items() if level <= len(self.field.levels) - len(self.steps)]
        if self.perhaps:
            most = {level: _most(bits, _NOTHING) for level, bits in most.items()}
            rest.append(_NOTHING)
        return most | {None: _NOTHING, _OPEN: _most(*rest)}


def _tells(text: str, columns: Collection[str]) -> bool:
    """Whether a condition reads nothing but some columns of either card."""
    return all(
        _tells(MEASURES[column], columns) if column in MEASURES else column[:-2] in columns
        for column in columns_in(text)
    )


def _most(*every: BayesFactors) -> BayesFactors:
    household, namesake, stranger = (max(bits) for bits in zip(*every, strict=True))
    return household, namesake, stranger


def _of_rare(bits: BayesFactors, *, usual: float) -> BayesFactors:
    """The same of a level at which a value's commonness counts: nothing says more than a rare value. `usual` is the
    logarithm of how often strangers agree in whatever value."""
    household, namesake, stranger = bits
    rarer = usual - log2(RARE)
    return household, namesake + rarer, stranger + rarer


def weight_of(probability: float) -> float:
    """The log2 odds below which a probability surely is not reached; none where it says nothing.

    >>> round(weight_of(0.5), 3), weight_of(0.0), weight_of(1.0)
    (-0.001, -inf, -inf)
    """
    return log2(probability / (1 - probability)) - 0.001 if 0 < probability < 1 else -inf
