"""What the levels of a field, and the priors, are worth in bits: a model's chances as logarithms to base 2."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2

from regulars.match.comparison.fields import OWN, Field, personal_from
from regulars.match.weight.model import LearntField, Priors

#: How often a pair looks so if it is one person, a household, namesakes or strangers: logarithms to base 2.
Logs = tuple[float, float, float, float]
#: How many times likelier one person is than a household, a namesake and a stranger: log2 Bayes factors, in bits.
BayesFactors = tuple[float, float, float]


def bayes_factors(same: float, household: float, namesake: float, stranger: float) -> BayesFactors:
    """What speaks for one person against each other reading.

    >>> bayes_factors(-1.0, -1.0, -3.0, -10.0)
    (0.0, 2.0, 9.0)
    """
    return same - household, same - namesake, same - stranger


def logs(priors: Priors) -> Logs:
    """How frequent one person, a household and a namesake are; all other pairs are strangers, as good as all."""
    return log2(priors.same), log2(priors.household), log2(priors.namesake), 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the levels of a field are worth."""

    name: str
    levels: tuple[Logs, ...]  #: `different` first
    personal_from: float  #: from this level on what agrees is a person's own
    counted_level: int | None  #: the level at which the value's commonness counts
    share: str  #: the column with that commonness
    own: bool  #: it says who somebody is

    @classmethod
    def of(cls, learnt: LearntField, field: Field) -> Worth:
        """What a model learnt of a field."""
        top = len(field.levels)
        counted = [
            (top - i, level.frequency_of) for i, level in enumerate(field.levels) if level.frequency_of
        ]
        level, column = counted[0] if counted else (None, "")
        return cls(
            name=field.name,
            levels=tuple(
                (log2(each.same), log2(each.household), log2(each.namesake), log2(each.stranger))
                for each in reversed(learnt.levels)
            ),
            personal_from=inf if (least := personal_from(field)) is None else least,
            counted_level=level,
            share=f"{column}_share",
            own=field in OWN,
        )
