"""The learner: boosted trees, which read what is missing as missing, and need no scales.

It is taught several times, each time on people drawn anew, so that what is said of a column does not hang on the
chance of one lesson. The same people make the same learner: seeds are fixed and one thread is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from regulars.predict.marks import Floats, ranks
from regulars.predict.worth.people import Ints, People

#: How often it is taught.
LESSONS = 5
_SEED = 20_117
_TREES = {"max_iter": 60, "learning_rate": 0.1, "max_leaf_nodes": 8, "l2_regularization": 5.0}
#: People a leaf has at the least.
_LEAST_A_LEAF = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt once: a score from the columns of which it could learn something."""

    columns: tuple[int, ...]
    trees: Any
    yes_no: bool

    def score(self, given: Floats) -> Floats:
        """The higher, the likelier or the more."""
        if not self.columns:
            return np.zeros(len(given))
        of = _finite(given[:, self.columns])
        return np.asarray(self.trees.predict_proba(of)[:, 1] if self.yes_no else self.trees.predict(of))


@contextmanager
def alone() -> Iterator[None]:
    """On one thread: sums come in one order, and many small lessons do not wait for each other."""
    import sklearn.ensemble  # noqa: F401  it brings the threads that are held back, and must be there before

    with threadpool_limits(1):
        yield


def lessons(people: People) -> Iterator[Lesson]:
    """What is learnt of people, each time of as many drawn from them anew (Efron's bootstrap)."""
    for number in range(LESSONS):
        drawn = np.random.default_rng((_SEED, number)).integers(0, len(people), len(people))
        yield _lesson(people, np.sort(drawn), number)


def _lesson(people: People, drawn: Ints, number: int) -> Lesson:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    given, came = _finite(people.given[drawn]), people.came[drawn]
    columns = _told_apart(given)
    kind = HistGradientBoostingClassifier if people.yes_no else HistGradientBoostingRegressor
    answers = came > 0 if people.yes_no else ranks(came) / len(came)
    trees = kind(**_TREES, min_samples_leaf=_LEAST_A_LEAF, early_stopping=False, random_state=_SEED + number)
    if columns:
        trees.fit(given[:, columns], answers)
    return Lesson(columns, trees, people.yes_no)


def _finite(given: Floats) -> Floats:
    """What is without end is not known."""
    return np.where(np.isinf(given), np.nan, given)


def _told_apart(given: Floats) -> tuple[int, ...]:
    """The columns that are not the same of everybody."""
    return tuple(at for at in range(given.shape[1]) if len(np.unique(given[:, at])) > 1)
