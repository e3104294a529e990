"""The only place that stores facts. Everything it stores can be taken back by import: see `undo`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Column, ColumnElement, Connection, Table, delete, select, true, update

from regulars.clean.order.occurrences import Occurrences
from regulars.clean.order.tellings import Tellings
from regulars.model.consent import EXPRESS, MARKETING, ConsentState
from regulars.store.ledgers import next_facts, next_numbers, touch
from regulars.store.rows import fetch, fetch_where_in, insert, schema_of
from regulars.store.tables import (
    NOBODY,
    consents,
    events,
    former_records,
    identifiers,
    order_lines,
    orders,
    record_versions,
    records,
)

#: Events that stop e-mail to somebody: the state and the basis of the consent fact that each of them is.
LEAVES: Mapping[str, tuple[ConsentState, str]] = {
    "Unsubscribed": ("withdrawn", EXPRESS),
    "Email Marked as Spam": ("withdrawn", "complaint"),
    "Email Bounced": ("denied", "bounced"),
}


@dataclass(slots=True, kw_only=True)
class Stored:
    """What became of some rows."""

    accepted: int = 0
    duplicates: int = 0  #: already stored, unchanged
    rows: pa.Table | None = None  #: the accepted rows as stored, for the lake
    changed_imports: set[int] = field(default_factory=set)  #: imports with facts that are superseded now


def record_numbers(connection: Connection, source: str, keys: Sequence[str | None]) -> list[int]:
    """The record of each source key, made when it is new; NOBODY for none. One that was there before comes back."""
    wanted = sorted({key for key in keys if key is not None})
    known = _records_of(connection, source, wanted)
    known |= _back_again(connection, source, [key for key in wanted if key not in known])
    new = [key for key in wanted if key not in known]
    if new:
        first = next_numbers(connection, "record", len(new))
        made = list(range(first, first + len(new)))
        rows = pa.table({"record": made, "source": [source] * len(new), "source_key": new})
        insert(connection, records, rows)
        known |= dict(zip(new, made, strict=True))
    return [NOBODY if key is None else known[key] for key in keys]


def store_order_lines(
    connection: Connection,
    lines: pa.Table,
    met: Occurrences,
    *,
    source: str,
    import_id: int,
    now_us: int,
    customers: str | None = None,
    replays: bool = False,
    told: Tellings | None = None,
) -> Stored:
    """Store a slice of understood order lines, with `source_key` for the buyer: a record of the source `customers`,
    or of the lines' own.

    A line is known by (order, content, n-th occurrence in its file): one that is stored already is a duplicate, one
    whose other columns changed is a new version. `told` takes note of orders that are told again.
    """
    numbers = _order_numbers(
        connection, lines.column("order_space").to_pylist(), lines.column("order_id").to_pylist()
    )
    lines = lines.append_column("order_no", pa.array(numbers, pa.int64()))
    return _store_happenings(
        connection, order_lines, lines, met, source=source, customers=customers or source, import_id=import_id,
        now_us=now_us, replays=replays, near=(order_lines.c.order_no, sorted(set(numbers))), told=told,
    )  # fmt: skip


def store_events(
    connection: Connection,
    happened: pa.Table,
    met: Occurrences,
    *,
    source: str,
    import_id: int,
    now_us: int,
    customers: str | None = None,
    replays: bool = False,
) -> Stored:
    """Store a slice of understood events; they are known like order lines, or by their own id.

    Who leaves, complains, or has an address that cannot be reached, has said or shown so: that is a consent fact too.
    """
    keys = sorted(set(happened.column("key_hash").to_pylist()))
    stored = _store_happenings(
        connection, events, happened, met, source=source, customers=customers or source, import_id=import_id,
        now_us=now_us, replays=replays, near=(events.c.key_hash, keys),
    )  # fmt: skip
    if stored.rows is not None:
        _store_leaves(connection, stored.rows)
    return stored


def store_people(
    connection: Connection,
    cards: pa.Table,
    named_by: pa.Table,
    consented: pa.Table,
    *,
    source: str,
    import_id: int,
    now_us: int,
    keep_cards: bool = False,
) -> Stored:
    """Store understood people rows, their identifiers and consents (each with `line` and `source_key`).

    A row equal to one that the record's latest import brought is a duplicate. With `keep_cards` a record that has a
    card keeps it: what an order says of its buyer never replaces what the customer list says.
    """
    numbers = record_numbers(connection, source, cards.column("source_key").to_pylist())
    sorted_out = _sort_out(
        numbers,
        cards.column("content_hash").to_pylist(),
        _latest_cards(connection, sorted(set(numbers))),
        import_id=import_id,
        keep_cards=keep_cards,
    )
    stored = Stored(accepted=len(sorted_out.kept), duplicates=cards.num_rows - len(sorted_out.kept))
    lines = cards.column("line").to_pylist()
    record_of = dict(zip(lines, numbers, strict=True))
    kept_lines = {lines[position] for position in sorted_out.kept}
    named = set(lines) if keep_cards else kept_lines
    _store_identifiers(connection, named_by, {line: record_of[line] for line in named}, import_id)
    if not sorted_out.kept:
        return stored
    stored.rows = _store_cards(connection, cards, numbers, sorted_out, import_id)
    stored.changed_imports = {of for _, of in sorted_out.replaced.values()}
    _store_consents(connection, consented, {line: record_of[line] for line in kept_lines}, source, import_id)
    touch(connection, stored.rows.column("record").combine_chunks(), now_us)
    return stored


def _sort_out(
    numbers: list[int], contents: list[str], latest: dict[int, _Card], *, import_id: int, keep_cards: bool
) -> _SortedOut:
    """Which rows are new, and which cards they replace."""
    found = _SortedOut()
    for position, (record, content) in enumerate(zip(numbers, contents, strict=True)):
        known = latest.setdefault(record, _Card())
        if content in known.contents or (keep_cards and known.contents):
            continue
        if known.fact:
            found.replaced[known.fact] = (record, known.import_id)
            known.fact = 0
        if known.import_id != import_id:
            known.import_id, known.contents = import_id, set()
        known.contents.add(content)
        found.kept.append(position)
        found.last[record] = position
    return found


def _store_cards(
    connection: Connection, cards: pa.Table, numbers: list[int], sorted_out: _SortedOut, import_id: int
) -> pa.Table:
    """Write the new cards and mark those they replace; the rows as stored."""
    kept = sorted_out.kept
    first = next_facts(connection, len(kept))
    rows = _with(
        cards.take(kept),
        record=[numbers[position] for position in kept],
        fact=list(range(first, first + len(kept))),
        import_id=[import_id] * len(kept),
        superseded_by=[None if sorted_out.last[numbers[p]] == p else import_id for p in kept],
    )
    rows = _as_table(rows, record_versions)
    insert(connection, record_versions, rows)
    near = record_versions.c.record.in_([record for record, _ in sorted_out.replaced.values()])
    supersede(connection, record_versions, list(sorted_out.replaced), near, import_id)
    return rows


def store_reference(connection: Connection, table: Table, rows: pa.Table, *, import_id: int) -> Stored:
    """Store products, stores or areas: known by their own key, the newest version counts."""
    keys = [column.name for column in table.primary_key if column.name != "fact"]
    current = fetch(connection, select(table).where(table.c.superseded_by.is_(None)))
    known = {tuple(row[key] for key in keys): row for row in current.to_pylist()}
    kept: dict[tuple[object, ...], dict[str, object]] = {}
    stored = Stored()
    for row in rows.to_pylist():
        key = tuple(row[name] for name in keys)
        before = kept.get(key) or known.get(key)
        if before is not None and before["content_hash"] == row["content_hash"]:
            stored.duplicates += 1
            continue
        kept[key] = row
        stored.accepted += 1
    first = next_facts(connection, len(kept))
    facts = [row | {"fact": first + n, "import_id": import_id} for n, row in enumerate(kept.values())]
    replaced = [int(str(known[key]["fact"])) for key in kept if key in known]
    supersede(connection, table, replaced, true(), import_id)
    insert(connection, table, pa.Table.from_pylist(facts, schema_of(table)))
    return stored


@dataclass(slots=True)
class _Card:
    """The current card of a record, and the contents that its import brought."""

    fact: int = 0
    import_id: int = 0
    contents: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _SortedOut:
    """What is new in a slice of cards."""

    kept: list[int] = field(default_factory=list)  #: positions of new rows
    replaced: dict[int, tuple[int, int]] = field(default_factory=dict)  #: fact -> (record, import)
    last: dict[int, int] = field(default_factory=dict)  #: record -> position of its newest row


def _store_happenings(
    connection: Connection,
    table: Table,
    rows: pa.Table,
    met: Occurrences,
    *,
    source: str,
    customers: str,
    import_id: int,
    now_us: int,
    replays: bool,
    near: tuple[Column[Any], list[int]],
    told: Tellings | None = None,
) -> Stored:
    """Store lines or events: number equal ones, leave out what is stored, replace what changed.

    Replayed rows were rejected once, so none of them is stored: they are numbered after the equal ones that are.
    """
    keys, contents = rows.column("key_hash").to_pylist(), rows.column("content_hash").to_pylist()
    known = _known(connection, table, near, source, import_id)
    numbers = met.number(keys)
    if replays:
        stored_already = Counter(key for key, _ in known)
        numbers = [stored_already[key] + number for key, number in zip(keys, numbers, strict=True)]
    before = [known.get(pair) for pair in zip(keys, numbers, strict=True)]
    if told is not None:
        _take_note(told, rows, known.values(), before)
    kept = [
        position for position, was in enumerate(before) if was is None or was.content != contents[position]
    ]
    stored = Stored(accepted=len(kept), duplicates=len(keys) - len(kept))
    if not kept:
        return stored
    first = next_facts(connection, len(kept))
    part = rows.take(kept)
    if table is order_lines:
        part = _once_an_order(
            connection, part, [before[position] is None for position in kept], source, import_id
        )
    part = _with(
        part,
        record=record_numbers(connection, customers, part.column("source_key").to_pylist()),
        fact=list(range(first, first + len(kept))),
        import_id=[import_id] * len(kept),
        nth=[numbers[position] for position in kept],
        source=[source] * len(kept),
        superseded_by=[None] * len(kept),
    )
    stored.rows = _as_table(part, table)
    insert(connection, table, stored.rows)
    replaced = [was for position in kept if (was := before[position]) is not None]
    supersede(connection, table, [was.fact for was in replaced], near[0].in_(near[1]), import_id)
    stored.changed_imports = {was.import_id for was in replaced}
    touched = stored.rows.column("record").to_pylist() + [was.record for was in replaced]
    touch(connection, pa.array(touched, pa.int64()), now_us)
    return stored


def _take_note(
    told: Tellings, lines: pa.Table, known: Iterable[_Version], before: Sequence[_Version | None]
) -> None:
    """Take note of the orders that are told again, and how much of them."""
    orders = lines.column("order_no").to_pylist()
    amounts = zip(*(reversed(lines.column(name).to_pylist()) for name in ("tax", "shipping")), strict=True)
    told.walk(lines.column("line").to_pylist(), orders)
    told.count(
        Counter(version.near for version in known),
        Counter(version.near for version in before if version is not None),
        dict(zip(reversed(orders), amounts, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """The current version of a line or an event."""

    content: int
    fact: int
    import_id: int
    record: int
    near: int  #: what leads to it: the number of its order, the key of an event


def _known(
    connection: Connection, table: Table, near: tuple[Column[Any], list[int]], source: str, import_id: int
) -> dict[tuple[int, int], _Version]:
    """By (key, n-th): the current versions of the facts that earlier imports of the source brought."""
    c = table.c
    column, values = near
    statement = select(
        c.key_hash, c.nth, c.content_hash, c.fact, c.import_id, c.record, column.label("near")
    ).where(c.source == source, c.superseded_by.is_(None), c.import_id != import_id)
    found = fetch_where_in(connection, statement, [column], values)
    return {(key, nth): _Version(*rest) for key, nth, *rest in zip(*found.to_pydict().values(), strict=True)}


def _once_an_order(
    connection: Connection, lines: pa.Table, new: list[bool], source: str, import_id: int
) -> pa.Table:
    """Leave an order's tax and shipping on the line that has them, when more of its lines come with a later chunk or
    file: the first line of each chunk carries them.
    """
    c = order_lines.c
    statement = (
        select(c.order_no, c.import_id).distinct().where(c.source == source, c.superseded_by.is_(None))
    )
    numbers = lines.column("order_no").to_pylist()
    told = fetch_where_in(connection, statement, [c.order_no], sorted(set(numbers))).to_pylist()
    ever = {row["order_no"] for row in told}
    here = {row["order_no"] for row in told if row["import_id"] == import_id}
    carries = pa.array(
        [
            not (number in here or (is_new and number in ever))
            for number, is_new in zip(numbers, new, strict=True)
        ]
    )
    for name in ("tax", "shipping"):
        amounts = pc.if_else(carries, lines.column(name), 0)
        lines = lines.set_column(lines.schema.get_field_index(name), name, amounts)
    return lines


def _records_of(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, int]:
    statement = select(records.c.source_key, records.c.record).where(records.c.source == source)
    found = fetch_where_in(connection, statement, [records.c.source_key], keys)
    return dict(zip(*found.to_pydict().values(), strict=True))


def _back_again(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, int]:
    """Bring former records back under their numbers: what people decided about them still holds."""
    c = former_records.c
    statement = select(c.source_key, c.record).where(c.source == source)
    back = fetch_where_in(connection, statement, [c.source_key], keys)
    if back.num_rows:
        insert(connection, records, back.append_column("source", pa.array([source] * back.num_rows)))
        numbers = back.column("record").to_pylist()
        for at in range(0, len(numbers), 10_000):
            connection.execute(delete(former_records).where(c.record.in_(numbers[at : at + 10_000])))
    return dict(zip(*back.to_pydict().values(), strict=True))


def _order_numbers(connection: Connection, spaces: list[str], ids: list[str]) -> list[int]:
    """The number of each order, made when it is new."""
    known: dict[tuple[str, str], int] = {}
    for space in sorted(set(spaces)):
        wanted = sorted({id_ for of, id_ in zip(spaces, ids, strict=True) if of == space})
        statement = select(orders.c.order_id, orders.c.order_no).where(orders.c.order_space == space)
        found = fetch_where_in(connection, statement, [orders.c.order_id], wanted).to_pydict()
        known |= {(space, id_): number for id_, number in zip(*found.values(), strict=True)}
        new = [id_ for id_ in wanted if (space, id_) not in known]
        if new:
            first = next_numbers(connection, "order", len(new))
            made = list(range(first, first + len(new)))
            insert(
                connection,
                orders,
                pa.table({"order_no": made, "order_space": [space] * len(new), "order_id": new}),
            )
            known |= {(space, id_): number for id_, number in zip(new, made, strict=True)}
    return [known[pair] for pair in zip(spaces, ids, strict=True)]


def _latest_cards(connection: Connection, numbers: list[int]) -> dict[int, _Card]:
    """The current card of each record, with all that the card's import said of it."""
    versions = record_versions.c
    statement = select(
        versions.record, versions.fact, versions.import_id, versions.content_hash, versions.superseded_by
    )
    found = fetch_where_in(connection, statement, [versions.record], numbers).to_pylist()
    cards = {
        row["record"]: _Card(fact=row["fact"], import_id=row["import_id"])
        for row in found
        if row["superseded_by"] is None
    }
    for row in found:
        card = cards.get(row["record"])
        if card is not None and row["import_id"] == card.import_id:
            card.contents.add(row["content_hash"])
    return cards


def supersede(
    connection: Connection, table: Table, facts: list[int], near: ColumnElement[bool], import_id: int
) -> None:
    """Mark facts as replaced by an import; `near` leads to them by an index, as fact numbers alone do not."""
    for at in range(0, len(facts), 10_000):
        some = table.c.fact.in_(facts[at : at + 10_000]) & near
        connection.execute(update(table).where(some).values(superseded_by=import_id))


def _store_identifiers(
    connection: Connection, named_by: pa.Table, record_of: dict[int, int], import_id: int
) -> None:
    """Keep what names the records of these lines, once for each import that says it."""
    said = {
        (record_of[row["line"]], row["type"], row["value"])
        for row in named_by.to_pylist()
        if row["line"] in record_of
    }
    statement = select(identifiers.c.record, identifiers.c.type, identifiers.c.value)
    known = fetch_where_in(
        connection,
        statement.where(identifiers.c.import_id == import_id),
        [identifiers.c.record],
        sorted({record for record, _type, _value in said}),
    )
    new = sorted(said - set(zip(*known.to_pydict().values(), strict=True)))
    first = next_facts(connection, len(new)) if new else 0
    rows = [
        {"record": record, "type": kind, "value": value, "fact": first + number, "import_id": import_id}
        for number, (record, kind, value) in enumerate(new)
    ]
    insert(connection, identifiers, pa.Table.from_pylist(rows, schema_of(identifiers)))


def _store_consents(
    connection: Connection,
    said: pa.Table,
    record_of: dict[int, int],
    source: str,
    import_id: int,
) -> None:
    kept = [row for row in said.to_pylist() if row["line"] in record_of]
    first = next_facts(connection, len(kept)) if kept else 0
    rows = [
        {name: row.get(name) for name in schema_of(consents).names}
        | {"record": record_of[row["line"]], "fact": first + n, "import_id": import_id, "source": source}
        for n, row in enumerate(kept)
    ]
    insert(connection, consents, pa.Table.from_pylist(rows, schema_of(consents)))


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


def _with(rows: pa.Table, **columns: Sequence[object]) -> pa.Table:
    for name, values in columns.items():
        if name in rows.column_names:
            rows = rows.drop_columns([name])
        rows = rows.append_column(name, pa.array(values, pa.string() if name == "source" else pa.int64()))
    return rows


def _as_table(rows: pa.Table, table: Table) -> pa.Table:
    """The columns of a table, in its order; what `rows` lacks is null."""
    schema = schema_of(table)
    columns = [
        rows.column(f.name).cast(f.type) if f.name in rows.column_names else pa.nulls(rows.num_rows, f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)
