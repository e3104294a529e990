"""What parts two records that have enough in common: the rule, found by grouping them and those around them anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match import exact, pairs
from regulars.match.contradictions import judging
from regulars.match.explain.chain import carried
from regulars.match.grouping import Grouped, grouped
from regulars.match.people.cluster import Links, components
from regulars.match.people.evidence import KeptModel
from regulars.match.people.parts import EITHER
from regulars.match.records import make_cards, no_births, read_records, too_common
from regulars.match.review import verdicts
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.settings import MatchSettings
from regulars.store import rows
from regulars.store.tables import NOBODY, identifiers, identity, review_pairs

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: So many records around a pair are looked at.
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OpposingPair:
    """The pair of records that speaks most against two people being one."""

    record_a: int
    record_b: int
    bits: float | None  #: below 0; None when nothing but a human can say that these two are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Why two records that have enough in common are two people."""

    reason: str | None
    """In the words of `review_pairs`; `anyones`: whose a parcel is cannot be told; `nothing` parts them by what is
    known now; None: they have not enough in common."""
    shared: tuple[str, ...]  #: the types of the identifiers that they share
    either: int | None  #: the record that one of them is as much like
    against: OpposingPair | None
    together: int  #: how many records they would be with all who are linked to them; more may be


def what_parts(
    connection: Connection,
    session: Session,
    settings: MatchSettings,
    kept: KeptModel | None,
    sides: tuple[set[int], set[int]],
    pair: tuple[int, int],
) -> Apart:
    """What parts two records; `sides` are the records of the people they are now."""
    model = kept.model if kept else None
    around = _around(connection, settings, sides, pair)
    size = read_records(connection, session, around)
    blocked = too_common(connection, around, settings)
    make_cards(session, settings, model.kinds if model else (), blocked, no_births(connection))
    exact.link(session)
    pairs.score_few(session, model, settings)
    session.table("standing", verdicts.standing(connection))
    found = grouped(session, size, kept, settings.clustering)
    numbered = session.rows("select record, card from numbered").to_pylist()
    card = {row["record"]: row["card"] for row in numbered}
    a, b = sorted(card[record] for record in pair)
    (said,) = session.rows(_SQL["said"], {"a": a, "b": b}).to_pylist()
    linked = bool(np.any((found.links.a == a) & (found.links.b == b)))
    sure = model is not None and (said["probability"] or 0.0) >= model.threshold
    either = _either(found, a, b)
    return Apart(
        reason=said["dropped"]
        or ("nothing" if linked else said["refused"] or (_unlinked(said) if sure else None)),
        shared=tuple(said["shared"] or ()),
        either=next((row["record"] for row in numbered if row["card"] == either), None),
        against=_most_against(session, model, *sides) if model else None,
        together=_together(size, found.links, a, b),
    )


def _together(size: int, links: Links, a: int, b: int) -> int:
    """How many cards are linked to either of two, whatever becomes of the links."""
    label = components(size, links.a, links.b)
    return int(np.isin(label, label[[a, b]]).sum())


def _unlinked(said: dict[str, object]) -> str:
    """Why a pair that is sure enough has no link at all."""
    if said["suffix_alone"]:
        return "one suffix"
    return "of two" if said["personal"] else "anyones"


def _either(found: Grouped, a: int, b: int) -> int | None:
    """The card that one of two is as much like as the other."""
    torn = np.flatnonzero(found.groups.fate == EITHER)
    ends = zip(found.links.a[torn].tolist(), found.links.b[torn].tolist(), strict=True)
    others = ({*pair} - {a, b} for pair in ends if len({*pair} & {a, b}) == 1)
    return min((card for rest in others for card in rest), default=None)


def _around(
    connection: Connection, settings: MatchSettings, sides: tuple[set[int], set[int]], pair: tuple[int, int]
) -> list[int]:
    """The records of two people; whoever waits for review with them; who shares an identifier with the pair; and who
    shares one with any of these, and so on, for a chain may be too long for one person."""
    mine = [*pair, *sorted(sides[0] | sides[1])]
    ends = (review_pairs.c.record_a, review_pairs.c.record_b)
    waiting = [
        record
        for end in ends
        for row in rows.fetch_where_in(connection, select(*ends), [end], mine).to_pylist()
        for record in row.values()
    ]
    near = {*waiting, *_sharing(connection, settings, pair)}
    now = identity.c.until_us.is_(None)
    people = rows.fetch_where_in(
        connection, select(identity.c.person).where(now), [identity.c.record], sorted(near)
    )["person"].to_pylist()
    theirs = rows.fetch_where_in(
        connection, select(identity.c.record).where(now), [identity.c.person], sorted(set(people))
    )["record"].to_pylist()
    found = dict.fromkeys([*mine, *sorted({*near, *theirs})])
    newest = list(found)
    while newest and len(found) < _MOST:
        newest = [record for record in _sharing(connection, settings, newest) if record not in found]
        found |= dict.fromkeys(newest)
    return list(found)[: max(_MOST, len(mine))]


def _sharing(connection: Connection, settings: MatchSettings, some: Sequence[int]) -> list[int]:
    """The records that share with some others an identifier that names somebody."""
    told = carried(connection, some, settings)
    values = {value for own in told.values() for held in own.values() for value in held}
    holder = identifiers.alias()
    same = (holder.c.type == identifiers.c.type) & (holder.c.value == identifiers.c.value)
    mine = identifiers.c.record.in_(some) & identifiers.c.value.in_(values)
    sharing = select(holder.c.record).join(identifiers, same).where(mine, holder.c.record != NOBODY)
    order = sharing.distinct().order_by(holder.c.record).limit(_MOST)
    return list(connection.execute(order).scalars())


def _most_against(
    session: Session, model: Model, some: Collection[int], others: Collection[int]
) -> OpposingPair | None:
    """Of the pairs of a record of each of two people, the one most against them; None when none is."""
    cards = {row["record"]: row for row in session.rows("select * from cards_with_shares").to_pylist()}
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
    return OpposingPair(record_a=one, record_b=other, bits=bits if possible else None)
