"""What is told of people from elsewhere is stored, where it names somebody who is known; nothing of strangers is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.clean.traits import Traits
from regulars.clean.writes.records import known_records
from regulars.clean.writes.versions import Provenance, Stored, supersede
from regulars.store.ledgers import next_facts, touch_built
from regulars.store.rows import fetch_where_in, insert, schema_of
from regulars.store.tables import NOBODY, identifiers, identity
from regulars.store.tables import traits as table

#: What names somebody, the surest first.
_BY = ("user_id", "loyalty_card", "email", "phone")
_Topic = tuple[int, str, int]  # record, topic, when


def store_traits(connection: Connection, told: Traits, of: Provenance) -> Stored:
    """Store what is told of people who are known: the newest telling of a source about a topic counts.

    A row equal to the one before is a duplicate; so is one that names nobody, or several people at once: it is left.
    """
    rows = told.rows.to_pylist()
    records = _records(connection, told, [row["line"] for row in rows], of)
    current = _current(connection, sorted(set(records.values())), of.source)
    kept: dict[_Topic, dict[str, Any]] = {}
    stored = Stored()
    for row in rows:
        record = records.get(row["line"])
        topic = (record or NOBODY, row["topic"], row["at_us"])
        before = kept.get(topic) or current.get(topic)
        if record is None or (before is not None and before["content_hash"] == row["content_hash"]):
            stored.duplicates += 1
            stored.strangers += record is None
            continue
        kept[topic] = {**row, "record": record, "source": of.source, "import_id": of.import_id}
        stored.accepted += 1
    first = next_facts(connection, len(kept)) if kept else 0
    new = [row | {"fact": first + n} for n, row in enumerate(kept.values())]
    replaced = [current[topic] for topic in kept if topic in current]
    near = table.c.record.in_([row["record"] for row in replaced])
    supersede(connection, table, [row["fact"] for row in replaced], near, of.import_id)
    insert(connection, table, pa.Table.from_pylist(new, schema_of(table)))
    touch_built(connection, sorted({row["record"] for row in kept.values()}), of.now_us)
    return stored


def known_lines(
    connection: Connection, told: Traits, lines: Sequence[int], of: Provenance
) -> Collection[int]:
    """Which lines name somebody who is known, be they understood or not: nothing may be kept of any other."""
    return _records(connection, told, lines, of).keys()


def _current(connection: Connection, records: Sequence[int], source: str) -> dict[_Topic, dict[str, Any]]:
    """What a source tells of some records so far."""
    c = table.c
    columns = (c.record, c.topic, c.at_us, c.fact, c.content_hash)
    statement = select(*columns).where(c.source == source, c.superseded_by.is_(None))
    found = fetch_where_in(connection, statement, [c.record], records).to_pylist()
    return {(row["record"], row["topic"], row["at_us"]): row for row in found}


def _records(connection: Connection, told: Traits, lines: Sequence[int], of: Provenance) -> dict[int, int]:
    """The record that each line is of, where one is known: by its key, else by what else names it."""
    asked = set(lines)
    keys = {row["line"]: row["source_key"] for row in told.keys.to_pylist() if row["line"] in asked}
    known = known_records(connection, of.customers, sorted({key for key in keys.values() if key is not None}))
    records = {line: known[key] for line, key in keys.items() if key in known}
    named = [
        one for one in told.identifiers.to_pylist() if one["line"] in keys and one["line"] not in records
    ]
    meant = _meant(connection, sorted({(one["type"], one["value"]) for one in named}))
    for kind in _BY:
        for one in named:
            record = meant.get((one["type"], one["value"]))
            if one["type"] == kind and record is not None:
                records.setdefault(one["line"], record)
    return records


def _meant(connection: Connection, values: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """By type and value: the first record that it names, where all that it names are one person as far as is known."""
    c = identifiers.c
    statement = select(c.type, c.value, c.record).distinct()
    found = fetch_where_in(connection, statement, [c.type, c.value], values).to_pylist()
    named: dict[tuple[str, str], set[int]] = {}
    for row in found:
        named.setdefault((row["type"], row["value"]), set()).add(row["record"])
    persons = _persons(connection, sorted({row["record"] for row in found}))
    return {
        name: min(records, key=lambda record: (record not in persons, record))
        for name, records in named.items()
        if len({persons[record] for record in records if record in persons}) <= 1
    }


def _persons(connection: Connection, records: Sequence[int]) -> Mapping[int, int]:
    """Who some records are now."""
    statement = select(identity.c.record, identity.c.person).where(identity.c.until_us.is_(None))
    found = fetch_where_in(connection, statement, [identity.c.record], records)
    return dict(zip(*found.to_pydict().values(), strict=True))
