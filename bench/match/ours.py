"""Regulars on a set: a shop that holds its records, matched once with and once without a kept model."""

from __future__ import annotations

import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.match.table import NUMBER, numbers_of
from regulars.engine.duckdb import DuckDBEngine
from regulars.match import match
from regulars.settings import MatchSettings, Settings
from regulars.store import Store, rows
from regulars.store.lake import Lake
from regulars.store.sqlite import sqlite
from regulars.store.tables import (
    PERSON_FIELDS,
    identifiers,
    identity,
    imports,
    record_versions,
    records,
    review_pairs,
)

#: How links become groups where nothing else is asked.
DEFAULT = MatchSettings().clustering
#: The import that brought the records.
IMPORT: dict[str, object] = {
    **dict.fromkeys(("file", "file_hash", "source", "kind", "mapping", "formats"), ""),
    "import_id": 1,
    "state": "done",
    "started_us": 1,
}


def fill(file: Path, folder: Path) -> None:
    """Put the records of a file into a new shop."""
    table = pq.read_table(file)
    lake, store = Lake(folder / "lake"), Store(sqlite(folder / "shop.db"))
    number = table["record"]
    one = pa.repeat(pa.scalar(1, pa.int64()), len(table))
    versions = {
        "record": number, "fact": number, "import_id": one, "line": one, "seen_us": one,
        "content_hash": pa.repeat("0", len(table)), **{name: table[name] for name in PERSON_FIELDS},
    }  # fmt: skip
    with store.write() as connection:
        keys = {"record": number, "source": table["source"], "source_key": number.cast(pa.string())}
        rows.insert(connection, records, pa.table(keys))
        rows.put(connection, imports, tuple(IMPORT), [tuple(IMPORT.values())])
        rows.insert(connection, record_versions, pa.table(versions))
        held = ("email", "phone", *(NUMBER + kind for kind in numbers_of(table)))
        for column in held:
            there = table.filter(pc.is_valid(table[column]))
            filled = {
                "record": there["record"], "type": pa.repeat(column.removeprefix(NUMBER), len(there)),
                "value": there[column], "fact": there["record"],
                "import_id": pa.repeat(pa.scalar(1, pa.int64()), len(there)),
            }  # fmt: skip
            rows.insert(connection, identifiers, pa.table(filled))
    with store.write() as connection:
        lake.rewrite(connection, record_versions, 1).enter(connection)
    store.close()


def run(folder: Path, clustering: str = DEFAULT, *, full: bool = False) -> float:
    """Match the shop of a folder, all records again if `full`; returns the CPU seconds."""
    store = Store(sqlite(folder / "shop.db"))
    used = time.process_time()
    settings = Settings(match=MatchSettings(clustering=clustering))
    match(store, DuckDBEngine(folder), settings, now_us=1, lake=Lake(folder / "lake"), full=full)
    used = time.process_time() - used
    store.close()
    return used


def found(folder: Path) -> tuple[list[int], list[tuple[int, int]]]:
    """The person of each record, in the records' order, and the pairs of records to review. Who is nobody is alone."""
    store = Store(sqlite(folder / "shop.db"))
    with store.read() as connection:
        known = rows.fetch(connection, rows.columns_of(identity, "record", "person"))
        every = rows.fetch(connection, rows.columns_of(records, "record").order_by("record"))["record"]
        review = rows.fetch(connection, rows.columns_of(review_pairs, "record_a", "record_b"))
    store.close()
    pairs = zip(review["record_a"].to_pylist(), review["record_b"].to_pylist(), strict=True)
    person = dict(zip(known["record"].to_pylist(), known["person"].to_pylist(), strict=True))
    return [person.get(record, -record) for record in every.to_pylist()], list(pairs)
