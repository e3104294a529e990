"""The only writer of `segment_sizes` and `memberships`; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from sqlalchemy import Connection, delete, insert

from regulars.store.rows import upsert
from regulars.store.tables import memberships, segment_sizes


def write_sizes(connection: Connection, as_of: int, sizes: Mapping[str, int | None]) -> None:
    """Replace the sizes of one evening; those that are not known are not kept."""
    connection.execute(delete(segment_sizes).where(segment_sizes.c.as_of == as_of))
    known = {name: members for name, members in sizes.items() if members is not None}
    rows = [{"segment": name, "as_of": as_of, "members": members} for name, members in known.items()]
    if rows:
        connection.execute(insert(segment_sizes), rows)


def write_memberships(connection: Connection, rows: pa.Table) -> None:
    """Begin, end or resume memberships."""
    upsert(connection, memberships, rows)


def undo_memberships(connection: Connection, segment: str, since: int, people: pa.Array) -> None:
    """Take back the memberships of these people that began on an evening."""
    kept = memberships.c
    connection.execute(
        delete(memberships).where(
            kept.segment == segment, kept.since == since, kept.person.in_(people.to_pylist())
        )
    )
