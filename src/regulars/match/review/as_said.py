"""Who is who by what people said and no run has made so yet, so that a session asks nothing that it was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from sqlalchemy import Connection, select

from regulars.match.people.few import together
from regulars.match.review.verdicts import DIFFERENT, SAME, unheard
from regulars.store import rows
from regulars.store.tables import identity


class Word(NamedTuple):
    """What somebody says of two records, be it not kept yet."""

    record_a: int
    record_b: int
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AsSaid:
    """Who is who once the next run has made so what people said."""

    _with: Mapping[int, list[int]]  #: by person: everybody they are one with
    _apart: frozenset[frozenset[int]]  #: two people of whom it was said that they are two

    def persons(self, person: int) -> list[int]:
        """Everybody who is one person with somebody, they among them."""
        return sorted(self._with.get(person, [person]))

    def settles(self, one: int, other: int) -> bool:
        """Whether it was said of two people that they are one, or two."""
        return other in self.persons(one) or frozenset((one, other)) in self._apart


def as_said(connection: Connection, last: Word | None = None) -> AsSaid:
    """Who is who by the words that no run has heard; `last` is one more that is not kept yet.

    A is B and B is C: A is C. A is B and B is not C: A is not C, for two people are told apart with all their records.
    """
    words = [
        Word(said.record_a, said.record_b, verdict == SAME)
        for verdict in (SAME, DIFFERENT)
        for said in unheard(connection, verdict)
    ]
    words += [last] if last else []
    ends = sorted({record for word in words for record in word[:2]})
    now = select(identity.c.record, identity.c.person).where(identity.c.until_us.is_(None))
    found = rows.fetch_where_in(connection, now, [identity.c.record], ends).to_pylist()
    person = {row["record"]: row["person"] for row in found}
    known = [word for word in words if word.record_a in person and word.record_b in person]
    joins = [(person[word.record_a], person[word.record_b]) for word in known if word.same]
    one = together(set(person.values()), joins)
    apart = {
        frozenset(pair)
        for word in known
        if not word.same
        for pair in product(one[person[word.record_a]], one[person[word.record_b]])
    }
    return AsSaid(_with=one, _apart=frozenset(apart))
