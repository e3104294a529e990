"""A name of thousands of letters, as a cell with a pasted page in it, takes a line of a page; as data it is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop

LONG = "Anna" * 1250
PEOPLE = f"""Customer ID,First Name,Last Name,Email,City
1,{LONG},Roy,one@example.ca,{LONG}
2,{LONG},Roy,two@example.ca,Laval
"""


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    shop = init_shop(folder / "shop")
    shop.load([folder / "people.csv"], source="shop")
    shop.build()
    shop.close()
    return folder / "shop"


@pytest.mark.parametrize(
    "words",
    ["show shop:1", "show Roy", "explain shop:1 shop:2", "merge Roy P1", "review --different shop:1 shop:2"],
)
def test_of_a_very_long_name_a_page_shows_the_beginning(words: str, run: Run, long_names: Path) -> None:
    said = run(*words.split(), "--shop", str(long_names))
    told = said.out + said.err
    assert "Anna" in told
    assert told.count("Anna") < 200
    assert "…" in told


def test_as_data_it_is_whole(run: Run, long_names: Path) -> None:
    page = json.loads(run("show", "shop:1", "--json", "--shop", str(long_names)).out)
    assert LONG in json.dumps(page)
