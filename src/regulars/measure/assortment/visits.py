"""On which days known people ordered, and who was a regular on an evening: the ladder's rung, told of the past.

The ladder says today: three orders at least, more than three fifths of the buyers have, and not late for their own
rhythm. Here orders of one day count once, and all are looked at after the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from regulars.measure.assortment.evidence import Flags, Ints

ORDERS_OF_A_REGULAR = 3
_FREQUENT = 0.6  #: share of the buyers who order less often than a regular does
_LENT_GAPS = 2
_LATE = 1.3  #: usual gaps without an order after which somebody is late
_SPAN = 1 << 20  #: more than there are days


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Days with an order, by person, then day."""

    ids: Ints  #: the shop's number of each person
    persona: Ints  #: of each person, a place in `personas`; -1 for none
    personas: tuple[str, ...]
    person: Ints  #: of each day, a place in `ids`
    day: Ints
    place: Ints  #: where they ordered, a place in `places`; -1 where nobody told
    places: tuple[str, ...]

    @cached_property
    def start(self) -> Ints:
        """Where the days of each person begin, and where the last one's end."""
        return np.searchsorted(self.person, np.arange(len(self.ids) + 1))

    @cached_property
    def first_day(self) -> Ints:
        """The day of each person's first order."""
        return self.day[self.start[:-1]]

    @cached_property
    def gap_days(self) -> float:
        """The mean gap of all who came back; 0 when nobody did."""
        gaps = len(self.day) - len(self.ids)
        last = self.day[self.start[1:] - 1] if len(self.ids) else self.day
        return float((last - self.first_day).sum() / gaps) if gaps else 0.0

    @cached_property
    def _key(self) -> Ints:
        return self.person * _SPAN + self.day

    def until(self, evening: Ints) -> Ints:
        """How many days with an order each person has up to an evening of their own."""
        return (
            np.searchsorted(self._key, np.arange(len(self.ids)) * _SPAN + evening, "right") - self.start[:-1]
        )

    def last_until(self, evening: Ints) -> Ints:
        """The place in `day` of the last of them; the first day's where there is none."""
        return self.start[:-1] + np.maximum(self.until(evening) - 1, 0)

    def waited(self, evening: Ints) -> np.ndarray:
        """How many of their usual gaps have passed on an evening since each person's last order."""
        times, last = self.until(evening), self.day[self.last_until(evening)]
        usual = (last - self.first_day + _LENT_GAPS * self.gap_days) / (np.maximum(times, 1) - 1 + _LENT_GAPS)
        return np.asarray((evening - last) / np.maximum(usual, 1e-9))

    def regular(self, evening: Ints, among: Flags) -> Flags:
        """Who of some people was a regular on an evening."""
        times = self.until(evening)
        if not among.any():
            return among
        usual = np.quantile(times[among], _FREQUENT, method="inverted_cdf")
        often = (times >= ORDERS_OF_A_REGULAR) & (times > usual)
        return among & often & (self.waited(evening) <= _LATE)


def visits(people: pa.Table, rows: pa.Table) -> Visits:
    """The visits of Arrow tables: people (person, persona) in order, and rows (person, day, place) in theirs."""
    ids = people.column("person").to_numpy().astype(np.int64)
    places, place = coded(rows.column("place"))
    names, persona = coded(people.column("persona"))
    return Visits(
        ids=ids,
        persona=persona,
        personas=names,
        person=np.searchsorted(ids, rows.column("person").to_numpy().astype(np.int64)),
        day=rows.column("day").to_numpy().astype(np.int64),
        place=place,
        places=places,
    )


def coded(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    """The values of a column in order, and the number of each row's; -1 for null."""
    whole = column.combine_chunks().dictionary_encode()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    found = whole.dictionary.to_pylist()
    order = sorted(range(len(found)), key=lambda at: found[at])
    number = np.empty(len(found) + 1, np.int64)
    number[order], number[-1] = np.arange(len(found)), -1
    return tuple(found[at] for at in order), number[whole.indices.fill_null(len(found)).to_numpy()]
