"""How many of the joins that the model makes by itself are right: estimated from a sample that people checked."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: The share of the model's joins that are to be right, for certain.
AIM = 0.99
#: How many standard errors 95 % of a normal distribution lie within.
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """What is known of the pairs that the model joins without a human. Shares are 0..1.

    The interval is of 95 %, Wilson's (1927, JASA 22(158)): where nearly all of a sample are right, the usual one is far
    too short.
    """

    answers: int  #: pairs of the sample that people checked, and that the model would join now
    right: int
    share: float | None  #: None before the first answer, as `low` and `high`
    low: float | None
    high: float | None
    aim: float
    more: (
        int | None
    )  #: answers still needed to tell, if all were right; None when it is told, or nothing answered

    @property
    def reached(self) -> bool | None:
        """Whether as many are right as is aimed at; None while nobody can tell."""
        if self.low is None or self.high is None:
            return None
        return True if self.low >= self.aim else False if self.high < self.aim else None


def precision(answers: int, right: int, aim: float = AIM) -> Precision:
    """What so many answers tell.

    >>> found = precision(100, 100)
    >>> round(found.low, 3), found.high, found.more
    (0.963, 1.0, 281)
    """
    if not answers:
        return Precision(answers=0, right=0, share=None, low=None, high=None, aim=aim, more=None)
    low, high = _interval(answers, right)
    return Precision(
        answers=answers, right=right, share=right / answers, low=low, high=high, aim=aim,
        more=_more(answers, right, aim) if low < aim <= high else None,
    )  # fmt: skip


def _interval(answers: int, right: int) -> tuple[float, float]:
    share, spread = right / answers, _Z**2 / answers
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z / (1 + spread) * sqrt(share * (1 - share) / answers + spread / (4 * answers))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _more(answers: int, right: int, aim: float) -> int:
    few, many = 0, 1
    while _interval(answers + many, right + many)[0] < aim:
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if _interval(answers + middle, right + middle)[0] < aim else (few, middle)
    return many
