"""People as they were known on an evening, and what came of them: what a learner is taught on, or asked about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from regulars import figures
from regulars.predict.marks import Floats
from regulars.words import LANGUAGES, Text, both

Ints = npt.NDArray[np.int64]
#: How many of each outcome there must be, to learn from and to be marked on.
NEEDED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One row a person; what was known of them by an evening, and what came of them after it."""

    names: tuple[str, ...]  #: of the columns of `given`
    given: Floats  #: people x columns; NaN where nothing is known
    came: Floats  #: 0 or 1 where something happens or not; else an amount, of which the order alone counts
    yes_no: bool  #: whether `came` is 0 or 1

    def __len__(self) -> int:
        return len(self.came)

    def only(self, names: Collection[str]) -> People:
        """The same people, of whom these columns alone are known."""
        kept = [at for at, name in enumerate(self.names) if name in names]
        return replace(self, names=tuple(self.names[at] for at in kept), given=self.given[:, kept])


@dataclass(frozen=True, slots=True)
class TooFew:
    """Why nothing can be said."""

    why: Text


def too_few(learnt_from: People, asked: People) -> TooFew | None:
    """Why these evenings are not enough to learn from and to be marked on; None when they are."""
    for people in (learnt_from, asked):
        happened = int((people.came > 0).sum())
        fewest = min(happened, len(people) - happened) if people.yes_no else happened
        if fewest < NEEDED:
            return TooFew(_why(people is learnt_from, fewest=fewest, people=len(people), needed=NEEDED))
    return None


def _why(to_learn: bool, **numbers: int) -> Text:
    """The reason in both languages, its numbers as each of them writes them."""
    places = {name: f"{{{name}}}" for name in numbers}
    if to_learn:
        told = both(
            "too few to learn from: of {people} people only {fewest} are on the smaller side of the outcome; {needed}"
            " are needed",
            **places,
        )
    else:
        told = both(
            "too few to be marked on: of {people} people only {fewest} are on the smaller side of the outcome; {needed}"
            " are needed",
            **places,
        )
    english, french = (
        {name: figures.count(value, chosen) for name, value in numbers.items()} for chosen in LANGUAGES
    )
    return Text(en=told.en.format(**english), fr=told.fr.format(**french))


def sampled(persons: Ints, most: int) -> Ints:
    """Where the people of a sample stand: those whose hash is smallest, the same ones on every evening.

    >>> sampled(np.arange(1, 6), 9).tolist()
    [0, 1, 2, 3, 4]
    """
    if len(persons) <= most:
        return np.arange(len(persons))
    mixed = persons.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.sort(np.lexsort((persons, mixed ^ (mixed >> np.uint64(31))))[:most])
