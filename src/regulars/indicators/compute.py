"""Compute: the catalogue becomes a few statements, run by an engine over the facts of all people or of some.

Batch and live are the same statements. Batch reads the facts of everybody and makes new norms; live reads the facts
of the people who were touched, and the norms that the last batch froze.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.indicators import INDICATORS
from regulars.indicators.compiling import own_statements, relations_of, relative_statement, share_name
from regulars.indicators.indicator import Indicator
from regulars.model.person import CROWD_FACTS

_SQL = statements(Path(__file__).with_name("facts.sql"))
_DECAY_DAYS = 3650
_HALF_LIFE_DAYS = 30
#: An order or a click within so many days of a click comes after it.
_AFTER_DAYS = 3
#: What parts buyers into shares: norm -> (indicator, how many shares).
CUTS: Mapping[str, tuple[str, int]] = {
    "recency": ("days_since_last_order", 5),
    "frequency": ("orders_lifetime", 5),
    "spend": ("spend_lifetime", 5),
    "spend_percent": ("spend_lifetime", 100),
    "engagement": ("engagement", 10),
}
#: Norms that are one number each; `gap_days_1` to `_4` are those of people of whom ever more gaps are known.
LONE = ("gap_days", *(f"gap_days_{n}" for n in range(1, 5)), "gap_weight", "discounted_share", "click_rate")
NORMS_SCHEMA = pa.schema([("name", pa.string()), ("position", pa.int64()), ("value", pa.float64())])


@dataclass(frozen=True, slots=True)
class _Made:
    """How a relation that indicators are counted over is made: kept, or computed at each use; and of which others."""

    kept: bool
    needs: tuple[str, ...] = ()


#: The relations, each after those that it is made of.
_MADE: Mapping[str, _Made] = {
    "lines": _Made(kept=False),
    "orders": _Made(kept=True, needs=("lines",)),
    "gaps": _Made(kept=True, needs=("orders",)),
    "priced": _Made(kept=False, needs=("lines",)),
    "lately": _Made(kept=False, needs=("priced",)),
    "events": _Made(kept=False),
    "clicks": _Made(kept=True, needs=("events",)),
    "after_clicks": _Made(kept=True, needs=("orders", "clicks")),
    "opens": _Made(kept=False, needs=("events",)),
    "touches": _Made(kept=False, needs=("events",)),
    "first_orders": _Made(kept=True, needs=("orders",)),
    "journeys": _Made(kept=True, needs=("touches", "first_orders")),
    "steps_to_orders": _Made(kept=False, needs=("touches", "orders")),
    "reach": _Made(kept=False),
}


def compute(
    session: Session,
    *,
    as_of: int,
    currency: str,
    norms: pa.Table | None = None,
    catalogue: Iterable[Indicator] = tuple(INDICATORS.values()),
) -> pa.Table:
    """Make the relation `indicators` (person, as_of, one column each) and return the norms it was computed with.

    Reads the relations `order_lines` (current lines, one source an order), `happenings` (current events), `rates`,
    `goods` (product_id, brand, unit_cost), `reachable` (person, channels, by_email, has_card), `identity` (record,
    person: current) and `persons` (person: whom to compute). With `norms` given they are used as they are.
    """
    catalogue = list(catalogue)
    prepare(session, relations_of(catalogue), as_of=as_of, currency=currency)
    for name, sql in own_statements(catalogue):
        session.create(name, sql)
    if norms is None:
        norms = session.rows(" union all ".join(norm_statements(catalogue)))
    session.table("norms", norms_row(norms))
    session.table("shares", norm_shares(norms))
    session.create(
        "indicators",
        f"select *, cast({as_of} as bigint) as as_of from ({relative_statement(catalogue)}) as r",
    )
    return norms


def prepare(session: Session, relations: Iterable[str], *, as_of: int, currency: str) -> None:
    """Make these relations of facts, and those that they are made of."""
    ages = range(_DECAY_DAYS)
    weights = [round(1_000_000 * 0.5 ** (age / _HALF_LIFE_DAYS)) for age in ages]
    session.table(
        "decay", pa.table({"age": pa.array(ages, pa.int64()), "weight": pa.array(weights, pa.int64())})
    )
    session.table("positions", pa.table({"position": pa.array(range(1, 100), pa.int64())}))
    wanted = set(relations)
    for name in reversed(tuple(_MADE)):
        if name in wanted:
            wanted.update(_MADE[name].needs)
    for name, made in _MADE.items():
        if name in wanted:
            sql = _SQL[name].format(as_of=as_of, currency=currency, days=_AFTER_DAYS)
            if made.kept:
                session.create(name, sql)
            else:
                session.view(name, sql)


def money_left_out(currency: str, as_of: int) -> str:
    """The statement that says what is in no sum for want of a rate: currency, paid (its minor units)."""
    return _SQL["money_left_out"].format(currency=currency, as_of=as_of)


def norms_row(norms: pa.Table) -> pa.Table:
    """Norms as one row with a column each: `gap_days`, `spend_1` … `spend_4`; null where the shop has none yet."""
    values = {
        name if position == 0 else f"{name}_{position}": value for name, position, value in _rows(norms)
    }
    cuts = (f"{name}_{n}" for name, (_, count) in CUTS.items() for n in range(1, count))
    return pa.table({name: pa.array([values.get(name)], pa.float64()) for name in (*LONE, *cuts)})


def norm_shares(norms: pa.Table) -> pa.Table:
    """The shop's own profile: name (`share_of_hour=17`), share of its orders."""
    kept = [(name, value) for name, _, value in _rows(norms) if "=" in name]
    names, shares = zip(*kept, strict=True) if kept else ((), ())
    return pa.table({"name": pa.array(names, pa.string()), "share": pa.array(shares, pa.float64())})


def norm_statements(catalogue: Iterable[Indicator]) -> list[str]:
    """The statements that tell the norms of the shop that these indicators are told by, from `own` and `orders`."""
    catalogue = list(catalogue)
    names = {one.name for one in catalogue}
    cuts = [
        _SQL["cuts"].format(name=name, value=value, shares=shares, crowd=CROWD_FACTS)
        for name, (value, shares) in CUTS.items()
        if value in names
    ]
    profile = []
    for of in dict.fromkeys(one.value for one in catalogue if one.over == "confidence"):
        relation, column = of.split(".")
        profile.append(
            _SQL["shares"].format(name=share_name(of), relation=relation, column=column, crowd=CROWD_FACTS)
        )
    read = {"gap_norms": {"gaps_known"}, "rates_of_all": {"orders_discounted", "messages_90d"}}
    lone = [_SQL[name].format(crowd=CROWD_FACTS) for name, needs in read.items() if needs <= names]
    return [*cuts, *profile, *lone]


def _rows(norms: pa.Table) -> Iterator[tuple[str, int, float]]:
    return zip(*(norms.column(name).to_pylist() for name in NORMS_SCHEMA.names), strict=True)
