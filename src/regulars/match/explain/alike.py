"""Of all records of two people, the two that are most alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from sqlalchemy import Connection

from regulars.engine import Session
from regulars.match import exact
from regulars.match.comparison import comparing
from regulars.match.records import make_cards, no_births, read_records, too_common
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.settings import MatchSettings

#: So many records of each person are looked at.
_MOST = 50


def most_alike(
    connection: Connection,
    session: Session,
    settings: MatchSettings,
    model: Model | None,
    some: Sequence[int],
    others: Sequence[int],
) -> tuple[int, int]:
    """The likeliest pair of a record of each of two people. Where none is likely, the pair of which most agrees, for of
    a mailbox alone nothing can disagree; without a model one that shares an identifier; else that of which most can be
    compared. Of a person of more than fifty records the first fifty count.
    """
    sides = some[:_MOST], others[:_MOST]
    both = [*sides[0], *sides[1]]
    read_records(connection, session, both)
    blocked = too_common(connection, both, settings)
    make_cards(session, settings, model.kinds if model else (), blocked, no_births(connection))
    exact.link(session)
    comparing.add_shares(session, model.frequencies if model else {})
    cards = {row["record"]: row for row in session.rows("select * from cards_with_shares").to_pylist()}
    sharing = {(row["a"], row["b"]) for row in session.rows("select a, b from sharing").to_pylist()}
    scorer = Scorer(model) if model else None

    def how_alike(pair: tuple[int, int]) -> tuple[float, float, bool, int]:
        """What a pair is ranked by, the first first: its weight, the bits that speak for one person, whether it shares
        an identifier, and how many fields can be compared."""
        one, other = (cards[record] for record in pair)
        a, b = sorted((one["card"], other["card"]))
        if scorer is None:
            return 0.0, 0.0, (a, b) in sharing, 0
        levels = scorer.compare(one, other)
        weight = scorer.weigh(one, other, levels).weight
        bits = [*scorer.bits(one, other, levels).values()]
        return max(0.0, weight), sum(max(0.0, each) for each in bits), (a, b) in sharing, sum(map(bool, bits))

    pairs = [pair for pair in product(*sides) if cards.keys() >= {*pair}]
    return max(pairs, key=how_alike, default=(some[0], others[0]))
