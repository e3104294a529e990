"""Files are written whole or not at all, never over the shop itself; a shop that may not be written can be read."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from said import Run


@pytest.mark.parametrize(
    "words",
    [
        "backup shop.db",
        "backup settings.toml",
        "backup ../here/shop.db",
        "plan --as-of 2026-10-31 --list settings.toml",
        "rejects --output shop.db",
        "export people --output lake/people.csv",
    ],
)
def test_no_file_takes_the_place_of_the_shop_s_own(run: Run, here: Path, words: str) -> None:
    before = (here / "settings.toml").read_bytes()
    said = run(*shlex.split(words))
    assert (said.code, "belongs to the shop itself" in said.err) == (4, True)
    assert (here / "settings.toml").read_bytes() == before
    assert run("show", "P1").code == 0


def test_a_file_that_cannot_be_finished_leaves_the_older_one(run: Run, here: Path) -> None:
    (here / "people.xlsx").write_text("of last month")
    shutil.rmtree(here / "lake")
    assert run("export", "profiles", "--output", "people.xlsx").code == 4
    assert (here / "people.xlsx").read_text() == "of last month"
    assert not list(here.glob(".regulars*"))


@pytest.mark.parametrize("words", ["backup", "plan --as-of 2026-10-31 --list", "rejects --output"])
def test_a_full_disk_is_said_by_what_writes_files(run: Run, here: Path, words: str) -> None:
    said = run(*shlex.split(words), "/dev/full")
    assert (said.code, "the disk is full" in said.err) == (75, True)


def test_orders_are_exported_also_when_the_lake_is_lost(run: Run, here: Path) -> None:
    assert run("export", "orders", "--output", "before.csv").code == 0
    shutil.rmtree(here / "lake")
    assert run("export", "orders", "--output", "after.csv").code == 0
    assert (here / "after.csv").read_text() == (here / "before.csv").read_text()


def test_a_shop_that_may_not_be_written_can_be_read(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(here / "shop.db")) as store:
        store.execute("pragma wal_checkpoint(truncate)")
    # As on a disk that is read only; the rights of files do not hold root back.
    monkeypatch.setattr(os, "access", lambda _place, mode: not mode & os.W_OK)
    before = {file: file.read_bytes() for file in here.glob("shop.db*")}
    for words, code in (("show P1", 0), ("imports", 0), ("count orders_lifetime>0", 0), ("undo 1", 75)):
        said = run(*words.split())
        assert said.code == code, (words, said, sorted(here.iterdir()))
    assert run("backup", "new.zip").code == 4
    assert {file: file.read_bytes() for file in here.glob("shop.db*")} == before


@pytest.mark.slow
def test_nobody_reads_on_and_that_is_no_error(here: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "regulars", "indicators"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout
        assert reading.stderr
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0


def test_a_shop_that_could_not_be_made_leaves_no_folder(run: Run, tmp_path: Path) -> None:
    for words in ("--time-zone Mars", "--currency DOLLAR"):
        assert run("init", str(tmp_path / "new" / "shop"), *words.split()).code == 2
        assert not (tmp_path / "new").exists()


def test_a_shop_s_name_may_have_any_letters(run: Run, tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "shop"), "--name", 'Chez "Nous"\\\nà côté').code == 0
    assert run("imports", "--shop", str(tmp_path / "shop")).code == 0
