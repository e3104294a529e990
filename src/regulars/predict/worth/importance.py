"""Importance: how much worse a learner foretells when a column is shuffled among the people it is asked about.

Breiman (2001), Machine Learning 45, as Fisher, Rudin & Dominici (2019), JMLR 20, have it for any learner: what is
shuffled tells nothing any more, while all else stays as it is. Columns that say the same take each other's place, so
columns that stand or fall together are shuffled together, as a group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from regulars.predict.marks import Floats, rank_correlation
from regulars.predict.worth.learner import Lesson, alone, lessons
from regulars.predict.worth.people import Ints, People, TooFew, too_few
from regulars.predict.worth.standing import Standing, between, standing

_SEED = 30_203
#: How often a group is shuffled, of each lesson.
SHUFFLES = 2
#: How many people are asked about at once, as often as they are: a question costs more than a row.
_ROWS_AT_ONCE = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a group of columns adds."""

    name: str
    fall: float  #: of the mark, when it is shuffled: the mean of all shuffles
    low: float  #: 95 % interval of the fall
    high: float
    spread: float  #: standard deviation of the fall from lesson to lesson

    @property
    def matters(self) -> bool:
        """Whether it adds something beyond chance."""
        return self.low > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What each group of columns adds to foretelling one outcome."""

    mark: float  #: with all columns: area under the ROC curve (yes or no), rank correlation (an amount)
    mark_low: float
    mark_high: float
    learnt_from: int  #: people
    asked: int  #: people
    #: How alike the lessons rank the groups: the mean rank correlation between two of them, 1: all the same.
    stability: float
    worths: tuple[Worth, ...]  #: those that add most first
    naive: float | None = None  #: the mark of one column alone, as it stands, which anybody could rank by
    gain_low: float | None = None  #: 95 % interval of by how much all columns are better than that one
    gain_high: float | None = None


def importance(
    learnt_from: People,
    asked: People,
    groups: Mapping[str, Sequence[str]],
    *,
    ranked: Collection[str] | None = None,
    naive: str | None = None,
) -> Importance | TooFew:
    """Learn of the people of one evening, ask about those of a later one, and shuffle each group of columns.

    `groups` names columns of both; a column may be in several groups. Stability is told of the groups `ranked`, of
    all when none are named. `naive` is a column to rank by alone, which the learner is held against.
    """
    few = too_few(learnt_from, asked)
    if few is not None:
        return few
    at = {name: column for column, name in enumerate(asked.names)}
    columns = {name: [at[one] for one in members] for name, members in groups.items()}
    whole: list[Standing] = []
    shuffled: dict[str, list[Standing]] = {name: [] for name in groups}
    with alone():
        for number, lesson in enumerate(lessons(learnt_from)):
            whole.append(standing(lesson.score(asked.given), asked))
            found = _all_shuffled(lesson, asked, set(map(frozenset, columns.values())), number, whole[-1])
            for name, members in columns.items():
                shuffled[name].append(found[frozenset(members)])
    told = shuffled if ranked is None else {name: shuffled[name] for name in ranked}
    said = _said(whole, shuffled, learnt_from, asked, _stability(whole, told))
    return said if naive is None else _beside(said, whole, asked, naive)


def _beside(found: Importance, whole: list[Standing], asked: People, naive: str) -> Importance:
    """The same, held against ranking by one column."""
    alone = standing(np.nan_to_num(asked.given[:, asked.names.index(naive)]), asked)
    gain = between(whole, [alone] * len(whole))
    return replace(found, naive=alone.mark, gain_low=gain.low, gain_high=gain.high)


def _all_shuffled(
    lesson: Lesson, asked: People, groups: Collection[frozenset[int]], number: int, whole: Standing
) -> Mapping[frozenset[int], Standing]:
    """The mean standing of a lesson over some shuffles of each group; many are asked about at once."""
    orders = [
        np.random.default_rng((_SEED, number, shuffle)).permutation(len(asked)) for shuffle in range(SHUFFLES)
    ]
    found = dict.fromkeys(groups, whole)
    telling = sorted((group for group in groups if group & set(lesson.columns)), key=sorted)
    at_once = max(1, _ROWS_AT_ONCE // (len(asked) * SHUFFLES))
    for first in range(0, len(telling), at_once):
        some = telling[first : first + at_once]
        mixed = [_mixed(asked, sorted(group), order) for group in some for order in orders]
        scores = lesson.score(np.concatenate(mixed)).reshape(len(some), SHUFFLES, len(asked))
        for group, of in zip(some, scores, strict=True):
            found[group] = _mean([standing(score, asked) for score in of])
    return found


def _mixed(asked: People, columns: Sequence[int], order: Ints) -> Floats:
    given = asked.given.copy()
    given[:, columns] = given[order][:, columns]
    return given


def _mean(found: Sequence[Standing]) -> Standing:
    return Standing(
        float(np.mean([one.mark for one in found])), np.mean([one.pulls for one in found], axis=0)
    )


def _said(
    whole: list[Standing],
    shuffled: Mapping[str, list[Standing]],
    learnt_from: People,
    asked: People,
    stability: float,
) -> Importance:
    worths = []
    for name, found in shuffled.items():
        fall = between(whole, found)
        worths.append(Worth(name=name, fall=fall.mean, low=fall.low, high=fall.high, spread=fall.spread))
    nothing = [Standing(0.0, np.zeros(len(asked)))] * len(whole)
    mark = between(whole, nothing)
    return Importance(
        mark=mark.mean,
        mark_low=mark.low,
        mark_high=mark.high,
        learnt_from=len(learnt_from),
        asked=len(asked),
        stability=stability,
        worths=tuple(sorted(worths, key=lambda one: (-one.fall, one.name))),
    )


def _stability(whole: list[Standing], shuffled: Mapping[str, list[Standing]]) -> float:
    falls = np.array(
        [[whole[n].mark - one.mark for n, one in enumerate(found)] for found in shuffled.values()]
    )
    if len(falls) < 2:
        return 1.0
    pairs = [(one, other) for one in range(len(whole)) for other in range(one)]
    return float(np.mean([rank_correlation(falls[:, one], falls[:, other]) for one, other in pairs]))
