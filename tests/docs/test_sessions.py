from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import ROOT, Terminal, follow, steps

HOW_TO = sorted((ROOT / "docs" / "howto").glob("*.md"))
#: How many commands each page of the tutorial has at least.
TUTORIAL = {"first-day": 12, "demo": 7}


@pytest.mark.slow
@pytest.mark.parametrize(("page", "commands"), TUTORIAL.items())
def test_each_page_of_the_tutorial_prints_what_it_says(page: str, commands: int, terminal: Terminal) -> None:
    assert follow(ROOT / "docs" / "tutorial" / f"{page}.md", terminal) >= commands


def test_no_page_of_the_tutorial_is_left_out() -> None:
    assert {page.stem for page in (ROOT / "docs" / "tutorial").glob("*.md")} == TUTORIAL.keys()


@pytest.mark.slow
@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_each_how_to_prints_what_it_says(page: Path, terminal: Terminal) -> None:
    follow(page, terminal)


@pytest.mark.slow
def test_the_readme_works_as_printed(terminal: Terminal) -> None:
    readme = ROOT / "README.md"
    assert follow(readme, terminal) == 1
    for command in _lines(readme, "sh"):
        if command.startswith("$ regulars ") and command != "$ regulars demo":
            printed = terminal.run(command.removeprefix("$ "))
            assert not re.search(r"^(regulars: |Traceback)", printed, re.MULTILINE), f"{command}\n{printed}"
    exec("\n".join(_lines(readme, "python")), {})


def _lines(page: Path, language: str) -> list[str]:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return "".join(blocks).splitlines()


def test_a_page_that_prints_something_else_is_noticed(terminal: Terminal) -> None:
    page = terminal.folder / "wrong.md"
    page.write_text("```console\n$ regulars init a-shop\nNothing was made.\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="A new shop is in"):
        follow(page, terminal)


def test_figures_of_chance_may_be_near_those_of_the_page_and_not_far(terminal: Terminal) -> None:
    page = terminal.folder / "page.md"
    page.write_text("```console about\n$ printf '7 of 40 people, 2026'\n5 of 40 people, 2026\n```\n", "utf-8")
    assert follow(page, terminal) == 1
    page.write_text(
        "```console about\n$ printf '70 of 40 people, 2026'\n5 of 40 people, 2026\n```\n", "utf-8"
    )
    with pytest.raises(AssertionError, match=r"far from what is told: \[\('5', '70'\)\]"):
        follow(page, terminal)


def test_an_ellipsis_stands_for_the_rest_of_a_line_or_for_lines(terminal: Terminal) -> None:
    page = terminal.folder / "page.md"
    page.write_text("```console\n$ printf 'one two\\nthree\\nfour\\n'\none …\n…\nfour\n```\n", "utf-8")
    assert [step.expected for step in steps(page)] == [["one …", "…", "four"]]
    assert follow(page, terminal) == 1
