"""A sentence longer than the terminal goes on between two words; what is piped or copied stays in one line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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
