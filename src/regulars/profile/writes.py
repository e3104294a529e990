"""The only place that writes `people` and `locks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, delete, insert, select, update

from regulars.store.rows import fetch, schema_of, upsert
from regulars.store.tables import locks, people


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


def write_locks(
    connection: Connection, record: int, values: Mapping[str, str | None], *, who: str, why: str, at_us: int
) -> None:
    """Lock fields on a record; a lock that it has on one of them already ends, and is kept."""
    release_locks(connection, [record], list(values), who=who, at_us=at_us)
    told = {"record": record, "who": who, "why": why, "at_us": at_us}
    connection.execute(
        insert(locks), [{**told, "field": name, "value": text} for name, text in values.items()]
    )


def release_locks(
    connection: Connection, records: Sequence[int], fields: Sequence[str], *, who: str, at_us: int
) -> int:
    """End the locks on these fields of these records, and keep them; how many there were."""
    ended = update(locks).where(
        locks.c.record.in_(records), locks.c.field.in_(fields), locks.c.released_us.is_(None)
    )
    return connection.execute(ended.values(released_us=at_us, released_by=who)).rowcount
