"""Records as a table, in a file that both sides read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.store.tables import PERSON_FIELDS

#: What is set aside for graders.
ASIDE = ["truth", "chain", "kin"]
#: Columns of numbers begin so.
NUMBER = "number_"


class Row(NamedTuple):
    """A record."""

    source: str
    truth: str  #: who it truly is
    said: dict[str, str | None]
    numbers: dict[str, str | None]
    chain: str | None = None  #: records of one person with one of these can be known to be; None: all can
    kin: str | None = None  #: the family, of those who are easily taken for another of it


def write(people: Iterable[Row], file: Path) -> int:
    """Write records, some at a time; returns how many."""
    writer, written, waiting = None, 0, list[Row]()
    kinds: list[str] = []
    for row in people:
        waiting.append(row)
        if len(waiting) == 100_000:
            writer, kinds = _flush(writer, waiting, written, file, kinds)
            written += len(waiting)
            waiting = []
    writer, _ = _flush(writer, waiting, written, file, kinds)
    writer.close()
    return written + len(waiting)


def numbers_of(table: pa.Table) -> list[str]:
    """The kinds of numbers that a table has."""
    return [name.removeprefix(NUMBER) for name in table.column_names if name.startswith(NUMBER)]


def _flush(
    writer: pq.ParquetWriter | None, rows: list[Row], written: int, file: Path, kinds: list[str]
) -> tuple[pq.ParquetWriter, list[str]]:
    kinds = kinds or sorted({kind for row in rows for kind in row.numbers})
    columns = {
        "record": pa.array(range(written + 1, written + len(rows) + 1), pa.int64()),
        "source": pa.array([row.source for row in rows], pa.string()),
        "truth": pa.array([row.truth for row in rows], pa.string()),
        "chain": pa.array([row.chain or row.truth for row in rows], pa.string()),
        "kin": pa.array([row.kin for row in rows], pa.string()),
        **{name: pa.array([row.said.get(name) for row in rows], pa.string()) for name in PERSON_FIELDS},
        **{NUMBER + kind: pa.array([row.numbers.get(kind) for row in rows], pa.string()) for kind in kinds},
    }
    table = pa.table(columns)
    writer = writer or pq.ParquetWriter(file, table.schema)
    writer.write_table(table)
    return writer, kinds
