"""From a file to a result, as a shop's owner goes: shops in a folder of their own, with the clock of the world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from regulars.app import init_shop
from regulars.shop import Shop


@pytest.fixture
def shop(tmp_path: Path, takes_seconds: None) -> Iterator[Shop]:
    """A new shop in Quebec."""
    made = init_shop(tmp_path / "shop")
    yield made
    made.close()


@pytest.fixture
def mappings() -> Path:
    """The folder of the mapping files that the project shows as examples."""
    return Path(__file__).parents[2] / "examples" / "mappings"
