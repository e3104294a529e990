"""Where records are at home: the person each belonged to before merges, be they one in another, brought it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from regulars.match.arrays import Numbers


class Stay(NamedTuple):
    """That a record was somebody who was merged into another since."""

    person: int
    ended: bool  #: with it nobody was that person any longer
    born: bool  #: with it the person was a new one


def stays_in(record: Numbers, spans: pa.Table, born_us: Numbers) -> dict[int, list[Stay]]:
    """The stays of records, by their place, the latest first, from the spans of people who were merged into others;
    `born_us` by person."""
    spans = spans.sort_by([("person", "ascending"), ("since_us", "ascending")])
    whose, old, since = (spans[name].to_numpy() for name in ("record", "person", "since_us"))
    still = np.iinfo(np.int64).max  # a run was broken off before it ended
    ends, end = np.unique(spans["until_us"].fill_null(still).to_numpy(), return_inverse=True)
    if not len(spans):
        return {}
    key = old * len(ends) + end
    latest = np.maximum.accumulate(key)
    nobody = np.append((old[1:] != old[:-1]) | (since[1:] > ends[latest[:-1] % len(ends)]), True)
    ended, born = np.isin(key, latest[nobody]), since == born_us[old]
    known = np.flatnonzero(np.isin(whose, record))
    known = known[np.argsort(-since[known], kind="stable")]
    at = np.searchsorted(record, whose[known])
    found: dict[int, list[Stay]] = {}
    for place, *stay in zip(at.tolist(), *(of[known].tolist() for of in (old, ended, born)), strict=True):
        found.setdefault(place, []).append(Stay(*stay))
    return found


def home_of(person: int, stays: Iterable[Stay], into: Mapping[int, int | None]) -> int:
    """Where a record is at home that is `person` now: of whom it was, the first who is merged into that person. Its
    stays, the latest first, are looked at back to when it was parted into somebody new; whom it left while others
    stayed, it took nowhere.

    >>> into = {4: 2, 7: 4, 9: 2}
    >>> home_of(2, [Stay(4, True, False), Stay(7, True, True), Stay(9, True, True)], into)
    7
    >>> home_of(2, [Stay(4, True, False), Stay(7, False, False), Stay(9, True, True)], into)
    9
    """
    home = person
    for stay in stays:
        if stay.ended and _leads(into, stay.person, person):
            home = stay.person
        if stay.born:
            break
    return home


def _leads(into: Mapping[int, int | None], one: int, other: int) -> bool:
    """Whether one person was merged into another, or into somebody who was."""
    after = into.get(one)
    while after is not None and after != other:
        after = into.get(after)
    return after is not None
