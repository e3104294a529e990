"""SQLite: one file, write-ahead log, every commit on disk before it counts."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from regulars.store import in_words

FILE_NAME = "shop.db"
#: How long a writer waits for another program's turn.
BUSY_SECONDS = 10
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten: erasing means the bytes
    "cache_size = -65536",  # 64 MiB
    "temp_store = MEMORY",
)


#: Those of a store that is only read; its journal is as it is.
_PRAGMAS_READING = _PRAGMAS[2:]


def sqlite(path: Path) -> sqlalchemy.Engine:
    """The database in a file, made when it is missing. Where nothing may be written, it can still be read."""
    how = _reading_only(path)
    url = sqlalchemy.URL.create("sqlite", database=f"file:{quote(str(path))}", query={"uri": "true", **how})
    database = sqlalchemy.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(database, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, in `_begin`
        for pragma in _PRAGMAS_READING if how else _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(database, "begin")
    def _begin(connection: sqlalchemy.Connection) -> None:
        writes = connection.get_execution_options().get("regulars_writes", False)
        cursor = (
            connection.connection.cursor()
        )  # what SQLAlchemy would do beside costs a third of a small transaction
        cursor.execute("begin immediate" if writes else "begin")
        cursor.close()

    @event.listens_for(database, "handle_error")
    def _keep(context: ExceptionContext) -> None:
        # Ctrl-C breaks off a statement, not the connection. Dropped with its cursor open it would keep its lock, and
        # what was begun could not be taken back.
        if not isinstance(context.original_exception, Exception):
            context.is_disconnect = False

    return database


def copy_store(store: Path, copy: Path) -> None:
    """Copy a store into a new file, as of one instant, while others may write to it."""
    how = "&".join(f"{name}={value}" for name, value in _reading_only(store).items())
    with (
        in_words(),
        closing(sqlite3.connect(f"file:{quote(str(store))}?{how}", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _reading_only(path: Path) -> dict[str, str]:
    """How SQLite is told that it may only read, where nothing may be written; elsewhere nothing.

    Without a log beside the file nobody is writing, and SQLite need not make one in order to read.
    """
    if not path.exists() or os.access(path.parent, os.W_OK):
        return {}
    logged = path.with_name(f"{path.name}-wal").exists()
    return {"mode": "ro"} if logged else {"mode": "ro", "immutable": "1"}
