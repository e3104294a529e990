"""Rules marked on what the shop's own customers did: their last basket, foretold from what came before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from regulars.predict.products.again import Scorer, fill
from regulars.predict.products.best import best
from regulars.predict.products.history import Floats, HeldOut, History, Ints

LISTED = 10  #: articles in a list
_ASKED = 3_000  #: people asked at most
_AT_ONCE = 1_000
_RESAMPLES = 1_000

Rule = Callable[[History], Scorer]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What each rule found of the baskets held out."""

    people: int
    recall: Mapping[str, Floats]  #: by rule, share of each person's basket among the ten foretold

    def mean(self, rule: str) -> float:
        """Recall at 10; 0 when nobody was asked."""
        return float(self.recall[rule].mean()) if self.people else 0.0

    def gain(self, rule: str, over: str) -> tuple[float, float]:
        """95 % interval, by bootstrap of the same people, of by how much one rule is better than another."""
        more = self.recall[rule] - self.recall[over]
        drawn = np.random.default_rng(1).integers(0, len(more), (_RESAMPLES, len(more)))
        low, high = np.quantile(more[drawn].mean(axis=1), (0.025, 0.975))
        return float(low), float(high)


def mark_again(held: HeldOut, rules: Mapping[str, Rule], *, bare: tuple[str, ...] = ()) -> Marks:
    """Mark rules on whole baskets. Lists are filled up with what is popular, but those of `bare` rules."""
    people = _some(held.asked)
    filling = fill(held.known, LISTED * 2)
    marks = {}
    for name, rule in rules.items():
        score = rule(held.known)
        filled = filling * (name not in bare)
        marks[name] = _recall(held, people, partial(again_list, held.known, score, filling=filled))
    return Marks(people=len(people), recall=marks)


def mark_new(held: HeldOut, rules: Mapping[str, Rule]) -> Marks:
    """Mark rules on what of the baskets its buyers had never bought; who bought nothing new is not asked."""
    mine = held.known.pairs.key
    new = np.setdiff1d(held.wanted, mine, assume_unique=True)
    news = HeldOut(
        known=held.known,
        asked=np.intersect1d(held.asked, new // max(held.known.items, 1)),
        wanted=new,
    )
    people = _some(news.asked)
    marks = {}
    for name, rule in rules.items():
        score = rule(held.known)
        marks[name] = _recall(news, people, partial(new_list, held.known, score))
    return Marks(people=len(people), recall=marks)


def again_list(
    history: History, score: Scorer, people: Ints, filling: Floats, shelf: Floats | None = None
) -> Ints:
    """Articles somebody may buy again, then what is popular; not what they brought back, nor what is off the shelf."""
    scores: Any = score(people).tocsr(copy=True)
    top = scores.data.max() if scores.nnz else 1.0
    scores.data = np.where(scores.data > 0, 1 + scores.data / max(top, 1e-12), 0.0)
    popular = np.flatnonzero(filling)
    if len(popular):
        below = sparse.csr_matrix(
            (np.tile(filling[popular] / 2, len(people)), np.tile(popular, len(people)),
             np.arange(len(people) + 1) * len(popular)),
            shape=scores.shape,
        )  # fmt: skip
        scores = scores + below - below.multiply(scores > 0)
    return best(_wanted(history, people, _on(shelf, scores)), LISTED)


def new_list(history: History, score: Scorer, people: Ints, shelf: Floats | None = None) -> Ints:
    """Articles somebody never bought."""
    scores = _on(shelf, score(people).tocsr())
    pairs = history.pairs
    mine = sparse.csr_matrix(
        (np.ones(len(pairs.item)), pairs.item, pairs.start), shape=(history.people, max(history.items, 1))
    )[people]
    scores = scores - scores.multiply(mine)
    return best(_wanted(history, people, scores.tocsr()), LISTED)


def _on(shelf: Floats | None, scores: Any) -> Any:
    """The scores of what is on the shelf (1), and none of what is not (0)."""
    return scores if shelf is None else (scores @ sparse.diags(shelf)).tocsr()


def _wanted(history: History, people: Ints, scores: Any) -> Any:
    """The scores but for what each of these people brought back."""
    if not len(history.unwanted):
        return scores
    row = np.repeat(np.arange(len(people)), np.diff(scores.indptr))
    back = np.isin(history.key(people[row], scores.indices.astype(np.int64)), history.unwanted)
    scores.data = np.where(back, 0.0, scores.data)
    return scores


def _recall(held: HeldOut, people: Ints, listed: Callable[[Ints], Ints]) -> Floats:
    items = max(held.known.items, 1)
    owner = held.wanted // items
    wanted = np.bincount(owner, minlength=held.known.people)
    found = []
    for at in range(0, len(people), _AT_ONCE):
        some = people[at : at + _AT_ONCE]
        top = listed(some)
        hit = np.isin(some[:, None] * items + top, held.wanted) & (top >= 0)
        found.append(hit.sum(axis=1) / wanted[some])
    return np.concatenate(found) if found else np.zeros(0)


def _some(asked: Ints) -> Ints:
    """Of many people, every so many-th."""
    return asked[:: max(1, -(-len(asked) // _ASKED))]
