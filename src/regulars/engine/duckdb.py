"""DuckDB, in process: the default engine. No extension, no file, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.errors import Unavailable, full_disk
from regulars.words import _

#: How DuckDB says that a relation has no such column.
_NO_COLUMN = ("not found in FROM clause", "does not have a column")


class DuckDBSession:
    """One in-memory connection."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Whoever opened the connection closes it, and with it all relations are gone."""
        self.connection = connection
        self.may_lack_columns = (
            False  #: files were named that lack a declared one, or of which none is declared
        )
        self._created: set[str] = set()  #: the relations that are tables; all others are views

    def table(self, name: str, data: pa.Table | pa.RecordBatchReader) -> None:
        """Give an Arrow table a name."""
        self.connection.register(name, data)

    def parquet(self, name: str, files: Sequence[Path], empty: pa.Schema) -> None:
        """Give Parquet files a name; with no files, an empty table of that schema."""
        if not files:
            self.connection.register(name, empty.empty_table())
            return
        listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        self.connection.execute(f'create or replace view "{name}" as select * from read_parquet([{listed}])')
        declared = set(empty.names)
        if not declared or not declared <= set(self.rows(f'select * from "{name}" limit 0').column_names):
            self.may_lack_columns = True

    def create(self, name: str, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Compute a statement once and keep its rows under a name."""
        self.connection.execute(f'create or replace table "{name}" as {sql}', dict(parameters or {}))
        self._created.add(name)

    def view(self, name: str, sql: str) -> None:
        """Give a statement a name, computed at each use."""
        self.connection.execute(f'create or replace view "{name}" as {sql}')

    def drop(self, *names: str) -> None:
        """Forget relations that nothing needs any more, and give their memory back."""
        for name in names:
            kind = "table" if name in self._created else "view"
            self.connection.execute(f'drop {kind} "{name}"')
            self.connection.unregister(name)
        self._created.difference_update(names)

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run a statement and return its rows."""
        if parameters:
            return self.connection.sql(sql, params=dict(parameters)).to_arrow_table()
        return self.connection.sql(sql).to_arrow_table()

    def batches(self, sql: str, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a statement and return its rows in batches, so that memory stays flat."""
        yield from self.connection.sql(sql).to_arrow_reader(rows)

    def write_parquet(self, sql: str, file: Path) -> int:
        """Run a statement into a Parquet file and return the number of rows."""
        quoted = str(file).replace("'", "''")
        self.connection.execute(f"copy ({sql}) to '{quoted}' (format parquet, compression zstd)")
        return int(pq.read_metadata(file).num_rows)


class DuckDBEngine:
    """Opens in-memory sessions that may spill to a folder."""

    name = "duckdb"

    def __init__(self, scratch: Path, *, megabytes: int = 2_000) -> None:
        """`scratch` is the folder that takes what does not fit into so many `megabytes`."""
        self.scratch = scratch
        self.megabytes = megabytes

    @contextmanager
    def session(self, *, megabytes: int | None = None) -> Iterator[DuckDBSession]:
        """A fresh session, forgotten at the end."""
        connection = duckdb.connect(
            config={
                "temp_directory": str(self.scratch),
                "memory_limit": f"{megabytes or self.megabytes}MB",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            }
        )
        session = DuckDBSession(connection)
        try:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("set enable_progress_bar = false")  # it would be printed among the data
            yield session
        except RuntimeError as problem:
            if str(problem) == "Query interrupted":  # how DuckDB says that somebody pressed Ctrl-C
                raise KeyboardInterrupt from problem
            raise
        except duckdb.IOException as problem:
            if "No files found" in str(problem):
                raise Unavailable(
                    _("files of this shop's lake are missing"), _("run `regulars build`: it writes them anew")
                ) from problem
            if "No space left" in str(problem):
                raise full_disk() from problem
            raise Unavailable(
                _("a file cannot be read or written: {problem}", problem=_first_line(problem)),
                _(
                    "make room or check who owns the folder, then run the same command again; nothing was lost"
                ),
            ) from problem
        except duckdb.BinderException as problem:
            if not session.may_lack_columns or not any(words in str(problem) for words in _NO_COLUMN):
                raise
            raise Unavailable(
                _("what was built here does not fit this version of Regulars"),
                _("run `regulars build`; if it is said again, please report it"),
            ) from problem
        except duckdb.OutOfMemoryException as problem:
            raise Unavailable(
                _("there is too little memory: {problem}", problem=_first_line(problem)),
                _("close other programs, then run the same command again; nothing was lost"),
            ) from problem
        finally:
            connection.close()


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0]
