"""Who does the heavy counting. An engine computes over tables it is given; it owns nothing.

Rooms are handed an `Engine` and never import a concrete one. SQL is written in the house dialect (`dialect.py`),
in `.sql` files read by `statements.py`. For one row that somebody waits for, `one_row.py` reads the same statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pyarrow as pa

__all__ = ["Engine", "Session"]


class Session(Protocol):
    """A set of named relations and the statements run over them."""

    dialect: str  #: in whose words it is told what the house dialect cannot say

    def table(self, name: str, data: pa.Table | pa.RecordBatchReader) -> None:
        """Give an Arrow table a name."""

    def parquet(self, name: str, files: Sequence[Path], empty: pa.Schema) -> None:
        """Give Parquet files a name; with no files, an empty table of that schema."""

    def create(self, name: str, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Compute a statement once and keep its rows under a name."""

    def view(self, name: str, sql: str) -> None:
        """Give a statement a name, computed at each use."""

    def drop(self, *names: str) -> None:
        """Forget relations that nothing needs any more, and give their memory back."""

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run a statement and return its rows."""

    def batches(self, sql: str, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a statement and return its rows in batches, so that memory stays flat."""

    def write_parquet(self, sql: str, file: Path) -> int:
        """Run a statement into a Parquet file and return the number of rows."""


class Engine(Protocol):
    """Opens sessions."""

    name: str

    def session(self, *, megabytes: int | None = None) -> AbstractContextManager[Session]:
        """A fresh session, forgotten at the end; `megabytes` is what it may take, where the
        engine's own limit would be too much."""
