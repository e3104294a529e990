"""The quality report as its owner reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run

from regulars.cli.command import out

PEOPLE = """Customer ID,First Name,Last Name,Postal Code,Province,Country,Birth Date,Age
1,Ann,Roy,H2J 2K5,QC,Canada,1980-05-31,46
2,Bob,Lee,H2J 2K5,ON,Canada,1980-05-31,20
3,Zoé,Côté,M5V 2T6,ON,Canada,,
"""
NAMES = "Customer ID,First Name,Last Name\n7,Ann,Roy\n"


@pytest.mark.slow
def test_fields_that_must_agree_are_shown_where_a_source_tells_both(
    run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out, "width", 140)
    (empty / "people.csv").write_text(PEOPLE, "utf-8")
    (empty / "names.csv").write_text(NAMES, "utf-8")
    assert run("load", "people.csv", "--source", "till").code == 0
    assert run("load", "names.csv", "--source", "letter").code == 0
    assert _shown(run("quality").out) == [
        ["till", "the age and the birth date are within two years of each other", "2", "1", "50%"],
        ["till", "the postal code is written as its country writes them", "3", "0", "0%"],
        ["till", "the postal code begins with a letter of its province", "3", "1", "33.3%"],
    ]
    assert "le code postal commence par une lettre de sa province" in run("quality", "--lang", "fr").out


def test_lines_are_whole_numbers_in_json(run: Run, here: Path) -> None:
    said = run("quality", "--json").data
    assert isinstance(said, dict)
    assert {one["source"]: repr(one["lines"]) for one in said["sources"]} == {"shop": "0", "till": "3"}


def _shown(page: str) -> list[list[str]]:
    """The rows of the table of what must agree."""
    table = page.split("what must agree")[1].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in table if line.startswith("│")]
