"""Small shops with a clock of their own, and small files to load into them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from small_files import Clock, Exports, Fill, Filled, NewShop, Write

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
def new_shop(
    empty_shop: Path, tmp_path_factory: pytest.TempPathFactory, takes_seconds: None
) -> Iterator[NewShop]:
    """Make a shop in June, or on the clock `now`, empty or a copy of the one in a folder; `settings` are further lines
    of its settings.toml."""
    made: list[Shop] = []

    def make(settings: str = "", now: Clock | None = None, of: Path = empty_shop) -> Shop:
        folder = tmp_path_factory.mktemp("shop") / "shop"
        shutil.copytree(of, folder)
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


def _writes_to(folder: Path) -> Write:
    """Write the lines of a file into a folder."""

    def make(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return make


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the lines of a file, in a folder of this test."""
    return _writes_to(tmp_path)


@pytest.fixture(scope="session")
def filled_once() -> dict[Fill, tuple[Path, datetime]]:
    """By the function that filled it: the folder of a shop, and how late it was there."""
    return {}


@pytest.fixture
def filled(
    new_shop: NewShop,
    filled_once: dict[Fill, tuple[Path, datetime]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Filled:
    """Give a test a copy of a shop that is filled once, for all tests that begin with it."""

    def copy(fill: Fill) -> Shop:
        if fill not in filled_once:
            shop = new_shop()
            fill(shop, _writes_to(tmp_path_factory.mktemp("files")))
            assert isinstance(shop.ground.now, Clock)
            filled_once[fill] = shop.ground.folder, shop.ground.now.now
            shop.close()
        clock = Clock()
        folder, clock.now = filled_once[fill]
        return new_shop(now=clock, of=folder)

    return copy


@pytest.fixture
def exports_of() -> Exports:
    """What others see of a shop after a build: the rows of every export but the plan's, whatever their order."""

    def rows(shop: Shop) -> dict[str, list[str]]:
        shop.build("2024-06-01")
        with shop.ground.engine.session() as session:  # one for all: opening one takes as long as a table
            return {
                name: sorted(str(row) for row in session.rows(statement(session, shop.ground)).to_pylist())
                for name, statement in EXPORTS.items()
                if name != "decisions"
            }

    return rows
