"""What to sell, of a shop day: `assortment` and `assortment_footings`, of the shop, its stores and its personas.

assortment           one row a finding: what wins regulars and loses them, is bought together, asked for and missing
assortment_footings  one row a scope and kind: of how many people it is told, or why nothing is
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.measure.assortment import cohorts, counting, missing
from regulars.measure.assortment import together as receipts_room
from regulars.measure.assortment.counting import Goods
from regulars.measure.assortment.evidence import Flags, Ints
from regulars.measure.assortment.findings import MOST, Finding, Footing, Scope, footings, rows
from regulars.measure.assortment.reasons import count, in_both, on_one_receipt
from regulars.measure.assortment.together import MOST_RECEIPTS, NEEDED, WIDEST, Receipts, together
from regulars.measure.assortment.variants import variants
from regulars.measure.assortment.visits import Visits, coded, visits
from regulars.model.person import CROWD_FACTS
from regulars.words import both

_SQL = statements(Path(__file__).with_name("purchases.sql"))
_DAYS = 1_100  #: older receipts are of another range
_STORES = 20  #: those with most visits


def describe(session: Session, as_of: int, currency: str) -> None:
    """Make `assortment` and `assortment_footings`.

    Reads `order_lines`, `identity`, `products`, `goods`, `lines`, `orders`, `indicators`, `events`, `happenings`,
    `personas`, `articles`, `stock_told`, `voice_texts`, `voice_sentences` and `searches`.
    """
    session.create("goods_sold", _SQL["goods_sold"].format(as_of=as_of, days=_DAYS))
    session.create("things", _SQL["things"])
    seen = _visits(session)
    goods = _goods(session)
    began = cohorts.beginners(session, seen, as_of, as_of - _DAYS)
    stayed = cohorts.regulars(session, seen, as_of, as_of - _DAYS)
    receipts = _receipts(session, seen)
    lacking, stock = missing.missed(session, seen, as_of), missing.stock_told(session)
    session.drop("goods_sold", "things")
    names = dict(zip(goods.ids, goods.names, strict=True))
    found, grounds = [], []
    for scope in scopes(seen):
        parts = [
            counting.won(began, goods, scope),
            counting.lost(stayed, goods, scope),
            _pairs(receipts, goods, scope),
            missing.lacking(lacking, scope, names, currency, stock),
        ]
        found.append((scope, [one for part, _footing in parts for one in part]))
        grounds.append((scope, [footing for _part, footing in parts]))
    session.table("assortment", rows(found))
    session.table("assortment_footings", footings(grounds))


def scopes(seen: Visits) -> list[Scope]:
    """The whole shop, the stores that are visited most, the personas, and each persona in each of these stores."""
    times = np.bincount(seen.place[seen.place >= 0], minlength=len(seen.places))
    busiest = np.sort(np.lexsort((np.arange(len(times)), -times))[:_STORES]).tolist()
    stores = [Scope(store=seen.places[at], place=at) for at in busiest]
    personas = [Scope(persona=name, kind_of=at) for at, name in enumerate(seen.personas)]
    crossed = [
        replace(store, persona=one.persona, kind_of=one.kind_of) for store in stores for one in personas
    ]
    return [Scope(), *stores, *personas, *crossed]


def _visits(session: Session) -> Visits:
    people, days = (session.rows(_SQL[name].format(crowd=CROWD_FACTS)) for name in ("people", "visits"))
    return visits(people, days)


def _goods(session: Session) -> Goods:
    things = session.rows("select * from things order by item")
    categories, category = coded(things.column("category"))
    ids = things.column("product_id").to_pylist()
    names = [name or key for name, key in zip(things.column("product_name").to_pylist(), ids, strict=True)]
    return Goods(ids=ids, names=names, category=category, categories=categories)


def _receipts(session: Session, seen: Visits) -> Receipts:
    """The newest receipts of several articles; places are numbered as in `seen`."""
    lines = session.rows(_SQL["receipts"].format(widest=WIDEST, most=MOST_RECEIPTS))
    order = lines.column("order_no").to_numpy()
    first = np.flatnonzero(np.diff(order, prepend=-1)) if len(order) else np.zeros(0, np.int64)
    head = lines.take(pa.array(first))
    person = head.column("person").fill_null(-1).to_numpy().astype(np.int64)
    at = np.searchsorted(seen.ids, person).clip(max=max(len(seen.ids) - 1, 0))
    known = seen.ids[at] == person if len(seen.ids) else np.zeros(len(person), bool)
    persona = np.full(len(person), -1, np.int64)
    persona[known] = seen.persona[at[known]]
    places, place = coded(head.column("place"))
    number = {name: n for n, name in enumerate(seen.places)}
    renumbered = np.array([*(number.get(name, -1) for name in places), -1], np.int64)
    return Receipts(
        person=np.where(person >= 0, person, -1 - np.arange(len(person))),
        day=head.column("day").to_numpy().astype(np.int64),
        place=renumbered[place],
        persona=persona,
        row=np.cumsum(np.diff(order, prepend=-1) != 0) - 1,
        item=lines.column("item").to_numpy().astype(np.int64),
    )


def _pairs(receipts: Receipts, goods: Goods, scope: Scope) -> tuple[Sequence[Finding], Footing]:
    some = receipts.some(scope.holds(receipts.place, receipts.persona))
    n = len(some.person)
    if n < NEEDED:
        note = both(
            "What is bought together takes {needed} receipts of several articles; there are {n}.",
            needed=NEEDED, n=n,
        )  # fmt: skip
        return [], Footing(kind="together", enough=False, n=n, note=note)
    pairs = together(some, alike=lambda one, other: _are_variants(goods, one, other))
    findings = [_pair(pairs, at, goods) for at in range(min(MOST, len(pairs.one)))]
    note = in_both("{n} receipts have two articles or more.", n=count(n))
    return findings, Footing(kind="together", enough=True, n=n, note=note)


def _are_variants(goods: Goods, one: Ints, other: Ints) -> Flags:
    both_of = zip(one.tolist(), other.tolist(), strict=True)
    return np.array(
        [variants(goods.ids[a], goods.names[a], goods.ids[b], goods.names[b]) for a, b in both_of], bool
    )


def _pair(pairs: receipts_room.Pairs, at: int, goods: Goods) -> Finding:
    one, other, of_one = int(pairs.one[at]), int(pairs.other[at]), int(pairs.of_one[at])
    share, due = float(pairs.receipts[at] / of_one), float(pairs.expected[at] / of_one)
    lift = float(pairs.lift[at]), float(pairs.low[at]), float(pairs.high[at])
    return Finding(
        kind="together", how="receipt", key=goods.ids[one], name=goods.names[one], other_key=goods.ids[other],
        other_name=goods.names[other], people=int(pairs.people[at]), share=share, alike=due, low=lift[1],
        high=lift[2], lift=lift[0], chance=float(pairs.chance[at]),
        reason=on_one_receipt(goods.names[one], goods.names[other], of_one, share, due, lift[1:]),
    )  # fmt: skip
