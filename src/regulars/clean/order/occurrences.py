"""How often each line without an id of its own was met in one file: the n-th of equal lines is one line for ever.

Counts rest in a temporary SQLite database, so that a file of any size needs the same memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from types import TracebackType

_STEP = 500


class Occurrences:
    """Counts by key hash."""

    def __init__(self) -> None:
        """Nothing is counted yet; leaving the `with` forgets all counts."""
        self._counts = sqlite3.connect("")  # a file that SQLite deletes by itself
        self._counts.execute(
            "create table counts (key_hash integer primary key, n integer not null) without rowid"
        )

    def __enter__(self) -> Occurrences:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._counts.close()

    def number(self, key_hashes: list[int]) -> list[int]:
        """The number of each line among the equal ones met so far, from 1; the lines count as met."""
        met = self.met(set(key_hashes))
        numbers = []
        for key_hash in key_hashes:
            met[key_hash] = met.get(key_hash, 0) + 1
            numbers.append(met[key_hash])
        self._counts.executemany("insert or replace into counts values (?, ?)", met.items())
        return numbers

    def met(self, keys: Iterable[int]) -> dict[int, int]:
        """How often each key was met so far; keys that were not are left out."""
        wanted = sorted(keys)
        met: dict[int, int] = {}
        for at in range(0, len(wanted), _STEP):
            part = wanted[at : at + _STEP]
            marks = ",".join("?" * len(part))
            met.update(
                self._counts.execute(
                    f"select key_hash, n from counts where key_hash in ({marks})", part
                ).fetchall()
            )
        return met
