"""The whole nightly build of a generated shop: golden cards, indicators, predictions, personas, segments, all kept.

The shop is a real one, of which only the facts were not loaded but written: its store has records, who they are and
consents, its lake has cards, order lines and events (`bench.indicators`), some of them reviews with words.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.indicators import AS_OF, write_shop
from bench.measure import measure

_A_WRITE = 200_000
_TOWNS = (("Montréal", "H2X 1Y4"), ("Laval", "H7N 3Z1"), ("Québec", "G1R 2L3"), ("Sherbrooke", "J1H 4J1"))
_SAID = (
    "Great quality, I will buy it again.", "Broke after two days, very disappointed.",
    "Too small, and delivery was slow.",
    "Love the colour!", "Trop cher pour ce que c'est.", "Très bon service, je recommande.", "Do you have it in blue?",
)  # fmt: skip


def write_store(folder: Path, customers: int) -> Path:
    """Make the shop of the facts in a folder: two records a customer, and one import that told all."""
    from regulars.app import init_shop, open_shop
    from regulars.flow.chain import stale
    from regulars.store import tables
    from regulars.store.lake import LakeFile
    from regulars.store.rows import insert

    shop = init_shop(folder / "shop")
    shop.close()
    shop = open_shop(folder / "shop")
    store, lake = shop.ground.store, shop.ground.lake
    for rows in _records(customers):
        with store.write() as connection:
            for table in (tables.records, tables.identity, tables.consents):
                insert(
                    connection, table, rows.select([c.name for c in table.c if c.name in rows.column_names])
                )
    for at in range(0, customers, _A_WRITE):
        ids = np.arange(at + 1, min(at + _A_WRITE, customers) + 1)
        with store.write() as connection:
            insert(connection, tables.persons, pa.table({"person": ids, "born_us": np.zeros_like(ids)}))
    parts = {
        tables.record_versions: _cards(customers),
        tables.order_lines: _lines(folder),
        tables.events: _events(folder),
    }
    for table, some in parts.items():
        file = LakeFile(lake, table, 1)
        for rows in some:
            missing = [n for n in file.schema.names if n not in rows.column_names]
            for name in missing:
                rows = rows.append_column(name, pa.nulls(rows.num_rows, file.schema.field(name).type))
            file.add(rows)
        file.close()
        with store.write() as connection:
            file.enter(connection)
    with store.write() as connection:
        insert(connection, tables.imports, pa.Table.from_pylist([_IMPORT]))
        stale.remember_match(connection, shop.ground)
    shop.close()
    return folder / "shop"


_IMPORT = {
    "import_id": 1, "file": "made up", "file_hash": "0", "source": "till", "kind": "orders", "mapping": "{}",
    "formats": "{}", "state": "done", "started_us": 0, "finished_us": 0, "rows_in": 0, "accepted": 0, "rejected": 0,
    "duplicates": 0,
}  # fmt: skip


def _records(customers: int) -> Iterator[pa.Table]:
    """Record n and record customers + n are customer n's: one of the till, one of the web shop."""
    chance = np.random.default_rng(6)
    for at in range(0, 2 * customers, _A_WRITE):
        record = np.arange(at + 1, min(at + _A_WRITE, 2 * customers) + 1)
        count = len(record)
        yield pa.table(
            {
                "record": record,
                "source": np.where(record <= customers, "till", "web"),
                "source_key": pa.array(record).cast(pa.string()),
                "person": (record - 1) % customers + 1,
                "since_us": np.zeros(count, np.int64),
                "until_us": pa.nulls(count, pa.int64()),
                "fact": record,
                "import_id": np.ones(count, np.int64),
                "channel": ["email"] * count,
                "purpose": ["marketing"] * count,
                "state": np.where(chance.random(count) < 0.6, "granted", "denied"),
                "basis": ["express"] * count,
                "at_us": np.zeros(count, np.int64),
            }
        )


def _cards(customers: int) -> Iterator[pa.Table]:
    chance = np.random.default_rng(7)
    for at in range(0, 2 * customers, _A_WRITE):
        record = np.arange(at + 1, min(at + _A_WRITE, 2 * customers) + 1)
        count, person = len(record), (record - 1) % customers + 1
        key = pa.array(person).cast(pa.string())
        city, postcode = np.array(_TOWNS)[chance.integers(0, len(_TOWNS), count)].T
        yield pa.table(
            {
                "record": record,
                "fact": record,
                "import_id": np.ones(count, np.int64),
                "line": record,
                "content_hash": key,
                "seen_us": record,
                "given_name": np.array(["Zoé", "Marc", "Anne", "Luc"])[chance.integers(0, 4, count)],
                "family_name": pc.binary_join_element_wise("Roy", key, ""),
                "email": pc.binary_join_element_wise(key, "@mail.example", ""),
                "phone": pa.array(15_140_000_000 + person).cast(pa.string()),
                "birth_date": pa.array(np.where(chance.random(count) < 0.5, "1980-05-17", "1991-11-02")),
                "gender": pa.array(np.where(chance.random(count) < 0.5, "f", "m")),
                "language": pa.array(np.where(chance.random(count) < 0.5, "fr", "en")),
                "street": ["rue Laurier"] * count,
                "city": city,
                "postcode": postcode,
                "country": ["CA"] * count,
            }
        )


def _numbered(path: Path, first: int) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_A_WRITE):
            rows = pa.Table.from_batches([batch])
            fact = np.arange(first, first + rows.num_rows)
            first += rows.num_rows
            ones = np.ones(rows.num_rows, np.int64)
            for name, values in (("fact", fact), ("import_id", ones), ("line", fact), ("nth", ones)):
                rows = rows.append_column(name, pa.array(values))
            hashed = {"key_hash": fact, "content_hash": fact}
            for name, values in hashed.items():
                rows = rows.append_column(name, pa.array(values))
            yield rows


def _lines(folder: Path) -> Iterator[pa.Table]:
    for rows in _numbered(folder / "order_lines.parquet", 10_000_000):
        name = pc.binary_join_element_wise("Article", rows.column("product_id"), " ")
        zeros = pa.array(np.zeros(rows.num_rows, np.int64))
        rows = rows.append_column("product_name", name)
        yield rows.append_column("tax", zeros).append_column("shipping", zeros)


def _events(folder: Path) -> Iterator[pa.Table]:
    chance = np.random.default_rng(8)
    for rows in _numbered(folder / "events.parquet", 50_000_000):
        review = np.isin(
            rows.column("event").to_numpy(zero_copy_only=False), ("Product Reviewed", "Ticket Opened")
        )
        said = np.array(_SAID)[chance.integers(0, len(_SAID), rows.num_rows)]
        rating = pa.array(chance.integers(1, 6, rows.num_rows).astype("float64"), mask=~review)
        rows = rows.drop_columns(["rating"]).append_column("rating", rating)
        yield rows.append_column("said", pa.array(said, mask=~review)).append_column(
            "source", pa.array(["till"] * rows.num_rows)
        )


def build(shop: Path) -> list[tuple[str, float, float]]:
    """Build the shop; each step with its CPU and wall seconds."""
    from regulars.app import open_shop

    steps: list[tuple[str, float, float]] = []

    def step(what: str, _done: int, _of: int | None) -> None:
        steps.append((what, time.process_time(), time.perf_counter()))

    opened = open_shop(shop)
    opened.build(AS_OF, progress=step)
    opened.close()
    step("", 0, None)
    return [(what, after[1] - cpu, after[2] - wall) for (what, cpu, wall), after in pairwise(steps)]


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench nightly")
    parser.add_argument("--customers", type=int, default=1_000_000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_shop(folder, given.customers, given.customers * 10)
        shop = measure(write_store, folder, given.customers).result
        for title in ("first build", "the build after it, nothing new"):
            run = measure(build, shop)
            print(f"{title}: {run.cpu:.1f} CPU s, {run.wall:.1f} s, {run.peak:,.0f} MiB", flush=True)
            for what, cpu, wall in run.result:
                print(f"  {what:30} {cpu:7.1f} CPU s {wall:7.1f} s", flush=True)
