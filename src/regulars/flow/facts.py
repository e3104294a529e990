"""Facts laid out for the engine: the lake's files and the store's narrow tables under the names rooms read.

order_lines   current lines; of an order that several sources tell, those of one source alone
happenings    current events
cards         current record_versions, with source and source_key
identity      record, person: who is who now
persons       every person
rates         by currency and day, what makes its money the shop's
goods         product_id, category, brand, unit_cost: articles, as the source trusted most tells them
outside_traits, outside_areas, outside_keys    what is told from outside, see `lay_out_outside`
reachable     person, channels, by_email, has_mobile, has_card: once there are golden cards, see `lay_out_reach`
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Select, Table, case, select, true, union

from regulars.clean.person.phones import fixed_line_sql
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.flow import Ground
from regulars.flow.rates import rates
from regulars.model.clock import day_number, from_us
from regulars.sources import reads
from regulars.store import tables
from regulars.store.rows import columns_of, fetch, fetch_where_in

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: Facts by the name they are laid out under.
_MIRRORS = {
    "mirrored_lines": tables.order_lines,
    "mirrored_events": tables.events,
    "mirrored_cards": tables.record_versions,
}


def lay_out(session: Session, ground: Ground, connection: Connection) -> None:
    """Name the facts of everybody: from the lake, and from the store where a file of the lake is out of date."""
    lake, stale = ground.lake, ground.lake.stale(connection)
    for name, table in _MIRRORS.items():
        outdated = [import_id for of, import_id in stale if of is table]
        if not outdated:
            session.parquet(name, lake.files(connection, table), lake.schema(table))
            continue
        session.parquet(f"{name}_filed", lake.files(connection, table, without=outdated), lake.schema(table))
        session.table(f"{name}_stored", _stored(connection, ground, table, table.c.import_id.in_(outdated)))
        session.view(name, f"select * from {name}_filed union all by name select * from {name}_stored")
    session.table("records", fetch(connection, columns_of(tables.records)))
    session.table("identity", current_identity(connection))
    session.table("told_goods", fetch(connection, _GOODS))
    _name_facts(session, ground, connection)


def lay_out_some(session: Session, ground: Ground, connection: Connection, persons: list[int]) -> None:
    """Name the facts of some people, from the store: what the live path computes with, by the same statements."""
    identity = fetch(
        connection,
        select(tables.identity.c.record, tables.identity.c.person).where(
            tables.identity.c.until_us.is_(None), tables.identity.c.person.in_(persons)
        ),
    )
    records = identity.column("record").to_pylist()
    lines = tables.order_lines.c
    for name, table in _MIRRORS.items():
        theirs = table.c.record.in_(records)
        if table is tables.order_lines:
            # an order of theirs as every source tells it, be it as somebody else's: only one of the tellers wins
            theirs = lines.order_no.in_(select(lines.order_no).where(theirs))
        session.table(name, _stored(connection, ground, table, theirs))
    session.table(
        "records", fetch(connection, columns_of(tables.records).where(tables.records.c.record.in_(records)))
    )
    session.table("identity", identity)
    events = tables.events.c
    articles = union(
        select(lines.product_id).where(lines.record.in_(records)),
        select(events.product_id).where(events.record.in_(records)),
    )
    session.table("told_goods", fetch(connection, _GOODS.where(tables.products.c.product_id.in_(articles))))
    _name_facts(session, ground, connection)
    session.table(
        "people", fetch(connection, columns_of(tables.people).where(tables.people.c.person.in_(persons)))
    )
    lay_out_reach(session)


def lay_out_reach(session: Session) -> None:
    """Make `reachable` of the golden cards, the relation `people`."""
    beginnings = session.rows("select distinct left(phone, 4) as p from people where phone is not null")
    fixed_line = fixed_line_sql("phone", beginnings["p"].to_pylist())
    session.create("reachable", _SQL["reachable"].format(fixed_line=fixed_line))


def lay_out_outside(
    session: Session, connection: Connection, today: int, own: Sequence[int] | None = None
) -> None:
    """Name what is told from outside, as `profile.outside` reads it, of the sources that may be used today.

    Of the records `own` alone, when they are given; of every area.
    """
    ended = [source for source, terms in reads.terms(connection).items() if terms.ended(today)]
    for name, table, where in (
        ("outside_traits", tables.traits, true()),
        ("outside_areas", tables.reference, tables.reference.c.kind == "areas"),
    ):
        usable = table.c.superseded_by.is_(None) & table.c.source.not_in(ended)
        statement = columns_of(table).where(usable, where, table.c.import_id.in_(finished()))
        if own is None or table is not tables.traits:
            session.table(name, fetch(connection, statement))
        else:
            session.table(name, fetch_where_in(connection, statement, [table.c.record], own))
    keys = [
        {"import_id": one.import_id, "column_name": column}
        for one in reads.imports(connection)
        if one.kind == "areas"
        for column in one.mapping.columns
    ]
    schema = pa.schema([("import_id", pa.int64()), ("column_name", pa.string())])
    session.table("outside_keys", pa.Table.from_pylist(keys, schema))


def lay_out_told(session: Session, ground: Ground, connection: Connection, built: Path) -> None:
    """Name `outside` what the last build knew from outside, and what may still be used: a licence may have ended since,
    or an import been undone."""
    session.parquet("outside_built", [built], pa.schema([]))
    session.table("usable", fetch(connection, usable_imports(connection, ground)))
    session.view(
        "outside", "select b.* from outside_built as b inner join usable as u on u.import_id = b.import_id"
    )


def usable_imports(connection: Connection, ground: Ground) -> Select[tuple[int]]:
    """The imports that count, without those of a source whose licence has ended."""
    today = day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())
    ended = [source for source, terms in reads.terms(connection).items() if terms.ended(today)]
    return finished().where(tables.imports.c.source.not_in(ended))


def finished() -> Select[tuple[int]]:
    """The imports that count: not those still being loaded, nor those undone."""
    return select(tables.imports.c.import_id).where(tables.imports.c.state == "done")


#: What is told of articles, by the imports that count.
_GOODS = select(
    *(
        tables.products.c[name]
        for name in ("source", "product_id", "fact", "category", "brand", "unit_cost", "currency")
    )
).where(tables.products.c.superseded_by.is_(None), tables.products.c.import_id.in_(finished()))


def _stored(connection: Connection, ground: Ground, table: Table, where: ColumnElement[bool]) -> pa.Table:
    """Facts from the store, as those see them who do not see what is being loaded at the moment."""
    replaced = case((table.c.superseded_by.in_(finished()), table.c.superseded_by)).label("superseded_by")
    columns = [
        replaced if name == "superseded_by" else table.c[name] for name in ground.lake.schema(table).names
    ]
    return fetch(connection, select(*columns).where(where, table.c.import_id.in_(finished())))


def current_identity(connection: Connection) -> pa.Table:
    """Who is who now: record, person."""
    statement = select(tables.identity.c.record, tables.identity.c.person).where(
        tables.identity.c.until_us.is_(None)
    )
    return fetch(connection, statement)


def _name_facts(session: Session, ground: Ground, connection: Connection) -> None:
    session.table("rates", rates(ground, connection))
    ranks = ground.settings.sources
    session.table(
        "ranks",
        pa.table(
            {
                "source": pa.array(list(ranks), pa.string()),
                "source_rank": pa.array([one.rank for one in ranks.values()], pa.int64()),
            }
        ),
    )
    session.view("persons", "select distinct person from identity")
    several = (
        session.rows("select count(distinct source) as sources from mirrored_lines").to_pylist()[0]["sources"]
        > 1
    )
    if several:
        session.create("winners", _SQL["winners"])
        session.view("order_lines", _SQL["lines_of_winners"])
    else:
        session.view("order_lines", "select * from mirrored_lines where superseded_by is null")
    session.create("goods", _SQL["goods"].format(currency=ground.settings.shop.currency))
    session.view("happenings", "select * from mirrored_events where superseded_by is null")
    session.view("cards", _SQL["cards"])
