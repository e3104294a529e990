"""Review: the pairs of records that may be one person, for a human to settle."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from regulars.flow import Ground
from regulars.store.tables import records, review_pairs
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records (SOURCE:KEY) that may be one person."""

    record_a: str
    record_b: str
    weight: float  #: bits
    probability: float
    reason: str


def waiting(ground: Ground, most: int) -> list[Pair]:
    """The pairs that wait, the most probable first."""
    one, other = records.alias(), records.alias()
    statement = (
        select(
            (one.c.source + ":" + one.c.source_key).label("record_a"),
            (other.c.source + ":" + other.c.source_key).label("record_b"),
            review_pairs.c.weight,
            review_pairs.c.probability,
            review_pairs.c.reason,
        )
        .join(one, one.c.record == review_pairs.c.record_a)
        .join(other, other.c.record == review_pairs.c.record_b)
        .order_by(review_pairs.c.probability.desc(), review_pairs.c.record_a, review_pairs.c.record_b)
        .limit(most)
    )
    with ground.store.read() as connection:
        return [
            Pair(**{**row, "reason": _said(row["reason"])})
            for row in connection.execute(statement).mappings()
        ]


def _said(reason: str) -> str:
    """Why a pair waits, in the reader's language."""
    words = {
        "suffixes differ": _("suffixes differ"),
        "same household": _("same household"),
        "same name": _("same name"),
        "others contradict": _("alike, but their other records are not"),
        "contradicted": _("they share an identifier and contradict each other"),
        "contested": _("they share an identifier that others hold too"),
        "undecided": _("undecided"),
    }
    return words.get(reason, reason)
