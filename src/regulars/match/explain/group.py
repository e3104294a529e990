"""What all records of two people say of each other: one pair may be alike, and the others against it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection

from regulars.engine import Session
from regulars.match.comparison import comparing
from regulars.match.contradictions import judging
from regulars.match.records import make_cards, no_births, read_records, too_common
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.settings import MatchSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """The pair of records that speaks most against two people being one."""

    record_a: int
    record_b: int
    bits: float | None  #: below 0; None when nothing but a human can say that these two are one


def most_against(
    connection: Connection,
    session: Session,
    settings: MatchSettings,
    model: Model,
    some: Collection[int],
    others: Collection[int],
) -> Against | None:
    """Of the pairs of a record of each of two people, the one most against them; None when none is."""
    every = sorted({*some, *others})
    read_records(connection, session, every)
    make_cards(session, settings, model.kinds, too_common(connection, every, settings), no_births(connection))
    comparing.weigh_cards(session, model.frequencies)
    cards = {row["record"]: row for row in session.rows("select * from weighed_cards").to_pylist()}
    scorer, judged = Scorer(model), judging()
    found = []
    for one, other in product(sorted(some), sorted(others)):
        if one in cards and other in cards:
            never = judged(cards[one], cards[other])["never"]
            bits = scorer.weigh(cards[one], cards[other]).evidence
            found.append((not never, bits, one, other))
    if not found:
        return None
    possible, bits, one, other = min(found)
    if possible and bits >= 0:
        return None
    return Against(record_a=one, record_b=other, bits=bits if possible else None)
