"""The command line as a person uses it: words in, data on stdout, the rest on stderr, an exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from said import Run, Said

from regulars import cli
from regulars.app import init_shop
from regulars.words import speak

PEOPLE = """Customer ID,First Name,Last Name,Email,Phone,City,Birth Date,Accepts Email
1,Ann,Roy,ann@example.ca,514 555-0101,Laval,1980-05-31,yes
2,Anne,Roy,ann@example.ca,514 555-0101,Laval,1980-05-31,yes
3,Bob,Lee,bob@example.ca,514 555-0103,Laval,1975-02-11,no
"""
ORDERS = """Order ID,Order Date,Customer ID,Product ID,Quantity,Price
1001,2026-08-03,1,MUG,1,400.00
1002,2026-09-14,2,POT,2,75.00
1003,2026-09-25,3,MUG,1,10.00
1004,never,3,MUG,1,10.00
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in this process, as the script would."""
    monkeypatch.setenv("LC_ALL", "C")

    def one(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["regulars", *words])
        speak(None)
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        return Said(code, *capsys.readouterr())

    yield one
    speak(None)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in which everything was done once: loaded, matched, built, planned, backed up; and its files."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    shop = init_shop(folder, name="Chez Nous")
    with (folder / "settings.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sources.till]\ncustomers = "shop"\n')
    shop.close()
    (folder / "exports").mkdir()
    (folder / "exports" / "people.csv").write_text(PEOPLE, "utf-8")
    (folder / "exports" / "orders.csv").write_text(ORDERS, "utf-8")
    here = Path.cwd()
    os.chdir(folder)
    try:
        for words in ("people.csv --source shop", "orders.csv --source till"):
            _quietly("load", *f"exports/{words}".split())
        _quietly("plan", "--as-of", "2026-10-31")
        _quietly("lock", "P1", "city=Laval")
        _quietly("backup", "shop-backup.zip")
    finally:
        os.chdir(here)
    return folder


def _quietly(*words: str) -> None:
    with open(os.devnull, "w") as nowhere:
        before = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = nowhere
        try:
            cli.regulars.main(list(words), standalone_mode=False)
        finally:
            sys.stdout, sys.stderr = before


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that shop, and the folder a person is in."""
    folder = tmp_path / "here"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def empty(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop in which nothing happened yet, and the folder a person is in."""
    folder = tmp_path / "empty"
    assert run("init", str(folder)).code == 0
    monkeypatch.chdir(folder)
    return folder
