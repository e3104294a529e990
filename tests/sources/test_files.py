"""Which files a person means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from regulars.errors import Invalid, NotFound
from regulars.sources.reading.files import find_files


def test_a_folder_is_searched_to_the_bottom_for_files_we_can_read(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "sub/c.jsonl.gz", "notes.docx", ".hidden.csv", "~$a.xlsx", ".git/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [file.name for file in find_files([tmp_path]).tables] == ["a.xlsx", "b.csv", "c.jsonl.gz"]


def test_a_folder_in_a_folder_that_may_not_be_opened_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "closed/b.csv", ".hidden/closed/c.csv", "own/closed/d.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    may = os.access  # of root everything may be opened, so the folder is refused here
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "closed" and may(path, mode))
    with pytest.raises(PermissionError) as said:
        find_files([tmp_path], [tmp_path / "own"])
    assert said.value.filename == str(tmp_path / "closed")
    (tmp_path / "closed").rename(tmp_path / "open")
    found = find_files([tmp_path], [tmp_path / "own"])
    assert [file.name for file in found.tables] == ["a.csv", "b.csv"]


def test_a_file_named_twice_is_loaded_once(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x")
    assert find_files([file, tmp_path, tmp_path / "*.csv"]).tables == [file]


def test_a_file_named_by_itself_may_be_called_anything(tmp_path: Path) -> None:
    file = tmp_path / "export of tuesday"
    file.write_text("x")
    assert find_files([str(file)]).tables == [file]


def test_a_file_name_with_brackets_is_a_file_name(tmp_path: Path) -> None:
    file = tmp_path / "orders [1].csv"
    file.write_text("x")
    assert find_files([str(file)]).tables == [file]


def test_what_terminals_and_systems_find_for_a_star_is_no_export(tmp_path: Path) -> None:
    names = (
        "a.csv",
        "~$a.xlsx",
        "Thumbs.db",
        "desktop.ini",
        "README",
        "LISEZMOI.txt",
        "licence.md",
        "logo.png",
        "own.db",
    )
    files = [tmp_path / name for name in names]
    for file in files:
        file.write_text("x")
    starred, folder = find_files(files, [tmp_path / "own.db"]), find_files([tmp_path], [tmp_path / "own.db"])
    assert [file.name for file in starred.tables] == ["a.csv", "logo.png"], (
        "a picture that is named is looked at"
    )
    assert [file.name for file in folder.tables] == ["a.csv"]
    assert [file.name for file in folder.others] == ["logo.png"]
    assert {file.name for file in folder.readmes} == {"README", "LISEZMOI.txt", "licence.md"}
    assert find_files([tmp_path / "README"]).tables == [tmp_path / "README"], (
        "alone, it may be called anything"
    )
    with pytest.raises(Invalid, match="none of these"):
        find_files([tmp_path / "README", tmp_path / "Thumbs.db"])


def test_a_folder_without_files_is_said_with_what_would_be_read(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="has no file to load") as problem:
        find_files([tmp_path])
    assert ".csv" in problem.value.next_step


def test_a_lock_that_a_star_finds_in_this_folder_is_nobodys_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "~$a.xlsx"):
        Path(name).write_text("x")
    assert find_files(["a.csv", "~$a.xlsx"]).tables == [Path("a.csv")]
    with pytest.raises(NotFound):
        find_files(["~nobody-of-this-name/a.csv"])


@pytest.mark.parametrize("name", ["nothing.csv", "*.csv"])
def test_a_file_that_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        find_files([tmp_path / name])
