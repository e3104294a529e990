"""Who a pair of records may be: one person, two of a household, two people of one name, or strangers.

A Fellegi-Sunter model weighs one person against strangers, and takes what a family shares (a name, a door, a telephone)
for proofs of a person. Here the family and the namesakes are classes of their own, so that they compete for the pair.
Learnt from the shop's own candidate pairs by expectation-maximisation (Dempster, Laird and Rubin 1977), without labels,
as in Winkler (1988); pairs are counted by pattern of levels, so a million records take no longer than a thousand.

In this module a field is an array over its levels, 0 = different, the last = nearest; -1 in a pattern means unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.match.arrays import Floats

Whole = NDArray[np.int64]
#: What was believed before the records were read weighs as so many pairs.
_BELIEF_SAME, _BELIEF_OTHERS, BELIEF_STRANGERS = 50.0, 20.0, 10_000.0
#: Enough for weights to settle within a hundredth of a bit.
_ROUNDS, _SETTLED = 100, 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How often pairs of each class stand at each level of a field: shares, 0..1, that add to 1 a class."""

    same: Floats
    household: Floats
    namesake: Floats
    stranger: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportions:
    """The mixing proportions: the share of all pairs that is of each class, the others being strangers. Two numbers,
    0..1: of pairs across sources and of those inside one."""

    same: Floats
    household: Floats
    namesake: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Pairs, counted by what they look like."""

    levels: Whole  #: one row a pattern, one column a field
    inside: Whole  #: 1 when both records are of one source
    pairs: Floats  #: how many pairs look so


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is to be learnt of one field."""

    belief: Chances
    household: bool  #: the people of a household agree in it
    namesake: bool  #: people of one name agree in it
    rare: bool  #: strangers agree so seldom that candidates tell it better than pairs drawn at random
    most_different: float  #: at most this share, 0..1, of the pairs of one person differ in it in every way
    most_at_home: (
        float  #: at most this share, 0..1, of the pairs of a household agree in it, however many strangers do
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What was learnt."""

    fields: tuple[Chances, ...]
    proportions: Proportions
    pairs_of_one_person: float  #: as many candidate pairs are one person
    taught: tuple[Floats, ...]  #: how many of them stand at each level of each field


def learn(
    candidates: Patterns,
    drawn: Patterns,
    subjects: Sequence[Subject],
    *,
    pairs: Floats,
    expected_same: float,
) -> Mixture:
    """Learn who is one person from candidate pairs, and how strangers look from pairs `drawn` at random.

    `pairs` are all pairs of the records, across sources and inside one; `expected_same` is a first guess of how many of
    them are one person.
    """
    pairs = np.maximum(pairs, 1.0)
    guess = np.full(2, expected_same / pairs.sum())
    mixture = Mixture(
        fields=tuple(subject.belief for subject in subjects),
        proportions=Proportions(same=guess, household=guess * 0.3, namesake=guess * 0.3),
        pairs_of_one_person=expected_same,
        taught=tuple(np.zeros_like(subject.belief.same) for subject in subjects),
    )
    for _round in range(_ROUNDS):
        after = _better(mixture, candidates, drawn, subjects, pairs)
        moved = abs(after.pairs_of_one_person - mixture.pairs_of_one_person)
        mixture = after
        if moved <= _SETTLED * max(1.0, after.pairs_of_one_person):
            break
    return mixture


def responsibilities(mixture: Mixture, patterns: Patterns) -> Floats:
    """The chance of each pattern (a column) to be of each class (a row, in the order of `Chances`)."""
    sums = np.stack([
        _sum(mixture, patterns.levels, "same") + np.log(mixture.proportions.same)[patterns.inside],
        _sum(mixture, patterns.levels, "household") + np.log(mixture.proportions.household)[patterns.inside],
        _sum(mixture, patterns.levels, "namesake") + np.log(mixture.proportions.namesake)[patterns.inside],
        _sum(mixture, patterns.levels, "stranger"),
    ])  # fmt: skip
    odds = np.exp(sums - sums.max(axis=0))
    return np.asarray(odds / odds.sum(axis=0))


def _sum(mixture: Mixture, levels: Whole, which: str) -> Floats:
    total = np.zeros(len(levels))
    for n, chances in enumerate(mixture.fields):
        worth = np.append(np.log(getattr(chances, which)), 0.0)  # unknown, -1, is the last
        total += worth[levels[:, n]]
    return total


def _better(
    mixture: Mixture, candidates: Patterns, drawn: Patterns, subjects: Sequence[Subject], pairs: Floats
) -> Mixture:
    expected = responsibilities(mixture, candidates) * candidates.pairs
    proportions = [np.maximum(np.bincount(candidates.inside, row, 2), 1.0) / pairs for row in expected[:3]]
    # Pairs drawn that are one person, or know each other, are no strangers.
    strangers = responsibilities(mixture, drawn)[3] * drawn.pairs
    one_in = max(1.0, pairs.sum() / drawn.pairs.sum())
    seen = [
        [at_each_level(candidates.levels[:, n], row, len(subject.belief.same)) for row in expected]
        for n, subject in enumerate(subjects)
    ]
    fields = [
        _learnt(subject, of, at_each_level(drawn.levels[:, n], strangers, len(subject.belief.same)), one_in)
        for n, (subject, of) in enumerate(zip(subjects, seen, strict=True))
    ]
    return Mixture(
        fields=tuple(fields),
        proportions=Proportions(same=proportions[0], household=proportions[1], namesake=proportions[2]),
        pairs_of_one_person=float(expected[0].sum()),
        taught=tuple(same for same, *_others in seen),
    )


def _learnt(subject: Subject, expected: Sequence[Floats], drawn: Floats, one_in: float) -> Chances:
    """The chances of one field: of the candidates expected of each class, and of the strangers among the pairs drawn,
    one `one_in` so many, those at each level."""
    belief = subject.belief
    same, household, namesake, strangers = expected
    stranger = shares(drawn + BELIEF_STRANGERS * belief.stranger)
    if subject.rare:
        both_known = max(1.0, float(drawn.sum()) * one_in)
        stranger = with_nearest(stranger, min(0.5, (strangers[-1] + 0.5) / both_known))
    at_home = _raised(stranger, np.where(belief.household > belief.stranger, belief.household, 0.0)[1:])
    at_home = with_nearest(at_home, min(float(at_home[-1]), subject.most_at_home))
    named_alike = shares(namesake + _BELIEF_OTHERS * belief.namesake)
    if subject.rare:
        named_alike = with_nearest(named_alike, stranger[-1])
    return Chances(
        same=_lowered(shares(same + _BELIEF_SAME * belief.same), subject.most_different),
        household=shares(household + _BELIEF_OTHERS * belief.household) if subject.household else at_home,
        namesake=named_alike if subject.namesake else stranger,
        stranger=stranger,
    )


def at_each_level(levels: Whole, pairs: Floats, count: int) -> Floats:
    """How many of the pairs stand at each level of a field; `levels` are those of their patterns."""
    known = levels >= 0
    return np.bincount(levels[known], pairs[known], count).astype(np.float64)


def with_nearest(chances: Floats, nearest: float) -> Floats:
    """The same chances, but for that of the nearest level."""
    others = chances[:-1] / chances[:-1].sum()
    return np.append(others * (1 - nearest), nearest)


def _lowered(chances: Floats, different: float) -> Floats:
    """The same chances, but for that of the level that is no likeness, which is no more than `different`."""
    others = chances[1:] / chances[1:].sum()
    least = min(float(chances[0]), different)
    return np.append(least, others * (1 - least))


def _raised(chances: Floats, near: Floats) -> Floats:
    """The same chances, but for those of the levels above the lowest, which are so high at least."""
    known = np.maximum(chances[1:], near)
    return np.append(1.0 - known.sum(), known)


def shares(counts: Floats) -> Floats:
    """Counts as parts of 1."""
    return np.asarray(counts / counts.sum())
