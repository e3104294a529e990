"""Rules for what somebody buys again. A rule looks at a history once and then scores articles for any people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from regulars.predict.products.history import HALF_LIFE_DAYS, Floats, History, Ints, among

#: Scores of articles (columns) for people (rows, in the order asked); 0 where nothing speaks for an article.
Scorer = Callable[[Ints], Any]
_PEOPLE_TO_LEARN_FROM = 20_000
_LENT = 10.0  #: buyers lent to an article at the shop's own rate of buying again


def frequency(history: History) -> Scorer:
    """On how many receipts somebody bought it."""
    return _scorer(history, lambda rows: history.pairs.times[rows].astype(float))


def frequency_then_popularity(history: History) -> Scorer:
    """The same, ties to what stands on more receipts of everybody."""
    pairs, share = history.pairs, _share(history)
    return _scorer(history, lambda rows: pairs.times[rows] + share[pairs.item[rows]] / 2)


def habit(history: History) -> Scorer:
    """Receipts halve in weight every 90 days before the person's last one; ties to what is popular."""
    pairs, share, lately = history.pairs, _share(history), history.decays[HALF_LIFE_DAYS[1]]
    return _scorer(history, lambda rows: lately[rows] + share[pairs.item[rows]] * 1e-6)


def learnt(history: History) -> Scorer:
    """What customers here bought again of what they had bought before: a logistic regression on how often, how lately
    and how regularly somebody bought it, how popular it is and how often others buy it again.
    """
    return weighed(history, weights(history))


def weighed(history: History, learnt_weights: tuple[Floats, float]) -> Scorer:
    """The same with weights that are known."""
    each, constant = learnt_weights
    again = _bought_again(history)

    def likely(rows: Ints) -> Floats:
        """The chance, 0..1, that each of some pairs is in the next basket."""
        return np.asarray(
            1 / (1 + np.exp(-np.clip(features(history, rows, again) @ each + constant, -30, 30)))
        )

    return _scorer(history, likely)


def weights(history: History) -> tuple[Floats, float]:
    """What each feature weighs, and the constant, fitted on the last baskets; all 0 when nothing can be learnt."""
    from sklearn.linear_model import LogisticRegression

    past = history.past
    rows, _begin = past.known.pairs.of(past.asked[:: max(1, len(past.asked) // _PEOPLE_TO_LEARN_FROM)])
    bought = among(past.known.pairs.key[rows], past.wanted)
    seen = features(past.known, rows, _bought_again(past.known))
    if bought.all() or not bought.any():
        return np.zeros(seen.shape[1]), 0.0
    middle, spread = seen.mean(axis=0), seen.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(max_iter=500).fit((seen - middle) / spread, bought)
    each = model.coef_[0] / spread
    return each, float(model.intercept_[0] - (each * middle).sum())


FEATURES = (
    "times", "share_of_baskets", "lately_90_days", "lately_30_days", "baskets_since", "days_since", "popularity",
    "bought_again_by_others", "baskets", "days_between", "once",
)  # fmt: skip


def features(history: History, rows: Ints, again: Floats) -> Floats:
    """What is known of some pairs, a row each: logarithms of `FEATURES`, counted up to the person's last receipt.

    `again` is the share of buyers of each article who bought it again.
    """
    pairs = history.pairs
    person, item, times, last_day = (
        one[rows] for one in (pairs.person, pairs.item, pairs.times, pairs.last_day)
    )
    baskets = history.baskets[person]
    once = times == 1
    between = (last_day - pairs.first_day[rows]) / np.maximum(times - 1, 1)
    lately, latest = (history.decays[half][rows] for half in reversed(HALF_LIFE_DAYS))
    return np.column_stack(
        (
            np.log(times),
            np.log(times / np.maximum(baskets, 1)),
            np.log(lately + 0.01),
            np.log(latest + 0.01),
            np.log1p(baskets - 1 - pairs.newest[rows]),
            np.log1p(history.last_day[person] - last_day),
            np.log1p(history.popularity[item]),
            np.log(again[item]),
            np.log(np.maximum(baskets, 1)),
            np.where(once, 0.0, np.log1p(between)),
            once,
        )
    )


def fill(history: History, most: int) -> Floats:
    """Scores of the `most` articles on most receipts, 0..1: what a list is filled with."""
    share = _share(history)
    chosen = np.lexsort((np.arange(history.items), -share))[:most]
    kept = np.zeros(history.items)
    kept[chosen] = share[chosen]
    return kept


def _bought_again(history: History) -> Floats:
    """Share of an article's buyers who bought it again, lent some buyers at the shop's own rate."""
    pairs = history.pairs
    buyers = np.bincount(pairs.item, minlength=history.items)
    again = np.bincount(pairs.item[pairs.times > 1], minlength=history.items)
    rate = max(again.sum(), 1) / max(buyers.sum(), 1)
    return np.asarray((again + _LENT * rate) / (buyers + _LENT))


def _share(history: History) -> Floats:
    return np.asarray(history.popularity / max(history.popularity.max(initial=0.0), 1.0))


def _scorer(history: History, scores: Callable[[Ints], Floats]) -> Scorer:
    """Scores of what people bought, by the rows of their pairs."""

    def of(people: Ints) -> sparse.csr_matrix:
        """People x articles: the score of each article that somebody bought; others have none."""
        rows, begin = history.pairs.of(people)
        shape = (len(people), max(history.items, 1))
        return sparse.csr_matrix((scores(rows), history.pairs.item[rows], begin), shape=shape)

    return of
