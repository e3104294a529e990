"""The only place that writes `norms`."""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import Connection, delete, select

from regulars.store.rows import fetch, insert
from regulars.store.tables import norms


def freeze_norms(connection: Connection, found: pa.Table, as_of: int) -> None:
    """Keep the norms of a shop day; those of the same day are replaced."""
    connection.execute(delete(norms).where(norms.c.as_of == as_of))
    kept = found.filter(found.column("value").is_valid())
    insert(connection, norms, kept.append_column("as_of", pa.array([as_of] * kept.num_rows, pa.int64())))


def read_norms(connection: Connection, as_of: int) -> pa.Table:
    """The norms that were frozen for a shop day: name, position, value."""
    return fetch(
        connection, select(norms.c.name, norms.c.position, norms.c.value).where(norms.c.as_of == as_of)
    )
