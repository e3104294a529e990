"""Rules for what somebody never bought: what those bought who bought the same.

Item-KNN: Deshpande & Karypis (2004), Item-based top-N recommendation algorithms, ACM TOIS 22(1); cosine between the
columns of a person-by-article table whose rows have length one, so that who buys everything says little.
ALS: Hu, Koren & Volinsky (2008), Collaborative filtering for implicit feedback datasets, ICDM; from the package
`implicit`, when it is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from scipy import sparse

from regulars.predict.products.again import Scorer
from regulars.predict.products.best import best
from regulars.predict.products.history import Floats, History, Ints

ARTICLES = 5_000  #: the articles most people bought, among which likeness is sought
_PEOPLE = 50_000  #: of whom at most the baskets are compared
LATELY = 100  #: of what somebody bought, so many articles at most are looked at, the newest
_NEIGHBOURS = 50
_HALF_LIFE_DAYS = 30.0
_LENT_RECEIPTS = 20.0
_FACTORS, _ROUNDS = 64, 15
ALS_MOST_PEOPLE = 200_000


def popular(history: History) -> Scorer:
    """What stands on most receipts of everybody."""
    share = history.popularity / max(history.popularity.max(initial=0.0), 1.0)
    leaders = np.lexsort((np.arange(history.items), -share))[:ARTICLES]
    most = np.zeros(history.items)
    most[leaders] = share[leaders]
    known = np.bincount(history.pairs.person, minlength=history.people)

    def scores(people: Ints) -> sparse.csr_matrix:
        """People x articles: for everybody the share of the most popular ones."""
        # more than anybody bought already, so that a list is full after those are taken away
        few = leaders[: int(known[people].max(initial=0)) + 60]
        columns, row = np.sort(few), most[np.sort(few)]
        return sparse.csr_matrix(
            (np.tile(row, len(people)), np.tile(columns, len(people)), np.arange(len(people) + 1) * len(few)),
            shape=(len(people), max(history.items, 1)),
        )

    return scores


def bought_together(history: History) -> Scorer:
    """Item-KNN, and among alike articles those that sell these days."""
    own, alike = lately(history), nearest(likeness(history), history)
    fresh = _freshness(history)
    by_sale = alike @ sparse.diags(fresh)
    return lambda people: own[people] @ by_sale


def als(history: History) -> Scorer:
    """Taste in 64 numbers a person and article, by alternating least squares."""
    from implicit.cpu.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    own = _bought(history)
    with threadpool_limits(1):
        model = AlternatingLeastSquares(
            factors=_FACTORS, regularization=0.05, iterations=_ROUNDS, random_state=1, num_threads=1
        )
        model.fit(own.astype(np.float32), show_progress=False)
    people_factors, article_factors = np.asarray(model.user_factors), np.asarray(model.item_factors)

    def scores(people: Ints) -> sparse.csr_matrix:
        """Only the few best of each: all would be as many as people times articles."""
        parts = [
            _few(people_factors[some] @ article_factors.T, own[some])
            for some in (people[at : at + 1_000] for at in range(0, len(people), 1_000))
        ]
        return sparse.vstack(parts, format="csr") if parts else own[people]

    return scores


def als_is_there() -> bool:
    """Whether the extra `recommend` is installed."""
    return find_spec("implicit") is not None


def likeness(history: History) -> Likeness:
    """How alike the articles are that most people bought, by who bought them."""
    buyers = np.bincount(history.pairs.item, minlength=history.items)
    chosen = np.sort(np.lexsort((np.arange(history.items), -buyers))[:ARTICLES])
    some = np.arange(history.people)[:: max(1, -(-history.people // _PEOPLE))]
    table = lately(history)[some][:, chosen]
    length = np.sqrt(np.maximum(np.asarray(table.sum(axis=1)).ravel(), 1.0))
    table = (sparse.diags(1 / length) @ table).astype(np.float32)
    together = (table.T @ table).tocoo()
    norm = np.sqrt(np.maximum(together.tocsr().diagonal(), 1e-12))
    row, column = together.coords
    others = row != column
    row, column = row[others], column[others]
    cosine = together.data[others] / (norm[row] * norm[column])
    return Likeness(chosen, sparse.csr_matrix((cosine, (row, column)), shape=together.shape))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosine between articles."""

    chosen: Ints  #: their numbers
    cosine: sparse.csr_matrix  #: between their places in `chosen`


def nearest(alike: Likeness, history: History) -> sparse.csr_matrix:
    """Each article's nearest, by their own numbers."""
    near = best(alike.cosine, _NEIGHBOURS)
    row, place = np.nonzero(near >= 0)
    column = near[row, place]
    value = np.asarray(alike.cosine[row, column]).ravel() if len(row) else np.zeros(0)
    shape = (max(history.items, 1), max(history.items, 1))
    return sparse.csr_matrix((value, (alike.chosen[row], alike.chosen[column])), shape=shape)


def lately(history: History) -> sparse.csr_matrix:
    """A row a person with a 1 for each of the articles they bought last."""
    pairs = history.pairs
    wide = np.diff(pairs.start)
    many, _begin = pairs.of(np.flatnonzero(wide > LATELY))
    order = many[np.lexsort((pairs.item[many], -pairs.newest[many], pairs.person[many]))]
    place = np.arange(len(order)) - np.repeat(
        np.cumsum(wide[wide > LATELY]) - wide[wide > LATELY], wide[wide > LATELY]
    )
    kept = np.ones(len(pairs.item), bool)
    kept[order[place >= LATELY]] = False
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.minimum(wide, LATELY))))
    return sparse.csr_matrix(
        (np.ones(int(start[-1])), pairs.item[kept], start), shape=(history.people, max(history.items, 1))
    )


def _bought(history: History) -> sparse.csr_matrix:
    pairs = history.pairs
    return sparse.csr_matrix(
        (pairs.times.astype(float), pairs.item, pairs.start), shape=(history.people, max(history.items, 1))
    )


def _freshness(history: History) -> Floats:
    """How much of what was ever sold of an article was sold lately; an article with few sales is lent some."""
    if not len(history.day):
        return np.ones(max(history.items, 1))
    weight = 0.5 ** ((history.day.max() - history.day) / _HALF_LIFE_DAYS)
    now = np.bincount(history.item, weights=weight, minlength=history.items)
    return np.asarray((now + 1) / (history.popularity + _LENT_RECEIPTS))


def _few(scores: Floats, own: sparse.csr_matrix, most: int = 60) -> sparse.csr_matrix:
    row, column = own.nonzero()
    scores[row, column] = 0
    most = min(most, scores.shape[1])
    chosen = np.sort(np.argpartition(-scores, most - 1, axis=1)[:, :most], axis=1)
    value = np.maximum(np.take_along_axis(scores, chosen, axis=1), 0)
    return sparse.csr_matrix(
        (value.ravel(), chosen.ravel(), np.arange(0, chosen.size + 1, most)), shape=scores.shape
    )
