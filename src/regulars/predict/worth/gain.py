"""Gain: what some columns add to others, by teaching one learner with them and one without."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from regulars.predict.marks import Flags, Floats
from regulars.predict.worth.learner import alone, lessons
from regulars.predict.worth.people import People, TooFew, too_few
from regulars.predict.worth.standing import Standing, between, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the added columns bring, on a later evening than the one learnt from."""

    without: float  #: mark without them: area under the ROC curve (yes or no), rank correlation (an amount)
    with_them: float  #: mark with them
    low: float  #: 95 % interval of the difference
    high: float
    learnt_from: int  #: people
    asked: int  #: people
    chosen: int  #: people who would be chosen for having the highest scores
    changed: int  #: people chosen by one of the two alone
    became_right: int  #: of the changed: chosen at last and it came, or no longer chosen and it did not
    became_wrong: int  #: of the changed: the others

    @property
    def difference(self) -> float:
        """By how much the mark is better with them."""
        return self.with_them - self.without

    @property
    def improves(self) -> bool:
        """Whether they bring something beyond chance."""
        return self.low > 0

    @property
    def improved_decisions(self) -> int:
        """How many more choices are right than before; below 0 when more are wrong."""
        return self.became_right - self.became_wrong


def gain(
    learnt_from: People, asked: People, base: Collection[str], added: Collection[str], *, share: float = 0.1
) -> Gain | TooFew:
    """What `added` columns bring beside the `base` ones, when a share of the people is to be chosen."""
    few = too_few(learnt_from, asked)
    if few is not None:
        return few
    marks, scores = {}, {}
    with alone():
        for name, columns in (("without", set(base)), ("with", {*base, *added})):
            marks[name], scores[name] = _taught(learnt_from.only(columns), asked.only(columns))
    difference = between(marks["with"], marks["without"])
    count = max(1, round(share * len(asked)))
    before, after = _chosen(scores["without"], count), _chosen(scores["with"], count)
    changed, right = before != after, after == _came(asked, count)
    return Gain(
        without=float(np.mean([one.mark for one in marks["without"]])),
        with_them=float(np.mean([one.mark for one in marks["with"]])),
        low=difference.low,
        high=difference.high,
        learnt_from=len(learnt_from),
        asked=len(asked),
        chosen=count,
        changed=int(changed.sum()),
        became_right=int((changed & right).sum()),
        became_wrong=int((changed & ~right).sum()),
    )


def _taught(learnt_from: People, asked: People) -> tuple[list[Standing], Floats]:
    """How each lesson stands, and the mean place it gives to each person."""
    scores = [lesson.score(asked.given) for lesson in lessons(learnt_from)]
    return [standing(one, asked) for one in scores], np.asarray(np.mean(scores, axis=0))


def _chosen(score: Floats, count: int) -> Flags:
    """Those with the highest scores; of equal ones those who stand first."""
    chosen = np.zeros(len(score), dtype=bool)
    chosen[np.lexsort((np.arange(len(score)), -score))[:count]] = True
    return chosen


def _came(asked: People, count: int) -> Flags:
    """Whom to choose would have been right: to whom it happened; of an amount, those with the greatest ones."""
    return asked.came > 0 if asked.yes_no else _chosen(asked.came, count) & (asked.came > 0)
