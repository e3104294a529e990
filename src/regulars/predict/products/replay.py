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
from regulars.predict.products.history import Flags, Floats, HeldOut, History, Ints, among

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
    scores = score(people).tocsr()
    known = scores.data > 0
    found = best(_wanted(history, people, _on(shelf, scores)), LISTED)
    short = np.flatnonzero(found[:, -1] < 0)
    popular = np.flatnonzero(filling)
    if len(short) and len(popular):
        popular = popular[np.lexsort((popular, -filling[popular]))]
        own = np.repeat(np.arange(len(people)), np.diff(scores.indptr))[known] * scores.shape[1]
        own = np.sort(own + scores.indices[known])
        offered = ~among(short[:, None] * scores.shape[1] + popular, own)
        offered &= ~among(history.key(people[short][:, None], popular), history.unwanted)
        _filled(found, short, popular, offered)
    return found


def _filled(found: Ints, short: Ints, popular: Ints, offered: Flags) -> None:
    """Put what is popular behind the articles of lists that are short, as far as it is offered to each."""
    there = (found[short] >= 0).sum(axis=1)
    place = there[:, None] + np.cumsum(offered, axis=1) - 1
    row, column = np.nonzero(offered & (place < LISTED))
    found[short[row], place[row, column]] = popular[column]


def new_list(history: History, score: Scorer, people: Ints, shelf: Floats | None = None) -> Ints:
    """Articles somebody never bought."""
    scores = _on(shelf, score(people).tocsr())
    rows, begin = history.pairs.of(people)
    mine = sparse.csr_matrix((np.ones(len(rows)), history.pairs.item[rows], begin), shape=scores.shape)
    scores = scores - scores.multiply(mine)
    return best(_wanted(history, people, scores.tocsr()), LISTED)


def _on(shelf: Floats | None, scores: Any) -> Any:
    """The scores of what is on the shelf (1), and none of what is not (0)."""
    if shelf is None:
        return scores
    return sparse.csr_matrix(
        (scores.data * shelf[scores.indices], scores.indices, scores.indptr), shape=scores.shape
    )


def _wanted(history: History, people: Ints, scores: Any) -> Any:
    """The scores but for what each of these people brought back."""
    unwanted = history.unwanted
    theirs = np.isin(people, unwanted // max(history.items, 1))
    if not theirs.any():
        return scores
    wide = np.diff(scores.indptr)
    places = np.flatnonzero(np.repeat(theirs, wide))
    row = np.repeat(np.arange(len(people)), wide)[places]
    back = among(history.key(people[row], scores.indices[places].astype(np.int64)), unwanted)
    data = scores.data.copy()
    data[places[back]] = 0.0
    return sparse.csr_matrix((data, scores.indices, scores.indptr), shape=scores.shape)


def _recall(held: HeldOut, people: Ints, listed: Callable[[Ints], Ints]) -> Floats:
    items = max(held.known.items, 1)
    owner = held.wanted // items
    wanted = np.bincount(owner, minlength=held.known.people)
    found = []
    for at in range(0, len(people), _AT_ONCE):
        some = people[at : at + _AT_ONCE]
        top = listed(some)
        hit = among(some[:, None] * items + top, held.wanted) & (top >= 0)
        found.append(hit.sum(axis=1) / wanted[some])
    return np.concatenate(found) if found else np.zeros(0)


def _some(asked: Ints) -> Ints:
    """Of many people, every so many-th."""
    return asked[:: max(1, -(-len(asked) // _ASKED))]
