"""Where facts rest: SQLite by default, PostgreSQL for those who outgrow it, and the Parquet lake beside either.

The store is the truth; the lake mirrors its facts for the engine and can always be rebuilt. Rooms are handed a
`Store` and ask it for a connection to read or to write; writers take turns.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from regulars.errors import RegularsError, Unavailable, full_disk
from regulars.store import erasure
from regulars.store.lake import Lake
from regulars.store.schema import migrate
from regulars.words import _

__all__ = ["Connection", "Store"]


class Store:
    """A database of one shop."""

    def __init__(self, database: sqlalchemy.Engine) -> None:
        """Bring the database to the tables of this version. `Unavailable` when it is locked, full or damaged."""
        self.database = database
        self._turn = threading.Lock()
        with in_words():
            migrate(database)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with in_words(), self.database.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that writes. It is the writers' lease: keep it under 50 ms, and long work in many of them."""
        with self._turn, in_words(), self.database.connect() as connection:
            writer = connection.execution_options(regulars_writes=True)
            with writer.begin():
                yield writer

    @contextmanager
    def rehearse(self) -> Iterator[Connection]:
        """A transaction whose writes are rolled back at the end."""
        with self._turn, in_words(), self.database.connect() as connection:
            writer = connection.execution_options(regulars_writes=True)
            with writer.begin() as transaction:
                yield writer
                transaction.rollback()

    def erase(self, records: Iterable[int], lake: Lake, *, who: str, now_us: int) -> None:
        """Remove everything personal of some records, from every table and from the files of the lake.

        What was bought stays as sales of nobody, and person ids resolve to nobody. Once this has begun it is ended by
        `end_erasure`, whatever interrupts it.
        """
        with self.write() as connection:
            erasure.begin(connection, records, who, now_us)
        self.end_erasure(lake, now_us=now_us)

    def end_erasure(self, lake: Lake, *, now_us: int) -> None:
        """Finish an erasure that was interrupted, if one was."""
        erasure.finish(self, lake, now_us)

    def settle(self) -> None:
        """See to it that what is deleted stands no more in the log beside the store (SQLite's) either.

        `Unavailable` while another program still reads that log.
        """
        if self.database.dialect.name == "sqlite":
            with in_words(), closing(self.database.raw_connection()) as connection:
                (busy, *_pages) = connection.cursor().execute("pragma wal_checkpoint(truncate)").fetchone()
            if busy:
                raise Unavailable(
                    _(
                        "what was erased still stands in the log beside the store: another program reads this shop"
                    ),
                    _("end that program; the next command here finishes the erasure"),
                )

    def close(self) -> None:
        """Close every connection."""
        self.database.dispose()


@contextmanager
def in_words() -> Iterator[None]:
    """Say in a sentence what a database says in code."""
    try:
        yield
    except DatabaseError as problem:
        if type(problem) not in (OperationalError, DatabaseError):
            raise
        raise _sentence(str(problem.orig)) from problem
    except Exception as problem:  # of a driver, by way of a cursor
        if not _is_raw(problem):
            raise
        raise _sentence(str(problem)) from problem


def _is_raw(problem: Exception) -> bool:
    """Whether an error is a driver's own, and says that the database cannot, not that it was asked wrongly."""
    if isinstance(problem, sqlite3.Error):
        return type(problem) in (sqlite3.OperationalError, sqlite3.DatabaseError)
    of_driver = (one.__name__ for one in type(problem).__mro__ if one.__module__.startswith("psycopg"))
    return "OperationalError" in of_driver


def _sentence(problem: str) -> RegularsError:
    if "locked" in problem or "busy" in problem:
        return Unavailable(
            _("the store is locked: another program is writing to this shop"),
            _("wait until it has finished, then try again; nothing was lost"),
        )
    if "full" in problem:
        return full_disk()
    if "unable to open" in problem:
        return Unavailable(_("the store may not be opened"), _("check who owns the shop's folder"))
    if "readonly" in problem:
        return Unavailable(
            _("the store may be read and not written"),
            _("check who owns the shop's folder"),
        )
    if "not a database" in problem or "malformed" in problem:
        return Unavailable(
            _("the store is damaged: {problem}", problem=problem),
            _("bring the last backup back with `regulars restore`, into a new folder"),
        )
    return Unavailable(_("the store does not answer: {problem}", problem=problem), _("try again"))
