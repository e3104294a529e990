from __future__ import annotations

import re

import pytest
from pages import ROOT, Terminal, follow, steps

HOW_TO = sorted((ROOT / "docs" / "howto").glob("*.md"))


def test_the_first_day_of_the_tutorial_prints_what_it_says(terminal: Terminal) -> None:
    assert follow(ROOT / "docs" / "tutorial" / "first-day.md", terminal) >= 12


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_each_how_to_prints_what_it_says(page: object, terminal: Terminal) -> None:
    follow(page, terminal)


@pytest.mark.slow
def test_the_readme_prints_what_it_says(terminal: Terminal) -> None:
    assert follow(ROOT / "README.md", terminal)


@pytest.mark.slow
def test_every_command_of_the_readme_runs_after_the_demo(terminal: Terminal) -> None:
    blocks = re.findall(
        r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    commands = [
        line.removeprefix("$ ")
        for block in blocks
        for line in block.splitlines()
        if line.startswith("$ regulars")
    ]
    assert commands
    for command in commands:
        printed = terminal.run(command)
        assert "Traceback" not in printed
        assert not re.search(r"^regulars: ", printed, re.MULTILINE), f"$ {command}\n{printed}"


def test_a_page_that_prints_something_else_is_noticed(terminal: Terminal) -> None:
    page = terminal.folder / "wrong.md"
    page.write_text("```console\n$ regulars init a-shop\nNothing was made.\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="A new shop is in"):
        follow(page, terminal)


def test_an_ellipsis_stands_for_the_rest_of_a_line_or_for_lines(terminal: Terminal) -> None:
    page = terminal.folder / "page.md"
    page.write_text("```console\n$ printf 'one two\\nthree\\nfour\\n'\none …\n…\nfour\n```\n", "utf-8")
    assert [step.expected for step in steps(page)] == [["one …", "…", "four"]]
    assert follow(page, terminal) == 1
