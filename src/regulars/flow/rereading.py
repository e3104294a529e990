"""Cards read anew, of the cells that are left of their rows, where a column went that values may be of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from regulars.clean import people
from regulars.clean.people import People
from regulars.clean.row.found import KnownFile
from regulars.clean.writes.dropped import Card, Dropped, Name, cards_of, forget_names, put_cards
from regulars.clean.writes.retention import Key
from regulars.flow import Ground
from regulars.flow.loading.names import engine_names, renamed
from regulars.model.mapping import Column, FileMapping
from regulars.sources.reads import Import
from regulars.store.tables import PERSON_FIELDS

_ROWS_A_WRITE = 5_000


def reread_cards(ground: Ground, one: Import, of: Dropped) -> int:
    """Put on the cards of an import what their rows, from which columns went, still say; how many cards they were.

    The rest is emptied. Of a card whose row is no longer kept all is emptied that may have come from them.
    """
    names: set[Name] = set()
    after, count = Key(), 0
    while True:
        with ground.store.read() as connection:
            cards, after = cards_of(connection, of, after=after, most=_ROWS_A_WRITE)
        said = _understood(ground, one, [card for card in cards if card.raw is not None])
        found = {row["line"]: row for row in said.rows.to_pylist()} if said else {}
        if said:
            record_of = {card.fact: card.record for card in cards}
            names |= {
                (record_of[row["line"]], row["type"], row["value"])
                for row in said.identifiers.to_pylist()
                if row["line"] in found and row["type"] in of.types
            }
        with ground.store.write() as connection:
            put_cards(connection, cards, found, of.person_fields)
        count += len(cards)
        if not after:
            break
    with ground.store.write() as connection:
        forget_names(connection, of, names)
    return count


def _understood(ground: Ground, one: Import, cards: Sequence[Card]) -> People | None:
    """What rows say, by the number of their fact."""
    rows: list[dict[str, Any]] = [json.loads(card.raw or "{}") for card in cards]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if not columns:
        return None
    chunk = pa.table(
        {
            "line": pa.array([card.fact for card in cards], pa.int64()),
            **{name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns},
        }
    )
    mapping, formats = _meant(ground, one, columns)
    file = KnownFile(
        source=one.source,
        mapping=mapping,
        formats=formats,
        settings=ground.settings,
        loaded_us=one.started_us,
    )
    with ground.engine.session() as session:
        return people.understand(session, chunk, file)


def _meant(ground: Ground, one: Import, columns: Sequence[str]) -> tuple[FileMapping, Mapping[str, Any]]:
    """What the cells of a card mean: those of a buyer are kept by the names of our fields."""
    if one.kind == "people":
        left = one.mapping.without(ground.settings.drops(one.source, one.parts()))
        return renamed(left, one.formats, engine_names(one.header))
    known = {name: Column(field=name) for name in columns if name in PERSON_FIELDS}
    return FileMapping(kind="people", columns=known, options=one.mapping.options), {}
