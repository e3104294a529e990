"""TIFU-KNN: what somebody bought, and what those bought who bought alike, both weighed by how lately.

Hu, He, Gao & Zhang (2020), Modeling personalized item frequency information for next-basket recommendation, SIGIR.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from regulars.predict.products.again import Scorer
from regulars.predict.products.history import Floats, History, Ints, summed

#: As published for Ta-Feng by the authors: neighbours, decay within a group of baskets and between groups, share of the
#: person's own, and how many groups. Used as they are, on no data of ours.
NEIGHBOURS = 300
WITHIN, BETWEEN = 0.9, 0.7
OWN = 0.7
GROUPS = 7
#: Among so many people at most are neighbours sought, and for so many at most: it costs people times neighbours.
POOL = 4_000
MOST_PEOPLE = 50_000
_AT_ONCE = 500


def neighbours(history: History) -> Scorer:
    """Own receipts and those of the people nearest, mixed."""
    own = _vectors(history)
    buyers = np.flatnonzero(history.baskets > 0)
    pool = buyers[:: max(1, -(-len(buyers) // POOL))]
    theirs = own[pool]
    length = np.asarray(theirs.multiply(theirs).sum(axis=1)).ravel()

    def scores(people: Ints) -> sparse.csr_matrix:
        """People x articles: their own purchases, mixed with those of the people most alike."""
        parts = [
            OWN * own[some] + (1 - OWN) * (_nearest(own[some], some, theirs, pool, length) @ theirs)
            for some in (people[at : at + _AT_ONCE] for at in range(0, len(people), _AT_ONCE))
        ]
        return sparse.vstack(parts, format="csr") if parts else own[people]

    return scores


def _nearest(
    mine: sparse.csr_matrix, people: Ints, theirs: sparse.csr_matrix, pool: Ints, length: Floats
) -> sparse.csr_matrix:
    """The nearest of the pool by Euclidean distance, never oneself, each with the same weight."""
    count = min(NEIGHBOURS, len(pool) - 1)
    if count < 1:
        return sparse.csr_matrix((len(people), len(pool)))
    far = length[None, :] - 2 * (mine @ theirs.T).toarray()
    at = np.minimum(np.searchsorted(pool, people), len(pool) - 1)
    is_self = pool[at] == people
    far[np.flatnonzero(is_self), at[is_self]] = np.inf
    order = np.argsort(far, axis=1, kind="stable")[:, :count]
    weight = np.full(order.size, 1 / count)
    return sparse.csr_matrix(
        (weight, order.ravel(), np.arange(0, order.size + 1, count)), shape=(len(people), len(pool))
    )


def _vectors(history: History) -> sparse.csr_matrix:
    """A row a person: the groups of their receipts, each the mean of its own, the newer weighing more."""
    baskets = history.baskets[history.person]
    age = baskets - 1 - history.basket
    size = -(-baskets // GROUPS)
    group, inside = age // size, age % size
    in_group = np.minimum(size, baskets - group * size)
    weight = WITHIN**inside / in_group * BETWEEN**group / -(-baskets // size)
    pairs = history.pairs
    return sparse.csr_matrix(
        (summed(history, weight), pairs.item, pairs.start), shape=(history.people, max(history.items, 1))
    )
