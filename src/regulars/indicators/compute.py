"""Compute: the catalogue becomes a few statements, run by an engine over the facts of all people or of some.

Batch and live are the same statements. Batch reads the facts of everybody and makes new norms; live reads the facts
of the people who were touched, and the norms that the last batch froze.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.indicators import INDICATORS
from regulars.indicators.indicator import Indicator
from regulars.model.person import CROWD_FACTS

_SQL = Path(__file__).with_name("facts.sql")
_DECAY_DAYS = 3650
_HALF_LIFE_DAYS = 30
#: What parts buyers into shares: norm -> (indicator, how many shares).
CUTS: Mapping[str, tuple[str, int]] = {
    "recency": ("days_since_last_order", 5),
    "frequency": ("orders_lifetime", 5),
    "spend": ("spend_lifetime", 5),
    "spend_percent": ("spend_lifetime", 100),
}
NORMS_SCHEMA = pa.schema([("name", pa.string()), ("position", pa.int64()), ("value", pa.float64())])


def compute(session: Session, *, as_of: int, currency: str, norms: pa.Table | None = None) -> pa.Table:
    """Make the relation `indicators` (person, as_of, one column each) and return the norms it was computed with.

    Reads the relations `order_lines` (current lines, one source an order), `happenings` (current events), `rates`,
    `identity` (record, person: current) and `persons` (person: whom to compute). With `norms` given they are used as
    they are.
    """
    prepare(session, as_of=as_of, currency=currency)
    catalogue = list(INDICATORS.values())
    for name, sql in own_statements(catalogue):
        session.create(name, sql)
    if norms is None:
        norms = session.rows(" union all ".join(_norm_statements()))
    session.table("norms", norms_row(norms))
    session.create(
        "indicators",
        f"select *, cast({as_of} as bigint) as as_of from ({relative_statement(catalogue)}) as r",
    )
    return norms


def prepare(session: Session, *, as_of: int, currency: str) -> None:
    """Make the relations that indicators are counted over: lines, orders, gaps, events, journeys."""
    named = statements(_SQL)
    ages = range(_DECAY_DAYS)
    weights = [round(1_000_000 * 0.5 ** (age / _HALF_LIFE_DAYS)) for age in ages]
    session.table(
        "decay", pa.table({"age": pa.array(ages, pa.int64()), "weight": pa.array(weights, pa.int64())})
    )
    session.table("positions", pa.table({"position": pa.array(range(1, 100), pa.int64())}))
    session.view("lines", named["lines"].format(as_of=as_of, currency=currency))
    session.create("orders", named["orders"])
    session.create("gaps", named["gaps"])
    session.view("events", named["events"].format(as_of=as_of))
    session.view("touches", named["touches"])
    session.create("first_orders", named["first_orders"])
    session.create("journeys", named["journeys"])


def steps_to_orders(session: Session) -> pa.Table:
    """The touches of one prepared person, in order: at_us, day, event, channel, campaign, and the `order_no` of the
    order that came next (null: none since).
    """
    return session.rows(statements(_SQL)["steps_to_orders"])


def money_left_out(currency: str, as_of: int) -> str:
    """The statement that says what is in no sum for want of a rate: currency, paid (its minor units)."""
    return statements(_SQL)["money_left_out"].format(currency=currency, as_of=as_of)


def own_statements(catalogue: Iterable[Indicator]) -> list[tuple[str, str]]:
    """The statements that make `own`, with a name each, in order: one a relation, one a favourite, then their join."""
    made: list[tuple[str, str]] = []
    columns, joins = ["p.person"], ["persons as p"]
    by_relation: dict[str, list[Indicator]] = {}
    for one in catalogue:
        if one.over in ("orders", "lines", "events", "gaps", "journeys"):
            by_relation.setdefault(one.over, []).append(one)
        elif one.over == "favourite":
            by_relation.setdefault(one.value.removesuffix(" times"), []).append(one)
    for relation, members in by_relation.items():
        name = f"of_{relation.replace('.', '_')}"
        made.append((name, _favourite(relation) if "." in relation else _aggregates(relation, members)))
        joins.append(f"left join {name} on {name}.person = p.person")
        columns += [_joined(name, one) for one in members]
    own = f"select {', '.join(columns)} from {' '.join(joins)}"
    made.append(("own", _layered(own, [one for one in catalogue if one.over == "indicators"])))
    return made


def relative_statement(catalogue: Iterable[Indicator]) -> str:
    """The statement that adds what compares people, from `own` and the one row of `norms`."""
    return _layered(
        "select * from own", [one for one in catalogue if one.over == "norms"], "cross join norms"
    )


def norms_row(norms: pa.Table) -> pa.Table:
    """Norms as one row with a column each: `gap_days`, `spend_1` … `spend_4`; null where the shop has none yet."""
    values = {
        name if position == 0 else f"{name}_{position}": value
        for name, position, value in zip(
            *(norms.column(n).to_pylist() for n in NORMS_SCHEMA.names), strict=True
        )
    }
    names = [
        "gap_days",
        "gap_weight",
        *(f"{name}_{n}" for name, (_, count) in CUTS.items() for n in range(1, count)),
    ]
    return pa.table({name: pa.array([values.get(name)], pa.float64()) for name in names})


def _aggregates(relation: str, members: list[Indicator]) -> str:
    counted = ", ".join(f"{one.value} as {one.name}" for one in members)
    return f"select person, {counted} from {relation} group by person"


def _favourite(of: str) -> str:
    relation, column = of.split(".")
    only = " and not is_return and line_kind = 'goods'" if relation == "lines" else ""
    return statements(_SQL)["favourite"].format(relation=relation, column=column, only=only)


def _joined(name: str, one: Indicator) -> str:
    column = one.name if one.over != "favourite" else "times" if one.value.endswith(" times") else "favourite"
    found = f"{name}.{column}"
    return (
        f"{found} as {one.name}"
        if one.missing == "null"
        else f"coalesce({found}, {one.missing}) as {one.name}"
    )


def _layered(inner: str, derived: list[Indicator], join: str = "") -> str:
    """Wrap a select in one layer after another, so that an indicator may use those of the layers below."""
    waiting = list(derived)
    while waiting:
        names = {one.name for one in waiting}
        ready = [one for one in waiting if not names & set(re.findall(r"\w+", one.value)) - {one.name}]
        added = ", ".join(f"{one.value} as {one.name}" for one in ready)
        inner = f"select own.*, {added} from ({inner}) as own {join}"
        waiting = [one for one in waiting if one not in ready]
    return inner


def _norm_statements() -> list[str]:
    named = statements(_SQL)
    cuts = [
        named["cuts"].format(name=name, value=value, shares=shares, crowd=CROWD_FACTS)
        for name, (value, shares) in CUTS.items()
    ]
    return [*cuts, named["gap_norms"].format(crowd=CROWD_FACTS)]
