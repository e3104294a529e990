"""A name of thousands of letters, as a cell with a pasted page in it, takes a line of a page; as data it is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop

pytestmark = pytest.mark.slow
LONG = "Anna" * 1250
KEY = "KEY" * 1000
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


@pytest.fixture(scope="module")
def long_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    rows = ["1,Ann,Roy,a@example.ca", "2,Ann,Roy,a@example.ca", "3,Bob,Roy,a@example.ca", "4,Guest,,"]
    people = [f"{KEY}{row}" for row in rows]
    (folder / "people.csv").write_text(
        "\n".join(["Customer ID,First Name,Last Name,Email", *people]), "utf-8"
    )
    shop = init_shop(folder / "shop")
    shop.load([folder / "people.csv"], source="shop")
    shop.build()
    shop.close()
    return folder / "shop"


@pytest.mark.parametrize(
    "words",
    [
        "show {}1", "show {}4", "show {}9", "show {}1 --on 2020-01-01", "review --list",
        "explain {}1 {}2", "explain {}1 {}3", "explain {}1 {}4", "explain {}1 {}9",
        "merge {}1 {}4", "merge {}1 {}9", "merge {}1 P1", "unmerge {}4", "unmerge {}9", "unmerge P1",
        "lock {}1 city=Laval",
    ],
)  # fmt: skip
def test_of_a_very_long_key_a_page_and_an_error_show_the_beginning(
    words: str, run: Run, long_keys: Path
) -> None:
    said = run(*words.replace("{}", f"shop:{KEY}").split(), "--shop", str(long_keys))
    told = said.out + said.err
    assert "shop:KEY" in told
    assert KEY not in told
    assert "…" in told


def test_as_data_a_very_long_key_is_whole(run: Run, long_keys: Path) -> None:
    words = "--shop", str(long_keys), "--json"
    assert f"shop:{KEY}1" in run("explain", f"shop:{KEY}1", f"shop:{KEY}2", *words).out
    assert f"{KEY}1" in run("show", f"shop:{KEY}1", *words).out
    assert f"shop:{KEY}" in run("review", *words).out


def test_as_data_it_is_whole(run: Run, long_names: Path) -> None:
    page = json.loads(run("show", "shop:1", "--json", "--shop", str(long_names)).out)
    assert LONG in json.dumps(page)
