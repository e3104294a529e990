"""How well a score ranks what came, with each person's part in it, so that the chance in a difference is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from regulars.predict.marks import Floats, ranks
from regulars.predict.worth.people import People

_SURE = 1.96


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark, and how far each person pulls it from there; pulls have mean 0."""

    mark: float  #: area under the ROC curve of a yes or no; rank correlation of an amount
    pulls: Floats


@dataclass(frozen=True, slots=True)
class Between:
    """The mean of a difference between two standings, over lessons, and its 95 % interval."""

    mean: float
    low: float
    high: float
    spread: float  #: standard deviation from lesson to lesson


def standing(score: Floats, people: People) -> Standing:
    """How well a score ranks what came of people."""
    return _area(score, people.came > 0) if people.yes_no else _correlation(score, people.came)


def between(better: list[Standing], worse: list[Standing]) -> Between:
    """By how much one is better, lesson by lesson; the chance is that of the people asked and that of the lessons.

    Of the people: the variance of the mean of their pulls, as DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44,
    have it for two areas over the same people. Of the lessons: that of the mean of so few, by Student's t.
    """
    each = np.array([one.mark - other.mark for one, other in zip(better, worse, strict=True)])
    pulls = np.mean([one.pulls - other.pulls for one, other in zip(better, worse, strict=True)], axis=0)
    of_people = float(pulls.var()) / len(pulls)
    of_lessons = float(each.var(ddof=1))
    sure = float(stdtrit(len(each) - 1, 0.975))
    half = float(np.sqrt(_SURE**2 * of_people + sure**2 * of_lessons / len(each)))
    mean = float(each.mean())
    return Between(mean, mean - half, mean + half, float(np.sqrt(of_lessons)))


def _area(score: Floats, happened: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Standing:
    """The area under the ROC curve; a person's pull is from their place among those of the other outcome.

    >>> _area(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])).mark
    0.75
    """
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return Standing(0.5, np.zeros(len(score)))
    among_all = ranks(score)
    above = np.empty(len(score))
    above[happened] = (among_all[happened] - ranks(score[happened])) / no
    above[~happened] = 1 - (among_all[~happened] - ranks(score[~happened])) / yes
    mark = float(above[happened].mean())
    return Standing(mark, (above - mark) * np.where(happened, len(score) / yes, len(score) / no))


def _correlation(score: Floats, came: Floats) -> Standing:
    """Spearman's rank correlation; a person's pull is its influence function, the ranks taken as given.

    >>> _correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0])).mark
    1.0
    """
    one, other = ranks(score), ranks(came)
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return Standing(0.0, np.zeros(len(score)))
    one, other = (one - one.mean()) / one.std(), (other - other.mean()) / other.std()
    mark = float((one * other).mean())
    return Standing(round(mark, 12), one * other - mark * (one**2 + other**2) / 2)
