"""Marks: how far what was foretold is from what came, beside a rule anybody could use, and whether that may be
chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_DRAWS = 400
_SEED = 20_051
#: How many customers an interval is drawn from at most, and how many heaps they are put into.
_DRAWN_FROM = 20_000
_HEAPS = 500
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Mark:
    """Ours, the rule's, and the 95 % interval of by how much ours is better."""

    ours: float
    naive: float
    low: float
    high: float
    n: int


def mean_error(foretold: Floats, rule: Floats, came: Floats) -> Mark:
    """The mean absolute error; smaller is better."""
    return _error(np.abs(foretold - came), np.abs(rule - came))


def deviance(foretold: Floats, rule: Floats, came: Floats) -> Mark:
    """The mean Poisson deviance of counts foretold, nobody at less than a tenth of one; smaller is better.

    Like the squared error it is smallest for the true mean, but a few who come very often do not outweigh all others.

    >>> deviance(np.array([1.0, 2.0]), np.array([0.0, 2.0]), np.array([1.0, 2.0])).ours
    0.0
    """
    ours, naive = (_deviance(np.maximum(one, _LEAST), came) for one in (foretold, rule))
    return _error(ours, naive)


def _deviance(foretold: Floats, came: Floats) -> Floats:
    ratio = np.where(came > 0, came, 1.0) / np.where(came > 0, foretold, 1.0)
    return np.asarray(2 * (came * np.log(ratio) - (came - foretold)))


def root_mean_square(foretold: Floats, came: Floats) -> float:
    """The root of the mean squared error."""
    return float(np.sqrt(((foretold - came) ** 2).mean()))


def _error(ours: Floats, naive: Floats) -> Mark:
    """Errors put into heaps, from which the interval is drawn: the same for ten customers and ten millions."""
    heaps = min(_HEAPS, len(ours))
    heap = np.arange(len(ours)) % heaps
    gained = np.bincount(heap, weights=naive - ours, minlength=heaps)
    size = np.bincount(heap, minlength=heaps)
    drawn = np.random.default_rng(_SEED).integers(0, heaps, (_DRAWS, heaps))
    low, high = np.quantile(gained[drawn].sum(axis=1) / size[drawn].sum(axis=1), [0.025, 0.975])
    return Mark(float(ours.mean()), float(naive.mean()), float(low), float(high), len(ours))


def ranked(foretold: Floats, rule: Floats, happened: Flags) -> Mark:
    """The area under the ROC curve: how often one to whom it happened was ranked above one to whom it did not."""
    chance = np.random.default_rng(_SEED)
    of = np.arange(len(happened))
    if len(of) > _DRAWN_FROM:
        of = chance.choice(len(of), _DRAWN_FROM, replace=False)
    gains = []
    for _draw in range(_DRAWS // 2):
        drawn = chance.choice(of, len(of))
        gains.append(auc(foretold[drawn], happened[drawn]) - auc(rule[drawn], happened[drawn]))
    low, high = np.quantile(gains, [0.025, 0.975])
    return Mark(auc(foretold, happened), auc(rule, happened), float(low), float(high), len(happened))


def auc(score: Floats, happened: Flags) -> float:
    """The area under the ROC curve, ties counting half; one half when it happened to all or to none.

    >>> auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    0.75
    """
    yes = int(happened.sum())
    no = len(happened) - yes
    if not yes or not no:
        return 0.5
    return float((ranks(score)[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation; 0 when one of them is the same everywhere."""
    first, second = ranks(one), ranks(other)
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def ranks(values: Floats) -> Floats:
    """The place of each value, from 1; equal ones share the middle of their places."""
    _different, where, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[where], dtype=float)


def by_tenths(chance: Floats, happened: Flags) -> tuple[tuple[float, float, int], ...]:
    """What was foretold and what came, by tenths of what was foretold: mean, share, how many."""
    tenth = np.minimum((chance * 10).astype(np.int64), 9)
    return tuple(
        (float(chance[tenth == one].mean()), float(happened[tenth == one].mean()), int((tenth == one).sum()))
        for one in range(10)
        if (tenth == one).any()
    )


def calibration_error(chance: Floats, happened: Flags) -> float:
    """The expected calibration error: how far foretold and came are apart by tenths, weighted by how many."""
    return sum(abs(told - came) * n for told, came, n in by_tenths(chance, happened)) / len(happened)
