"""The only writer of `segment_sizes`."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert

from regulars.store.tables import segment_sizes


def write_sizes(connection: Connection, as_of: int, sizes: Mapping[str, int]) -> None:
    """Replace the sizes of one evening; the caller holds the transaction."""
    connection.execute(delete(segment_sizes).where(segment_sizes.c.as_of == as_of))
    if sizes:
        rows = [{"segment": name, "as_of": as_of, "members": members} for name, members in sizes.items()]
        connection.execute(insert(segment_sizes), rows)
