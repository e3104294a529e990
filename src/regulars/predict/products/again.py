"""Rules for what somebody buys again. A rule looks at a history once and then scores articles for any people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from regulars.predict.products.history import Floats, History, Ints, held_out, summed

#: Scores of articles (columns) for people (rows, in the order asked); 0 where nothing speaks for an article.
Scorer = Callable[[Ints], Any]
HALF_LIFE_DAYS = (30.0, 90.0)
_PEOPLE_TO_LEARN_FROM = 20_000
_LENT = 10.0  #: buyers lent to an article at the shop's own rate of buying again


def frequency(history: History) -> Scorer:
    """On how many receipts somebody bought it."""
    return _scorer(history, history.pairs.times.astype(float))


def frequency_then_popularity(history: History) -> Scorer:
    """The same, ties to what stands on more receipts of everybody."""
    return _scorer(history, history.pairs.times + _share(history)[history.pairs.item] / 2)


def habit(history: History) -> Scorer:
    """Receipts halve in weight every 90 days before the person's last one; ties to what is popular."""
    return _scorer(history, _decayed(history, HALF_LIFE_DAYS[1]) + _share(history)[history.pairs.item] * 1e-6)


def learnt(history: History) -> Scorer:
    """What customers here bought again of what they had bought before: a logistic regression on how often, how lately
    and how regularly somebody bought it, how popular it is and how often others buy it again.
    """
    return _scorer(history, _likely(history, weights(history)))


def weights(history: History) -> tuple[Floats, float]:
    """What each feature weighs, and the constant, fitted on the last baskets; all 0 when nothing can be learnt."""
    from sklearn.linear_model import LogisticRegression

    past = held_out(history)
    pairs = past.known.pairs
    people = past.asked[:: max(1, len(past.asked) // _PEOPLE_TO_LEARN_FROM)]
    taken = np.isin(pairs.person, people)
    bought = np.isin(pairs.key[taken], past.wanted)
    seen = features(past.known)[taken]
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


def features(history: History) -> Floats:
    """What is known of each pair, a row each: logarithms of `FEATURES`, counted up to the person's last receipt."""
    pairs = history.pairs
    baskets, last = history.baskets[pairs.person], history.last_day[pairs.person]
    once = pairs.times == 1
    between = (pairs.last_day - pairs.first_day) / np.maximum(pairs.times - 1, 1)
    return np.column_stack(
        (
            np.log(pairs.times),
            np.log(pairs.times / np.maximum(baskets, 1)),
            np.log(_decayed(history, HALF_LIFE_DAYS[1]) + 0.01),
            np.log(_decayed(history, HALF_LIFE_DAYS[0]) + 0.01),
            np.log1p(baskets - 1 - pairs.newest),
            np.log1p(last - pairs.last_day),
            np.log1p(history.popularity[pairs.item]),
            np.log(_bought_again(history)[pairs.item]),
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


def _likely(history: History, learnt_weights: tuple[Floats, float]) -> Floats:
    each, constant = learnt_weights
    return np.asarray(1 / (1 + np.exp(-np.clip(features(history) @ each + constant, -30, 30))))


def _bought_again(history: History) -> Floats:
    """Share of an article's buyers who bought it again, lent some buyers at the shop's own rate."""
    pairs = history.pairs
    buyers = np.bincount(pairs.item, minlength=history.items)
    again = np.bincount(pairs.item[pairs.times > 1], minlength=history.items)
    rate = max(again.sum(), 1) / max(buyers.sum(), 1)
    return np.asarray((again + _LENT * rate) / (buyers + _LENT))


def _decayed(history: History, half_life_days: float) -> Floats:
    age = history.last_day[history.person] - history.day
    return summed(history, 0.5 ** (age / half_life_days))


def _share(history: History) -> Floats:
    return np.asarray(history.popularity / max(history.popularity.max(initial=0.0), 1.0))


def _scorer(history: History, scores: Floats) -> Scorer:
    pairs = history.pairs
    table = sparse.csr_matrix(
        (scores, pairs.item, pairs.start), shape=(history.people, max(history.items, 1))
    )
    return lambda people: table[people]
