"""What people said and no match has made so yet: a merge or an unmerge that somebody interrupted."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run
from test_mistakes import pressing_ctrl_c

pytestmark = pytest.mark.slow  # each is interrupted, and matched again

PEOPLE = """Customer ID,First Name,Last Name,Email
1,Ann,Roy,ann@example.ca
2,Bob,Lee,bob@example.ca
3,Bob,Lee,bob@example.ca
4,Eve,Fox,eve@example.ca
"""


@pytest.fixture
def three(run: Run, empty: Path) -> Path:
    """A shop with three people, of whom one is two records."""
    (empty / "people.csv").write_text(PEOPLE, "utf-8")
    run("load", "people.csv", "--source", "crm")
    assert run("match", "--json").data["people"] == 3  # type: ignore[index, call-overload]
    return empty


def _interrupted(run: Run, *words: str) -> None:
    """Somebody presses Ctrl-C while the match after a word writes who is who."""
    with pressing_ctrl_c("insert into identity"):
        said = run(*words)
    assert said.code == 130
    assert said.err.strip().endswith("what you said is kept, and the next `regulars match` makes it so")
    assert "Traceback" not in said.err


def test_an_interrupted_merge_is_told_of_until_the_next_match(run: Run, three: Path) -> None:
    _interrupted(run, "merge", "crm:1", "crm:2")
    for pair in (("crm:1", "crm:2"), ("crm:1", "crm:3"), ("P1", "P2")):
        said = run("explain", *pair).out
        assert "that they are one person: the next `regulars match` joins them." in said
    for key in ("P1", "crm:3"):
        assert "that crm:1 and crm:2 are one person: the next `regulars match` joins" in _line(run, key)
        assert "le prochain `regulars match`" in _line(run, key, "--lang", "fr")
    assert "match` joins" not in run("show", "P3").out + run("explain", "crm:1", "crm:4").out
    run("match")
    assert "They are one person: " in run("explain", "crm:1", "crm:2").out
    assert "match` joins" not in _line(run, "P1")


def _line(run: Run, key: str, *more: str) -> str:
    return " ".join(run("show", key, *more).out.split())


def test_an_interrupted_unmerge_is_told_of_and_said_again_parts_no_other(run: Run, three: Path) -> None:
    run("merge", "crm:1", "crm:2")
    _interrupted(run, "unmerge", "crm:2")
    said = run("explain", "crm:1", "crm:3").out
    assert "that they are two people: the next `regulars match` parts them." in said
    assert "are two people: the next `regulars match` parts them." in _line(run, "P1")
    run("unmerge", "crm:2")
    assert "They are two people" in run("explain", "crm:1", "crm:3").out
    assert "They are one person: they have the same e-mail." in run("explain", "crm:2", "crm:3").out


@pytest.mark.slow
def test_a_build_makes_so_what_an_interrupted_merge_said(run: Run, three: Path) -> None:
    run("build")
    _interrupted(run, "merge", "crm:1", "crm:2")
    run("build")
    assert "They are one person: " in run("explain", "crm:1", "crm:2").out


def test_the_last_word_counts_of_two_that_no_match_has_heard(run: Run, three: Path) -> None:
    _interrupted(run, "merge", "crm:1", "crm:2")
    said = run("review", "--different", "crm:1", "crm:2").out
    assert "that they are one person.\n" in said
    assert "They are two people: " in run("explain", "crm:1", "crm:2").out


def test_a_merge_says_whose_word_it_takes_back(run: Run, three: Path) -> None:
    assert "takes back" not in run("merge", "crm:1", "crm:2").out
    run("unmerge", "crm:1")
    said = run("merge", "crm:1", "crm:2").out
    assert said.startswith("This takes back what ")
    assert said.count("that they are two people.\n") == 1
    run("unmerge", "crm:1")
    told = run("merge", "crm:1", "crm:2", "--json").data
    assert {one["who"] for one in told["withdrawn"]} != set()  # type: ignore[index, call-overload]
