"""However narrow the terminal: an id, a number, a name of a file can be read whole, and used in the next command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from said import Run

from regulars.cli.command import out
from regulars.cli.pages.tables import number, print_table, text, whole

LONG = "square_customers_of_the_old_till_2026.csv"


@pytest.mark.parametrize("width", [200, 100, 80, 60, 40])
def test_ids_and_numbers_are_whole_at_any_width(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(out, "width", width)
    record, count = "square:KP62SHQHWTGYFGHYTW9PNSBKHL", "1,234,567"
    sentence = "alike, but their other records are not, and nobody knows why"
    print_table(
        (whole("record"), number("rows"), text("why it waits")),
        [(record, count, sentence), ("shop:1", "2", "")],
    )
    said = capsys.readouterr().out
    assert record in said
    assert count in said
    assert "…" not in said
    assert set(sentence.split()) <= set(said.split())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_waterfall_is_whole_at_any_width(
    lang: str, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {}
    for width in (40, 60, 80):
        monkeypatch.setattr(out, "width", width)
        said = run("explain", "shop:1", "shop:3", "--lang", lang).out
        bars = [line for line in said.splitlines() if re.search("[█░]", line)]
        assert max(map(len, bars)) <= width
        told[width] = [re.findall(r"[-+]\d+[.,]\d", line) for line in bars]
        assert all(len(numbers) == 2 for numbers in told[width])
        assert re.search(r"^(before looking|avant de regarder)\b", said, re.MULTILINE)
        assert "…" not in said
    assert told[40] == told[60] == told[80]
    assert len(told[40]) > 3


def test_a_column_without_a_title_has_no_colon_where_rows_stand_by_themselves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(out, "width", 20)
    print_table((whole("field"), text(""), whole("A")), [("loyalty_card_number", "=", "600123")])
    said = capsys.readouterr().out.split()
    assert "=" in said
    assert ":" not in said


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_list_says_names_of_files_and_ids_whole(
    width: int, lang: str, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "exports" / "people.csv").rename(here / LONG)
    with (here / LONG).open("a", encoding="utf-8") as file:
        file.write("4,Zoé,Sparrow,zoe@example.ca,x,Laval,someday,perhaps\n")
    monkeypatch.setattr(out, "width", width)
    assert LONG in run("load", LONG, "--source", "old_till_of_the_shop", "--lang", lang).out
    assert LONG in run("imports", "--lang", lang).out
    assert "shop:1" in run("explain", "shop:1", "shop:3", "--lang", lang).out
    assert "birthday_this_month" in run("segments", "--lang", lang).out
    assert "…" not in run("show", "roy", "--lang", lang).out


def test_no_line_of_a_cell_begins_with_a_sign_that_belongs_to_the_word_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "Ils ne viennent plus : quelques-uns reviendront, au prix de 1\u00a0295,00\u00a0$."
    for width in range(24, 60):
        monkeypatch.setattr(out, "width", width)
        print_table((whole("segment"), text("pourquoi")), [("lapsed", sentence)])
        said = capsys.readouterr().out
        assert "plus\u00a0:" in said, width
        assert "1\u00a0295,00\u00a0$" in said, width


def test_the_title_of_a_table_goes_on_in_the_next_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(out, "width", 40)
    monkeypatch.setattr(out, "_force_terminal", True)
    title = "What happened after Oct 31, 2026, so not in the numbers above"
    print_table((whole("when"), number("rows")), [("shop:1", "2")], title=title)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(" ".join(lines[:2]).split()) == title


def test_a_column_without_a_title_may_have_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    print_table((text("field"), text(""), text("A")), [("phone", "", "+1 514-555-0101")])
    assert "phone" in capsys.readouterr().out
