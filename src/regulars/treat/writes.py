"""The only writer of `decisions`."""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import Connection, delete

from regulars.store import rows
from regulars.store.tables import decisions


def write_plan(connection: Connection, day: int, plan: pa.Table) -> None:
    """Put a day's plan in the place of what was decided for that day; the caller holds the transaction.

    `plan` is what `plan.plan` returns: one row a person, all of day `day`. Written twice, it stands once.
    """
    connection.execute(delete(decisions).where(decisions.c.day == day))
    for batch in plan.to_batches(max_chunksize=50_000):
        rows.insert(connection, decisions, pa.Table.from_batches([batch]))
