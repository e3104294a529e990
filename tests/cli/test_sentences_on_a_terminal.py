"""A sentence longer than the terminal goes on between two words; what is piped or copied stays in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata

import pytest
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from regulars.cli.command import print_json
from regulars.cli.terminal import Terminal, broken

MISTAKE = [
    sys.executable,
    "-m",
    "regulars",
    "show",
    "nobody@example.com",
    "--shop",
    "a-folder-that-is-not-there",
]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_page_on_a_terminal_breaks_no_word_and_no_amount(width: int) -> None:
    sentence = (
        "   1\u00a0259  Laissé de côté\u00a0: «\u00a0Reconquête\u00a0» coûte 1\u00a0295,00\u00a0$ par an."
    )
    lines = broken(sentence, width).split("\n")
    assert max(map(len, lines)) <= width
    assert " ".join(line.strip() for line in lines) == sentence.strip()
    assert any("1\u00a0295,00\u00a0$" in line for line in lines)


def test_what_goes_on_stands_under_the_text_not_under_its_number() -> None:
    said = broken("         133  Left out: no channel can be used, and nobody knows why", 60)
    assert said.split("\n") == [
        "         133  Left out: no channel can be used, and nobody",
        " " * 14 + "knows why",
    ]


@pytest.mark.parametrize(("forced", "most"), [("1", 40), ("", 1000)])
def test_an_error_is_broken_on_a_terminal_and_whole_in_a_file(forced: str, most: int) -> None:
    world = {**os.environ, "COLUMNS": "40", "FORCE_COLOR": forced, "LANG": "en_CA.UTF-8", "LC_ALL": ""}
    said = subprocess.run(MISTAKE, env=world, capture_output=True, text=True, check=False).stderr.split("\n")
    whole = "regulars: there is no shop in 'a-folder-that-is-not-there'"
    assert max(map(len, said)) <= most
    assert (whole in said) is (forced == "")
    assert " ".join(line.strip() for line in said).startswith(whole)


def test_a_command_to_be_copied_stays_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    command = "regulars plan --list tomorrow.csv --as-of 2026-10-31 --shop demo-shop"
    Terminal(soft_wrap=True, force_terminal=True, width=40).print(
        command, no_wrap=True, markup=False, highlight=False
    )
    assert command in capsys.readouterr().out


@pytest.mark.parametrize("on_a_terminal", [True, False])
def test_no_control_sign_of_the_data_is_printed(
    on_a_terminal: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "Jo\x07hn\x1b[31m Roy\x9b2J\u202e\u2066 \x7fNord\x1b]0;title\x07"
    table = Table("name", "shop\x1b[2J")
    table.add_row(Text(said), said)
    terminal = Terminal(soft_wrap=True, force_terminal=on_a_terminal, color_system=None, width=120)
    terminal.print(said, markup=False)
    terminal.print(Panel(table), f"[bold]{said}[/bold]")
    terminal.print(said, no_wrap=True, style="red")
    printed = capsys.readouterr().out
    assert printed.count("Nord") == 5
    assert not [sign for sign in printed if unicodedata.category(sign) in ("Cc", "Cf") and sign != "\n"]


def test_a_page_keeps_its_own_colours(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(force_terminal=True, color_system="standard", width=40).print(
        "Roy\x1b[2J", style="red", markup=False, highlight=False
    )
    assert capsys.readouterr().out == "\x1b[31mRoy[2J\x1b[0m\n"


def test_json_says_a_control_sign_in_signs_that_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"name": "Jo\x1b[31mhn \x9b\x7f\u202eÉ"}
    print_json(data)
    printed = capsys.readouterr().out
    assert printed == '{\n  "name": "Jo\\u001b[31mhn \\u009b\\u007f\\u202eÉ"\n}\n'
    assert json.loads(printed) == data
