"""What one source of data from outside adds to all that a shop knows itself, among those of whom it says something."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from regulars.predict.marks import Floats
from regulars.predict.worth.gain import Gain, gain
from regulars.predict.worth.people import Ints, People, TooFew
from regulars.words import both

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SAYS_NOTHING = TooFew(both("on the evenings of the trial it said nothing of anybody"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a source says of the people of both evenings, as numbers; NaN where it says nothing."""

    names: tuple[str, ...]
    given: tuple[Floats, Floats]


def columns(earlier: pa.Table, later: pa.Table, persons: tuple[Ints, Ints]) -> Columns:
    """Of what a source told by each evening: person, field, number, text."""
    names = sorted({*earlier.column("field").to_pylist(), *later.column("field").to_pylist()})
    places = {name: at for at, name in enumerate(names)}
    code = _codes(earlier, later)
    given = []
    for told, those in ((earlier, persons[0]), (later, persons[1])):
        matrix = np.full((len(those), len(names)), np.nan)
        rows = {int(person): row for row, person in enumerate(those)}
        for person, field, number, text in zip(*told.to_pydict().values(), strict=True):
            if person in rows:
                matrix[rows[person], places[field]] = number if text is None else code[field, text]
        given.append(matrix)
    return Columns(names=tuple(f"outside {name}" for name in names), given=(given[0], given[1]))


def added(
    pair: tuple[People, People], base: Collection[str], of: Columns, *, share: float
) -> tuple[Gain | TooFew, tuple[int, int]]:
    """What the source brings beside the `base` columns; and of how many people of each evening it says something."""
    told = [_with(people, of.names, given) for people, given in zip(pair, of.given, strict=True)]
    if not all(len(people) for people in told):
        return _SAYS_NOTHING, (0, 0)
    return gain(told[0], told[1], base, of.names, share=share), (len(told[0]), len(told[1]))


def _codes(*tables: pa.Table) -> dict[tuple[str, str], float]:
    """Words in the order in which people count them, 5-9 before 10-14, so that more may mean more."""
    words = {
        (field, text)
        for told in tables
        for field, text in zip(told.column("field").to_pylist(), told.column("text").to_pylist(), strict=True)
        if text is not None
    }
    return {
        pair: float(place)
        for place, pair in enumerate(sorted(words, key=lambda pair: (pair[0], *_counted(pair[1]))))
    }


def _counted(text: str) -> tuple[float, str]:
    found = _NUMBER.search(text)
    return (float(found.group().replace(",", ".")) if found else -1.0, text)


def _with(people: People, names: tuple[str, ...], given: Floats) -> People:
    """Those people of whom something is said, with that."""
    told = ~np.isnan(given).all(axis=1)
    return replace(
        people,
        names=(*people.names, *names),
        given=np.hstack([people.given[told], given[told]]),
        came=people.came[told],
    )
