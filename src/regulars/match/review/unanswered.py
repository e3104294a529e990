"""The pairs that wait for an answer: those put up for review, but for those that somebody settled since."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from regulars.match.review.as_said import as_said
from regulars.match.review.verdicts import DIFFERENT, heard
from regulars.store.tables import identity, review_pairs, verdicts


class Unanswered(NamedTuple):
    """A row of `review_pairs` that waits, and whose its records are now."""

    record_a: int
    record_b: int
    weight: float  #: bits
    probability: float
    reason: str
    person_a: int
    person_b: int


def unanswered(connection: Connection, person: int | None = None) -> list[Unanswered]:
    """The pairs that wait; of one person, or of all.

    Who were said to be one person and are two after a run are asked about again: another word parts them. Who are one
    by words that no run has made so yet are not: A is B and B is C says it of A and C.
    """
    whose, whose_other = identity.alias(), identity.alias()
    pair, said = review_pairs.c, verdicts.c
    same_pair = (said.record_a == pair.record_a) & (said.record_b == pair.record_b)
    counts = (said.verdict == DIFFERENT) | (said.verdict_id > (heard(connection) or 0))
    statement = (
        select(
            pair.record_a, pair.record_b, pair.weight, pair.probability, pair.reason,
            whose.c.person.label("person_a"), whose_other.c.person.label("person_b"),
        )
        .join(whose, (whose.c.record == pair.record_a) & whose.c.until_us.is_(None))
        .join(whose_other, (whose_other.c.record == pair.record_b) & whose_other.c.until_us.is_(None))
        .where(~exists().where(same_pair, said.withdrawn_us.is_(None), counts))
    )  # fmt: skip
    if person is not None:
        statement = statement.where((whose.c.person == person) | (whose_other.c.person == person))
    waiting = [Unanswered(*row) for row in connection.execute(statement)]
    by_now = as_said(connection)
    return [one for one in waiting if not by_now.settles(one.person_a, one.person_b)]
