"""What `match` says of shops in which there is little to match."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop


@pytest.fixture
def shop_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    init_shop(tmp_path / "shop").close()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def load(run: Run, shop: Path, rows: str) -> None:
    (shop / "people.csv").write_text(rows, "utf-8")
    assert run("load", "people.csv", "--source", "shop").code == 0


def test_where_nothing_was_joined_no_identifier_is_said_to_have_joined_any(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,Email\n1,ann@example.ca\n2,bob@example.ca\n")
    said = run("match").out
    assert "0 joined" in said
    assert "No identifier joined any" in said
    assert "Only exact identifiers" not in said


def test_records_that_are_nobody_are_told_beside_the_others(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n2,Guest,\n3,Walk-in,\n")
    said = run("match").out
    assert "From 1 record to 1 person" in said
    assert "2 more records are nobody" in said
    assert '"nobodies": 2' in run("match", "--json").out
