"""People's cards are stored, with what names their records and what they consented to."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.clean.people import People
from regulars.clean.writes.records import record_numbers
from regulars.clean.writes.versions import Provenance, Stored, as_table, supersede, with_columns
from regulars.model.consent import EXPRESS, MARKETING, Channel
from regulars.store.ledgers import next_facts, touch
from regulars.store.rows import fetch_where_in, insert, schema_of
from regulars.store.suppressions import Kind, anything_erased, suppressed
from regulars.store.tables import NOBODY, consents, identifiers, record_versions

#: The channels that somebody is written to on by an address.
_CHANNELS_OF: Mapping[Kind, tuple[Channel, ...]] = {"email": ("email",), "phone": ("sms", "phone")}


def store_people(
    connection: Connection, people: People, of: Provenance, *, keep_cards: bool = False
) -> Stored:
    """Store understood people, their identifiers and consents, as records of the source `of.customers`.

    A row equal to one that the record's latest import brought is a duplicate. With `keep_cards` a record that has a
    card keeps it: what an order says of its buyer never replaces what the customer list says. Its consents are kept
    beside those of the list, each once an import.
    """
    numbers = record_numbers(connection, of.customers, people.rows.column("source_key").to_pylist())
    stays = pa.array([number != NOBODY for number in numbers], pa.bool_())
    cards = people.rows.filter(stays)
    numbers = [number for number in numbers if number != NOBODY]
    latest = _latest_cards(connection, sorted(set(numbers)))
    sorted_out = _sort_out(
        numbers, cards.column("content_hash").to_pylist(), latest, of.import_id, keep_cards
    )
    kept, erased = len(sorted_out.kept), people.rows.num_rows - cards.num_rows
    stored = Stored(accepted=kept, duplicates=people.rows.num_rows - kept, erased=erased)
    lines = cards.column("line").to_pylist()
    record_of = dict(zip(lines, numbers, strict=True))
    record_of_kept = {lines[position]: numbers[position] for position in sorted_out.kept}
    named = record_of if keep_cards else record_of_kept
    _store_identifiers(connection, people.identifiers, named, of.import_id)
    _hold_back(connection, set(named.values()), of)
    said = [
        row | {"record": named[row["line"]]} for row in people.consents.to_pylist() if row["line"] in named
    ]
    _store_consents(connection, _not_said_yet(connection, said, of) if keep_cards else said, of)
    if not sorted_out.kept:
        return stored
    stored.rows = _store_cards(connection, cards, numbers, sorted_out, of.import_id)
    stored.changed_imports = {import_id for _record, import_id in sorted_out.replaced.values()}
    touch(connection, stored.rows.column("record").combine_chunks(), of.now_us)
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


def _sort_out(
    numbers: list[int], contents: list[str], latest: dict[int, _Card], import_id: int, keep_cards: bool
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


def _store_cards(
    connection: Connection, cards: pa.Table, numbers: list[int], sorted_out: _SortedOut, import_id: int
) -> pa.Table:
    """Write the new cards and mark those they replace; the rows as stored."""
    kept = sorted_out.kept
    first = next_facts(connection, len(kept))
    rows = with_columns(
        cards.take(kept),
        record=[numbers[position] for position in kept],
        fact=list(range(first, first + len(kept))),
        import_id=[import_id] * len(kept),
        superseded_by=[None if sorted_out.last[numbers[p]] == p else import_id for p in kept],
    )
    rows = as_table(rows, record_versions)
    insert(connection, record_versions, rows)
    near = record_versions.c.record.in_([record for record, _ in sorted_out.replaced.values()])
    supersede(connection, record_versions, list(sorted_out.replaced), near, import_id)
    return rows


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


def _hold_back(connection: Connection, told: Collection[int], of: Provenance) -> None:
    """Whoever was erased is not written to when another record comes by their address: a new account, or one that took
    it over. A record that had it before, a wife's with one e-mail for both, keeps its own consent."""
    if not anything_erased(connection):
        return
    c = identifiers.c
    statement = select(c.record, c.type, c.value, c.import_id).where(c.type.in_(list(_CHANNELS_OF)))
    held = fetch_where_in(connection, statement, [c.record], sorted(told)).to_pylist()
    before = {(row["record"], row["type"], row["value"]) for row in held if row["import_id"] != of.import_id}
    new = {(row["record"], row["type"], row["value"]) for row in held} - before
    since = {
        (kind, value): at_us
        for kind in _CHANNELS_OF
        for value, at_us in suppressed(
            connection, kind, sorted({value for _record, of_kind, value in new if of_kind == kind})
        ).items()
    }
    proof = json.dumps({"erased": True, "dated": True})
    left = {"purpose": MARKETING, "state": "withdrawn", "basis": EXPRESS, "proof": proof}
    said = [
        left | {"record": record, "channel": channel, "at_us": since[kind, value]}
        for record, kind, value in sorted(new)
        if (kind, value) in since
        for channel in _CHANNELS_OF[kind]
    ]
    _store_consents(connection, _not_said_yet(connection, said, of), of)


def _not_said_yet(
    connection: Connection, said: Sequence[dict[str, Any]], of: Provenance
) -> list[dict[str, Any]]:
    """Of the same answer of one record on several orders of an import the first."""
    statement = select(consents.c.record, consents.c.channel, consents.c.state).where(
        consents.c.import_id == of.import_id
    )
    records = sorted({row["record"] for row in said})
    known = set(
        zip(
            *fetch_where_in(connection, statement, [consents.c.record], records).to_pydict().values(),
            strict=True,
        )
    )
    first = {(row["record"], row["channel"], row["state"]): row for row in reversed(said)}
    return [row for answer, row in first.items() if answer not in known]


def _store_consents(connection: Connection, said: Sequence[dict[str, Any]], of: Provenance) -> None:
    if not said:
        return
    first = next_facts(connection, len(said))
    names = schema_of(consents).names
    rows = [
        {name: row.get(name) for name in names}
        | {"fact": first + n, "import_id": of.import_id, "source": of.customers}
        for n, row in enumerate(said)
    ]
    insert(connection, consents, pa.Table.from_pylist(rows, schema_of(consents)))
    touch(connection, pa.array([row["record"] for row in said], pa.int64()), of.now_us)
