"""Bring a database to the newest schema. Migrations are files; each says what it does."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy
from sqlalchemy import inspect, text

from regulars.errors import Refused
from regulars.words import _

FOLDER = Path(__file__).parent / "migrations"


def newest() -> str:
    """The revision of the newest migration: the first word of its file's name."""
    return max(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py"))


def migrate(database: sqlalchemy.Engine) -> None:
    """Run the migrations that this database has not had. Alembic is loaded only when there are any."""
    current = _current(database)
    if current == newest():
        return
    if current is not None and current > newest():
        raise Refused(
            _("this shop was made by a newer version of Regulars"), _("install that version, then try again")
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["database"] = database
    command.upgrade(config, "head")


def _current(database: sqlalchemy.Engine) -> str | None:
    with database.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()
