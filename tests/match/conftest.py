"""Shops for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_shop import Shop

from regulars.engine.duckdb import DuckDBEngine
from regulars.settings import settings_from
from regulars.store import Store
from regulars.store.lake import Lake
from regulars.store.sqlite import sqlite


@pytest.fixture
def new_shop(tmp_path: Path, takes_seconds: None) -> Iterator[Callable[..., Shop]]:
    """Open as many empty shops as a test wants."""
    opened: list[Shop] = []

    def make(**settings: object) -> Shop:
        folder = tmp_path / f"shop{len(opened)}"
        folder.mkdir()
        values = {name: settings[name] for name in ("blocked_values", "allowed_values") if name in settings}
        others = {name: value for name, value in settings.items() if name not in values}
        read = settings_from({"match": values}, "settings")
        shop = Shop(
            store=Store(sqlite(folder / "shop.db")),
            engine=DuckDBEngine(folder),
            settings=replace(read, match=replace(read.match, **others)),  # type: ignore[arg-type]
            lake=Lake(folder / "lake"),
        )
        opened.append(shop)
        return shop

    yield make
    for shop in opened:
        shop.store.close()


@pytest.fixture
def shop(new_shop: Callable[..., Shop]) -> Shop:
    return new_shop()
