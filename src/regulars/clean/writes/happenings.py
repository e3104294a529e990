"""Order lines and events are stored: what happened, by (key, n-th occurrence in its file), in its current version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Column, Connection, Table, select

from regulars.clean.order.occurrences import Occurrences
from regulars.clean.order.tellings import Tellings
from regulars.clean.writes.records import order_numbers, record_numbers
from regulars.clean.writes.versions import Provenance, Stored, as_table, supersede, with_columns
from regulars.model.consent import EXPRESS, MARKETING, ConsentState
from regulars.store.ledgers import next_facts, touch
from regulars.store.rows import fetch_where_in, insert, schema_of
from regulars.store.tables import NOBODY, consents, events, order_lines

#: Events that stop e-mail to somebody: the state and the basis of the consent fact that each of them is.
LEAVES: Mapping[str, tuple[ConsentState, str]] = {
    "Unsubscribed": ("withdrawn", EXPRESS),
    "Email Marked as Spam": ("withdrawn", "complaint"),
    "Email Bounced": ("denied", "bounced"),
}


def store_order_lines(
    connection: Connection, lines: pa.Table, met: Occurrences, of: Provenance, told: Tellings | None = None
) -> Stored:
    """Store a slice of understood order lines, with `source_key` for the buyer: a record of `of.customers`.

    A line is known by (order, content, n-th occurrence in its file): one that is stored already is a duplicate, one
    whose other columns changed is a new version. `told` takes note of orders that are told again.
    """
    spaces, ids = lines.column("order_space").to_pylist(), lines.column("order_id").to_pylist()
    numbers = order_numbers(connection, spaces, ids)
    lines = lines.append_column("order_no", pa.array(numbers, pa.int64()))
    shelf = _Shelf(order_lines, order_lines.c.order_no, sorted(set(numbers)))
    compared = _compare(connection, shelf, lines, met, of)
    if told is not None:
        _take_note(told, lines, compared)
    new = _once_an_order(connection, compared.kept_of(lines), compared.first_versions(), of)
    return _store(connection, shelf, new, compared, of)


def store_events(connection: Connection, happened: pa.Table, met: Occurrences, of: Provenance) -> Stored:
    """Store a slice of understood events; they are known like order lines, or by their own id.

    Who leaves, complains, or has an address that cannot be reached, has said or shown so: that is a consent fact too.
    """
    shelf = _Shelf(events, events.c.key_hash, sorted(set(happened.column("key_hash").to_pylist())))
    compared = _compare(connection, shelf, happened, met, of)
    stored = _store(connection, shelf, compared.kept_of(happened), compared, of)
    if stored.rows is not None:
        _store_leaves(connection, stored.rows)
    return stored


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where earlier versions of some facts are: in a table, by a column that has an index, with these values."""

    table: Table
    column: Column[Any]
    values: list[int]


@dataclass(frozen=True, slots=True)
class _Version:
    """The current version of a line or an event."""

    content: int
    fact: int
    import_id: int
    record: int
    near: int  #: what leads to it: the number of its order, the key of an event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """A slice of rows beside what is stored of them."""

    known: Mapping[tuple[int, int], _Version]  #: by (key, n-th): all that is on the shelf
    nth: list[int]  #: of each row, among the equal ones
    before: list[_Version | None]  #: of each row, its version before
    kept: list[int]  #: positions of the rows that are new, or a new version

    def kept_of(self, rows: pa.Table) -> pa.Table:
        """The rows that are to be stored."""
        return rows.take(pa.array(self.kept, pa.int64()))

    def replaced(self) -> list[_Version]:
        """The versions that have a newer one now."""
        return [was for position in self.kept if (was := self.before[position]) is not None]

    def first_versions(self) -> list[bool]:
        """Of each kept row, whether nothing was known of it."""
        return [self.before[position] is None for position in self.kept]


def _compare(
    connection: Connection, shelf: _Shelf, rows: pa.Table, met: Occurrences, of: Provenance
) -> _Compared:
    """Number equal rows and find what is stored of them.

    Replayed rows were rejected once, so none of them is stored: they are numbered after the equal ones that are.
    """
    keys, contents = rows.column("key_hash").to_pylist(), rows.column("content_hash").to_pylist()
    known = _known(connection, shelf, of)
    nth = met.number(keys)
    if of.replays:
        stored_already = Counter(key for key, _ in known)
        nth = [stored_already[key] + number for key, number in zip(keys, nth, strict=True)]
    before = [known.get(pair) for pair in zip(keys, nth, strict=True)]
    kept = [at for at, was in enumerate(before) if was is None or was.content != contents[at]]
    return _Compared(known=known, nth=nth, before=before, kept=kept)


def _store(
    connection: Connection, shelf: _Shelf, rows: pa.Table, compared: _Compared, of: Provenance
) -> Stored:
    """Store the kept rows, and mark the versions that they replace."""
    count = rows.num_rows
    stored = Stored(accepted=count, duplicates=len(compared.nth) - count)
    if not count:
        return stored
    first = next_facts(connection, count)
    keys = rows.column("source_key").to_pylist()
    numbers = record_numbers(connection, of.customers, keys)
    erased = [key is not None and number == NOBODY for key, number in zip(keys, numbers, strict=True)]
    stored.erased = sum(erased)
    rows = with_columns(
        rows,
        record=numbers,
        fact=list(range(first, first + count)),
        import_id=[of.import_id] * count,
        nth=[compared.nth[position] for position in compared.kept],
        source=[of.source] * count,
        superseded_by=[None] * count,
    )
    stored.rows = _unnamed(as_table(rows, shelf.table), shelf.table, erased)
    insert(connection, shelf.table, stored.rows)
    replaced = compared.replaced()
    near = shelf.column.in_(shelf.values)
    supersede(connection, shelf.table, [was.fact for was in replaced], near, of.import_id)
    stored.changed_imports = {was.import_id for was in replaced}
    touched = stored.rows.column("record").to_pylist() + [was.record for was in replaced]
    touch(connection, pa.array(touched, pa.int64()), of.now_us)
    return stored


def _unnamed(rows: pa.Table, table: Table, erased: Sequence[bool]) -> pa.Table:
    """Rows of records that were erased say nothing personal."""
    for n, column in enumerate(table.columns) if any(erased) else ():
        if column.info.get("personal"):
            values = pc.if_else(pa.array(erased), pa.scalar(None, pa.string()), rows.column(n))
            rows = rows.set_column(n, column.name, values)
    return rows


def _take_note(told: Tellings, lines: pa.Table, compared: _Compared) -> None:
    """Take note of the orders that are told again, and how much of them."""
    numbers = lines.column("order_no").to_pylist()
    amounts = zip(*(reversed(lines.column(name).to_pylist()) for name in ("tax", "shipping")), strict=True)
    told.walk(lines.column("line").to_pylist(), numbers)
    told.count(
        Counter(version.near for version in compared.known.values()),
        Counter(version.near for version in compared.before if version is not None),
        dict(zip(reversed(numbers), amounts, strict=True)),
    )


def _known(connection: Connection, shelf: _Shelf, of: Provenance) -> dict[tuple[int, int], _Version]:
    """By (key, n-th): the current versions of the facts that earlier imports of the source brought."""
    c = shelf.table.c
    columns = (c.key_hash, c.nth, c.content_hash, c.fact, c.import_id, c.record, shelf.column.label("near"))
    statement = select(*columns).where(
        c.source == of.source, c.superseded_by.is_(None), c.import_id != of.import_id
    )
    found = fetch_where_in(connection, statement, [shelf.column], shelf.values)
    return {(key, nth): _Version(*rest) for key, nth, *rest in zip(*found.to_pydict().values(), strict=True)}


def _once_an_order(connection: Connection, lines: pa.Table, new: Sequence[bool], of: Provenance) -> pa.Table:
    """Leave an order's tax and shipping on the line that has them, when more of its lines come with a later chunk or
    file: the first line of each chunk carries them.
    """
    c = order_lines.c
    statement = (
        select(c.order_no, c.import_id).distinct().where(c.source == of.source, c.superseded_by.is_(None))
    )
    numbers = lines.column("order_no").to_pylist()
    told = fetch_where_in(connection, statement, [c.order_no], sorted(set(numbers))).to_pylist()
    ever = {row["order_no"] for row in told}
    here = {row["order_no"] for row in told if row["import_id"] == of.import_id}
    carries = pa.array(
        [
            not (number in here or (is_new and number in ever))
            for number, is_new in zip(numbers, new, strict=True)
        ],
        pa.bool_(),
    )
    for name in ("tax", "shipping"):
        amounts = pc.if_else(carries, lines.column(name), 0)
        lines = lines.set_column(lines.schema.get_field_index(name), name, amounts)
    return lines


def _store_leaves(connection: Connection, happened: pa.Table) -> None:
    """Write the consent facts that events are: leaving, complaining, bouncing."""
    left = [
        (row, LEAVES[row["event"]])
        for row in happened.select(["record", "event", "at_us", "import_id", "source", "line"]).to_pylist()
        if row["event"] in LEAVES and row["record"] != NOBODY
    ]
    first = next_facts(connection, len(left)) if left else 0
    rows = [
        {
            "record": row["record"],
            "fact": first + number,
            "import_id": row["import_id"],
            "channel": "email",
            "purpose": MARKETING,
            "state": state,
            "basis": basis,
            "source": row["source"],
            "proof": f"{row['event']}, line {row['line']}",
            "at_us": row["at_us"],
            "expires_us": None,
        }
        for number, (row, (state, basis)) in enumerate(left)
    ]
    insert(connection, consents, pa.Table.from_pylist(rows, schema_of(consents)))
