"""The composition root: settings become a store, an engine and a lake, and these become a `Shop`."""

from __future__ import annotations

import json
import secrets
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy

from regulars.clean.one import Cleaned, clean_one
from regulars.engine.duckdb import DuckDBEngine
from regulars.errors import Invalid, NotFound, Refused
from regulars.flow import Ground
from regulars.flow import backup as backup_flow
from regulars.flow.chain import build as build_flow
from regulars.flow.chain import plan as plan_flow
from regulars.flow.outputs import filling
from regulars.model.clock import Now, to_us
from regulars.settings import FILE_NAME, Settings, read_settings, settings_from
from regulars.shop import Shop
from regulars.store import Store, ledgers
from regulars.store.lake import Lake
from regulars.store.postgresql import postgresql
from regulars.store.sqlite import FILE_NAME as STORE_FILE
from regulars.store.sqlite import sqlite
from regulars.words import _

SETTINGS_TEMPLATE = """# What Regulars needs to know of this shop. docs/reference/settings.md lists every setting.
[shop]
name = {name}
country = {country}
currency = {currency}
time_zone = {time_zone}
languages = ["fr", "en"]
"""


def utc_now() -> datetime:
    """What time it is. Nobody else asks."""
    return datetime.now(UTC)


def init_shop(
    folder: Path,
    *,
    name: str = "My shop",
    country: str = "CA",
    currency: str = "CAD",
    time_zone: str = "America/Toronto",
) -> Shop:
    """Make a new, empty shop in a folder: its settings and its store."""
    if (folder / FILE_NAME).exists():
        raise Refused(_("there is a shop in '{folder}' already", folder=folder), _("choose another folder"))
    if folder.exists() and not folder.is_dir():
        raise Invalid(_("'{folder}' is a file", folder=folder), _("choose another folder"))
    given = {"name": name, "country": country, "currency": currency, "time_zone": time_zone}
    text = SETTINGS_TEMPLATE.format(
        **{key: json.dumps(value, ensure_ascii=False) for key, value in given.items()}
    )
    settings_from(tomllib.loads(text), FILE_NAME)
    with filling(folder):
        (folder / FILE_NAME).write_text(text, "utf-8")
        Store(sqlite(folder / STORE_FILE)).close()
        return open_shop(folder)


def open_shop(folder: Path, *, now: Now = utc_now) -> Shop:
    """Open the shop in a folder."""
    settings = read_settings(folder)
    store = Store(_database(folder, settings))
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    ground = Ground(
        folder=folder,
        store=store,
        lake=Lake(folder / "lake"),
        engine=DuckDBEngine(scratch),
        settings=settings,
        now=now,
    )
    _ensure_salt(store)
    return Shop(ground)


def clean_record(fields: Mapping[str, str], settings: Settings) -> Cleaned:
    """One record, cleaned as the files of a shop with these settings are, with suggestions; it needs no shop."""
    return clean_one(fields, settings, now_us=to_us(utc_now()))


def restore_shop(archive: Path, folder: Path) -> Shop:
    """Make a shop of a backup; its lake is written anew from the store."""
    backup_flow.restore(archive, folder)
    shop = open_shop(folder)
    build_flow.refresh_lake(shop.ground)
    return shop


def _database(folder: Path, settings: Settings) -> sqlalchemy.Engine:
    match settings.store.url.partition(":")[0]:
        case "":
            if not (folder / STORE_FILE).exists():
                raise NotFound(
                    _("the store of this shop is missing: '{file}'", file=folder / STORE_FILE),
                    _("bring the last backup back with `regulars restore`, into a new folder"),
                )
            return sqlite(folder / STORE_FILE)
        case "postgresql" | "postgresql+psycopg":
            return postgresql(settings.store.url)
        case other:
            raise Invalid(
                _("there is no store '{kind}'", kind=other),
                _("leave [store] url empty, or give a postgresql:// URL"),
            )


def _ensure_salt(store: Store) -> None:
    """Control groups are drawn with a salt of the shop's own, made once."""
    with store.read() as connection:
        kept = ledgers.recall(connection, plan_flow.SALT)
    if kept is None:
        with store.write() as connection:
            ledgers.remember(connection, plan_flow.SALT, secrets.token_hex(16))
