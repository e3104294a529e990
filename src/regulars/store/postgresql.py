"""PostgreSQL 15 or later, for shops that outgrow one file. Needs the extra `postgres`."""

from __future__ import annotations

import sqlalchemy


def postgresql(url: str) -> sqlalchemy.Engine:
    """The database at a URL, e.g. `postgresql+psycopg://user:password@host/shop`."""
    return sqlalchemy.create_engine(url, isolation_level="READ COMMITTED")
