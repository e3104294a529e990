"""Small shops with a clock of their own, and small files to load into them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_files import Clock, Exports, NewShop, Write

from regulars.app import init_shop, open_shop
from regulars.flow.export import EXPORTS
from regulars.shop import Shop


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shop in which nothing has happened yet."""
    folder = tmp_path_factory.mktemp("empty") / "shop"
    init_shop(folder).close()
    return folder


@pytest.fixture
def new_shop(empty_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewShop]:
    """Make a shop in June, or on the clock `now`; `settings` are further lines of its settings.toml."""
    made: list[Shop] = []

    def make(settings: str = "", now: Clock | None = None) -> Shop:
        folder = tmp_path_factory.mktemp("shop") / "shop"
        shutil.copytree(empty_shop, folder)
        with (folder / "settings.toml").open("a", encoding="utf-8") as file:
            file.write("\n" + settings)
        made.append(open_shop(folder, now=now or Clock()))
        return made[-1]

    yield make
    for shop in made:
        shop.close()


@pytest.fixture
def shop(new_shop: NewShop) -> Shop:
    return new_shop()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the lines of a file, in a folder of this test."""

    def make(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return make


@pytest.fixture
def exports_of() -> Exports:
    """What others see of a shop after a build: the rows of every export but the plan's, whatever their order."""

    def rows(shop: Shop) -> dict[str, list[str]]:
        shop.build("2024-06-01")
        return {
            name: sorted(str(row) for row in shop.table(name).to_pylist())
            for name in EXPORTS
            if name != "decisions"
        }

    return rows
