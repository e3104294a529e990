"""Columns that say the same of people: worth little each, for another takes its place, and much together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regulars.predict.marks import Floats, rank_correlation, ranks
from regulars.predict.worth.people import People

#: Two bundles are one when their columns correlate by rank, whatever the sign, by so much in the mean.
_ALIKE = 0.7
_LOWEST = -1e300


def bundles(people: People, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The columns of these names in bundles that say the same; in each the one first that goes best with what came.

    Bundles are joined by the mean rank correlation between them (average linkage), nothing known being lowest.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    told = [name for name in names if _differs(people, name)]
    if len(told) < 2:
        return tuple((name,) for name in told)
    placed = np.column_stack([_places(people, name) for name in told])
    apart = np.clip(1 - np.abs(np.corrcoef(placed, rowvar=False)), 0.0, 1.0)
    np.fill_diagonal(apart, 0.0)
    of = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - _ALIKE, "distance")
    goes_with = {name: abs(rank_correlation(_known(people, name), people.came)) for name in told}
    found = (
        tuple(
            sorted((told[at] for at in np.flatnonzero(of == one)), key=lambda name: (-goes_with[name], name))
        )
        for one in np.unique(of)
    )
    return tuple(sorted(found))


def _places(people: People, name: str) -> Floats:
    return ranks(_known(people, name))


def _known(people: People, name: str) -> Floats:
    return np.nan_to_num(people.given[:, people.names.index(name)], nan=_LOWEST)


def _differs(people: People, name: str) -> bool:
    return len(np.unique(_known(people, name))) > 1
