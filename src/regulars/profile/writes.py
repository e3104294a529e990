"""The only place that writes `people`."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, delete, select

from regulars.store.rows import fetch, schema_of, upsert
from regulars.store.tables import people


def changed_cards(connection: Connection, cards: pa.Table) -> tuple[pa.Table, list[int]]:
    """The cards that differ from what is stored, and the persons that are no more."""
    stored = fetch(connection, select(people))
    cards = cards.select(schema_of(people).names).cast(schema_of(people))
    before = set(map(tuple, zip(*(column.to_pylist() for column in stored.columns), strict=True)))
    rows = list(zip(*(column.to_pylist() for column in cards.columns), strict=True))
    changed = cards.filter(pa.array([row not in before for row in rows], pa.bool_()))
    gone = pc.filter(
        stored.column("person"), pc.invert(pc.is_in(stored.column("person"), cards.column("person")))
    )
    return changed, gone.to_pylist()


def write_cards(connection: Connection, cards: pa.Table) -> None:
    """Write golden cards; a person's new card stands in the place of the old one."""
    upsert(connection, people, cards)


def remove_cards(connection: Connection, persons: list[int]) -> None:
    """Remove the cards of persons that are no more: their records belong to others now."""
    for at in range(0, len(persons), 10_000):
        connection.execute(delete(people).where(people.c.person.in_(persons[at : at + 10_000])))
