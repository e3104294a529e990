"""SQLite: one file, write-ahead log, every commit on disk before it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

FILE_NAME = "shop.db"
#: How long a writer waits for another program's turn.
BUSY_SECONDS = 10
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",  # 64 MiB
    "temp_store = MEMORY",
)


def sqlite(path: Path) -> sqlalchemy.Engine:
    """The database in a file, made when it is missing."""
    database = sqlalchemy.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(database, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, in `_begin`
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(database, "begin")
    def _begin(connection: sqlalchemy.Connection) -> None:
        writes = connection.get_execution_options().get("regulars_writes", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    @event.listens_for(database, "handle_error")
    def _keep(context: ExceptionContext) -> None:
        # Ctrl-C breaks off a statement, not the connection. Dropped with its cursor open it would keep its lock, and
        # what was begun could not be taken back.
        if not isinstance(context.original_exception, Exception):
            context.is_disconnect = False

    return database
