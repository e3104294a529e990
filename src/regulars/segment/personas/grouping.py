"""How many kinds there are, and where their middles lie: k-means, the number chosen by how well it can be found again.

Of the numbers from three to eight that one is taken whose groups come out most alike (adjusted Rand index: Hubert &
Arabie 1985, J. of Classification 2:193-218) when they are made of other draws of the same people (Ben-Hur, Elisseeff &
Guyon 2002, Pacific Symposium on Biocomputing 7:6-17); of numbers as good, the larger.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FEWEST, MOST = 3, 8
_AS_GOOD = 0.02  #: adjusted Rand indexes that differ by less are as good
_SAMPLE = 20_000  #: people the middles are found from
_DRAWS, _BEGINNINGS, _SEED = 6, 3, 7
_WORSE = 1.1  #: mean squared distances to kinds as they were, over those to kinds found now
_LEAST_SHARE = 0.02  #: of all, in the smallest group

Points = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The middles of the kinds, and how well each number of kinds can be found again."""

    middles: Points
    agreement: tuple[float, ...]  #: of each draw, with the number that was chosen
    by_number: dict[int, float]  #: kinds -> mean agreement


def group(points: Points, person: Labels) -> Grouping:
    """Find the kinds anew."""
    some = points[_sampled(person)]
    found = {number: _agreement(some, number) for number in range(FEWEST, MOST + 1)}
    means = {number: float(np.mean(one)) for number, one in found.items()}
    fits = {number: _fitted(some, number) for number in found}
    whole = [number for number in found if _smallest(nearest(some, fits[number]), number) >= _LEAST_SHARE]
    best = max(means[number] for number in whole or [FEWEST])
    chosen = max(number for number in whole or [FEWEST] if means[number] >= best - _AS_GOOD)
    return Grouping(fits[chosen], found[chosen], means)


def going_on(points: Points, person: Labels, before: Points) -> Grouping | None:
    """The kinds as they were, as long as they fit: None when others would lie much nearer to people."""
    some = points[_sampled(person)]
    if _distance(some, before) > _WORSE * _distance(some, _fitted(some, len(before), before)):
        return None
    agreement = _agreement(some, len(before), before)
    return Grouping(before, agreement, {len(before): float(np.mean(agreement))})


def nearest(points: Points, middles: Points) -> Labels:
    """The nearest middle of each point; of two as near, the first."""
    squared = (middles**2).sum(axis=1) - 2 * points @ middles.T
    return np.asarray(squared.argmin(axis=1), dtype=np.int64)


def matched(middles: Points, before: Points) -> list[int | None]:
    """Which of the earlier middles each middle is, so that all together are as near as can be."""
    from scipy.optimize import linear_sum_assignment

    distance = ((middles[:, None, :] - before[None, :, :]) ** 2).sum(axis=2)
    rows, columns = linear_sum_assignment(distance)
    found: list[int | None] = [None] * len(middles)
    for row, column in zip(rows, columns, strict=True):
        found[row] = int(column)
    return found


def _sampled(person: Labels) -> Labels:
    """The same people every week: those whose number, scrambled, is smallest."""
    if len(person) <= _SAMPLE:
        return np.arange(len(person))
    scrambled = (person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    return np.sort(np.argsort(scrambled, kind="stable")[:_SAMPLE])


def _fitted(points: Points, number: int, before: Points | None = None) -> Points:
    """The middles of so many kinds, found from where they were, or from some beginnings."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    begun = {"init": before, "n_init": 1} if before is not None else {"n_init": _BEGINNINGS}
    with warnings.catch_warnings(), threadpool_limits(1):  # a second thread mostly waits for the first
        warnings.simplefilter(
            "ignore", ConvergenceWarning
        )  # fewer kinds of points than middles: some are empty
        fit = KMeans(n_clusters=number, random_state=_SEED, **begun).fit(points)
    return np.asarray(fit.cluster_centers_)


def _distance(points: Points, middles: Points) -> float:
    """The mean squared distance to the nearest middle."""
    return float(((points - middles[nearest(points, middles)]) ** 2).sum(axis=1).mean())


def _agreement(points: Points, number: int, before: Points | None = None) -> tuple[float, ...]:
    """How alike the groups of each draw are to those of everybody."""
    from sklearn.metrics import adjusted_rand_score

    whole = nearest(points, _fitted(points, number, before))
    chance = np.random.default_rng(_SEED)
    found = []
    for _draw in range(_DRAWS):
        drawn = points[chance.integers(0, len(points), len(points))]
        found.append(adjusted_rand_score(whole, nearest(points, _fitted(drawn, number, before))))
    return tuple(float(one) for one in found)


def _smallest(labels: Labels, number: int) -> float:
    return float(np.bincount(labels, minlength=number).min() / max(len(labels), 1))
