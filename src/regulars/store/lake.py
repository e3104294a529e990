"""The lake: Parquet files beside the store, a columnar mirror of its facts for the engine.

The store keeps the manifest, and the engine reads only the files on it: a crash leaves an orphan, not an error.
Undo, correction and erasure mark files dirty; `refresh` writes those anew from the store. Derived tables
(indicators, segments) are kept here too, under `results`, and can always be built again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, Table, delete, select, update

from regulars.store.ledgers import recall, remember
from regulars.store.rows import fetch, schema_of, upsert
from regulars.store.tables import events, imports, lake_files, order_lines, record_versions, results

if TYPE_CHECKING:
    from regulars.store import Store

#: Fact tables with a mirror, and the columns that stay in the store alone: raw text that nothing counts.
MIRRORED = {order_lines: ("extra",), events: ("properties",), record_versions: ("raw", "changes")}
_ROWS_A_GROUP = 100_000
#: Under which name the store keeps which cards are current.
CARDS = "match_cards"


class LakeFile:
    """A Parquet file being written. It counts once it stands on the manifest."""

    def __init__(self, lake: Lake, table: Table, import_id: int) -> None:
        """The facts of one import in one table; nothing is on the disk before the first rows are written."""
        self.table = table
        self.import_id = import_id
        self.schema = lake.schema(table)
        self.path = lake.folder / table.name / f"import-{import_id:06d}-{os.urandom(4).hex()}.parquet"
        self.rows = 0
        self._facts: tuple[int, int] | None = None
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._writer: pq.ParquetWriter | None = None

    def add(self, rows: pa.Table) -> None:
        """Add rows that have the table's columns."""
        if not rows.num_rows:
            return
        self._waiting.append(rows.select(self.schema.names).cast(self.schema))
        self._waiting_rows += rows.num_rows
        span = pc.min_max(rows.column("fact")).as_py()
        low, high = self._facts or (span["min"], span["max"])
        self._facts = (min(low, span["min"]), max(high, span["max"]))
        if self._waiting_rows >= _ROWS_A_GROUP:
            self._flush()

    def close(self) -> None:
        """Finish the file and see it on the disk."""
        self._flush()
        if self._writer is not None:
            self._writer.close()
            _sync(self.path)

    def abandon(self) -> None:
        """Forget the file."""
        if self._writer is not None:
            self._writer.close()
        self.path.unlink(missing_ok=True)

    def enter(self, connection: Connection) -> None:
        """Put the closed file on the manifest."""
        if self._facts:
            line = {
                "file": f"{self.table.name}/{self.path.name}",
                "table": self.table.name,
                "import_id": self.import_id,
                "first_fact": self._facts[0],
                "last_fact": self._facts[1],
                "rows": self.rows,
                "checksum": checksum(self.path),
                "dirty": False,
            }
            upsert(connection, lake_files, pa.Table.from_pylist([line], schema_of(lake_files)))

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self.path, self.schema, compression="zstd")
        order = [(c.name, "ascending") for c in self.table.primary_key if c.name in self.schema.names]
        group = pa.concat_tables(self._waiting).sort_by(order)
        self._writer.write_table(group)
        self.rows += group.num_rows
        self._waiting, self._waiting_rows = [], 0


class Lake:
    """The Parquet files of one shop."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds a folder of files for each mirrored table; it need not be there yet."""
        self.folder = folder

    def schema(self, table: Table) -> pa.Schema:
        """The columns of a table that the lake mirrors."""
        return schema_of(table, without=MIRRORED[table])

    def files(self, connection: Connection, table: Table, without: Sequence[int] = ()) -> list[Path]:
        """The files of a table on the manifest; those of the imports `without` are left out."""
        names = connection.execute(
            select(lake_files.c.file).where(
                lake_files.c.table == table.name, lake_files.c.import_id.not_in(without)
            )
        ).scalars()
        return sorted(self.folder / name for name in names)

    def drop(self, connection: Connection, import_id: int, table: Table | None = None) -> None:
        """Take the files of an import off the manifest, of one table or of all; `sweep` deletes them."""
        where = lake_files.c.import_id == import_id
        if table is not None:
            where &= lake_files.c.table == table.name
        connection.execute(delete(lake_files).where(where))

    def mark_dirty(
        self, connection: Connection, import_ids: Sequence[int], table: Table | None = None
    ) -> None:
        """Say that facts of these imports changed in the store: those of one table, or of all."""
        if import_ids:
            statement = update(lake_files).where(lake_files.c.import_id.in_(import_ids))
            if table is not None:
                statement = statement.where(lake_files.c.table == table.name)
            connection.execute(statement.values(dirty=True))

    def stale(self, connection: Connection) -> list[tuple[Table, int]]:
        """The (table, import) pairs whose file is dirty or missing."""
        pairs = []
        for table in MIRRORED:
            listed = select(lake_files.c.import_id, lake_files.c.file).where(
                lake_files.c.table == table.name, lake_files.c.dirty.is_(False)
            )
            clean_ones = [
                row.import_id for row in connection.execute(listed) if (self.folder / row.file).exists()
            ]
            statement = (
                select(table.c.import_id)
                .distinct()
                .where(table.c.import_id.not_in(clean_ones))
                .join(imports, (imports.c.import_id == table.c.import_id) & (imports.c.state == "done"))
            )
            pairs += [(table, import_id) for import_id in connection.execute(statement).scalars()]
        return pairs

    def rewrite(self, connection: Connection, table: Table, import_id: int) -> LakeFile:
        """Write the file of one import anew from the store; `enter` it to make it count."""
        file = LakeFile(self, table, import_id)
        columns = [table.c[name] for name in file.schema.names]
        file.add(fetch(connection, select(*columns).where(table.c.import_id == import_id)))
        file.close()
        return file

    def refresh(self, store: Store, *, without: Collection[int] = ()) -> None:
        """Write dirty and missing files anew from the store, and sweep what is not on the manifest.

        Derived tables lose the rows of the persons `without`.
        """
        with store.write() as connection:
            self.forget_lost(connection)
        with store.read() as connection:
            files = [
                self.rewrite(connection, table, import_id) for table, import_id in self.stale(connection)
            ]
            derived = list(connection.execute(select(results))) if without else []
        persons = pa.array(sorted(without), pa.int64())
        lines = [
            dict(row._mapping) | self._leave_out(row.name, row.file, row.as_of, persons) for row in derived
        ]
        with store.write() as connection:
            connection.execute(delete(lake_files).where(lake_files.c.dirty))  # of some no fact is left at all
            for file in files:
                self.drop(connection, file.import_id, file.table)
                file.enter(connection)
            upsert(connection, results, pa.Table.from_pylist(lines, schema_of(results)))
        with store.read() as connection:
            self.sweep(connection)

    def _leave_out(self, name: str, file: str, as_of: int, persons: pa.Array) -> dict[str, object]:
        """Write a derived table anew without some persons; what the manifest says of it then."""
        path, rows = self.result_path(name, as_of), 0
        with pq.ParquetFile(self.folder / file) as old, pq.ParquetWriter(path, old.schema_arrow) as new:
            for batch in old.iter_batches():
                if "person" not in batch.schema.names:
                    new.write_batch(batch)
                    rows += batch.num_rows
                    continue
                kept = batch.filter(pc.invert(pc.is_in(batch.column("person"), value_set=persons)))
                new.write_batch(kept)
                rows += kept.num_rows
        return {"file": f"results/{path.name}", "rows": rows}

    def forget_lost(self, connection: Connection) -> None:
        """Take files off the manifest that are not there: a restored shop has a store and no lake."""
        for manifest in (lake_files, results):
            names = connection.execute(select(manifest.c.file)).scalars()
            lost = [name for name in names if not (self.folder / name).exists()]
            if lost:
                connection.execute(delete(manifest).where(manifest.c.file.in_(lost)))

    def forget_damaged(self, connection: Connection) -> list[str]:
        """Take files of facts off the manifest that are missing, or not as they were written; their names.

        All bytes are read: a second for some hundred megabytes, beside the minutes that so many facts take to build.
        """
        listed = connection.execute(select(lake_files.c.file, lake_files.c.checksum)).all()
        damaged = [row.file for row in listed if not self._is_whole(row.file, row.checksum)]
        if damaged:
            connection.execute(delete(lake_files).where(lake_files.c.file.in_(damaged)))
        return damaged

    def _is_whole(self, name: str, written: str) -> bool:
        path = self.folder / name
        return path.exists() and checksum(path) == written

    def sweep(self, connection: Connection) -> None:
        """Delete the files that are not on the manifest."""
        listed = set(connection.execute(select(lake_files.c.file)).scalars())
        kept = listed | set(connection.execute(select(results.c.file)).scalars())
        for file in self.folder.glob("*/*.parquet"):
            if f"{file.parent.name}/{file.name}" not in kept:
                file.unlink(missing_ok=True)

    @property
    def cards(self) -> Path:
        """The folder for the cards that records are matched by."""
        return self.folder / "cards"

    def current_cards(self, connection: Connection) -> Path | None:
        """The cards of the last full match, or None when there are none."""
        name = recall(connection, CARDS)
        return self.cards / name if name else None

    def enter_cards(self, connection: Connection, path: Path) -> None:
        """Make a folder of cards the current one; `sweep_cards` deletes the others."""
        remember(connection, CARDS, path.name)

    def forget_cards(self, connection: Connection) -> None:
        """Let no cards be current: somebody in them is gone."""
        remember(connection, CARDS, "")

    def sweep_cards(self, connection: Connection) -> None:
        """Delete the folders of cards that are not current."""
        kept = self.current_cards(connection)
        for folder in self.cards.glob("*"):
            if folder != kept:
                shutil.rmtree(folder)

    def result_path(self, name: str, as_of: int) -> Path:
        """A new file for a derived table."""
        folder = self.folder / "results"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}-{as_of}-{os.urandom(4).hex()}.parquet"

    def enter_result(
        self, connection: Connection, name: str, path: Path, *, as_of: int, rows: int, built_us: int
    ) -> None:
        """Make a derived table the current one of its name."""
        line = {
            "name": name,
            "file": f"results/{path.name}",
            "as_of": as_of,
            "rows": rows,
            "built_us": built_us,
        }
        upsert(connection, results, pa.Table.from_pylist([line], schema_of(results)))

    def result(self, connection: Connection, name: str) -> tuple[Path, int] | None:
        """The file of a derived table and the day it is of, or None when it was never built or is gone."""
        row = connection.execute(
            select(results.c.file, results.c.as_of).where(results.c.name == name)
        ).first()
        file = self.folder / row.file if row else None
        return (file, int(row.as_of)) if row and file and file.exists() else None


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
