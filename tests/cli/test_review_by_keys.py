"""The review on a terminal: one key answers, and the last answer can be taken back."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop

COUPLES = """Customer ID,First Name,Last Name,Email,Birth Date
1,Jean,Roy,les@roy.ca,1960-01-02
2,Lucie,Roy,les@roy.ca,1962-03-04
3,Ann,Lee,lee@lee.ca,1970-05-06
4,Bob,Lee,lee@lee.ca,1971-07-08
"""
FAMILY = """Customer ID,First Name,Last Name,Email,Birth Date
1,Jean,Roy,les@roy.ca,1960-01-02
2,Lucie,Roy,les@roy.ca,1962-03-04
3,Marc,Roy,les@roy.ca,1971-03-04
"""


@pytest.fixture
def couples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shop = init_shop(tmp_path / "shop")
    (tmp_path / "people.csv").write_text(COUPLES, "utf-8")
    shop.load([tmp_path / "people.csv"])
    shop.match()
    shop.close()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def typed(keys: str, *words: str, behind: str = "", code: int = 0) -> str:
    """What a command prints on a terminal while somebody types, a key a question; `behind` is typed as soon as the
    first key is taken, before the next question stands there. It ends with `code`."""
    child, screen = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "regulars", *words])
    said, answered = b"", 0
    while True:
        if select.select([screen], [], [], 60)[0]:
            try:
                said += os.read(screen, 65_536)
            except OSError:  # the command has ended
                break
        if behind and b"stop: " + keys[0].encode() in said:
            os.write(screen, behind.encode())
            behind = ""
        if said.rstrip().endswith(b"stop:") and said.count(b"stop:") > answered:
            answered += 1
            os.write(screen, keys[answered - 1].encode())
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == code, said.decode()
    return said.decode()


@pytest.mark.slow
def test_a_key_answers_and_the_last_answer_can_be_taken_back(couples: Path, run: Run) -> None:
    said = typed("mumd", "review")
    assert said.count("1 of 2: is ") == 2
    assert said.count("2 of 2: is ") == 2
    assert "2 records" in said
    assert "No pair of records waits" in run("review").out
    assert len(re.findall(r"^P\d+ \w+ \w+ is ", said, re.MULTILINE)) == 3


@pytest.mark.slow
def test_a_key_that_is_none_of_those_is_told_which_there_are(couples: Path, run: Run) -> None:
    said = typed("x5dq", "review")
    assert said.count("That key is none of these:") == 2
    assert said.count("1 of 2: is ") == 1
    assert len(run("review", "--json").data["pairs"]) == 1  # type: ignore[index, call-overload]


@pytest.mark.slow
def test_who_stops_keeps_what_was_answered_and_is_asked_the_rest_again(couples: Path, run: Run) -> None:
    first, second = run("review", "--json").data["pairs"]  # type: ignore[index]
    typed("dq", "review")
    (left,) = run("review", "--json").data["pairs"]  # type: ignore[index]
    assert (left["record_a"], left["record_b"]) == (second["record_a"], second["record_b"])
    assert first["record_a"] != left["record_a"]


@pytest.mark.slow
def test_who_interrupts_keeps_what_was_answered_and_the_end_says_so(couples: Path, run: Run) -> None:
    said = typed("d\x03", "review", code=130)
    assert "regulars: interrupted" in said
    assert len(run("review", "--json").data["pairs"]) == 1  # type: ignore[index, call-overload]


@pytest.mark.slow
def test_what_was_put_off_is_asked_last_the_next_time(couples: Path, run: Run) -> None:
    first, second = run("review", "--json").data["pairs"]  # type: ignore[index]
    typed("sq", "review")
    assert run("review", "--json").data["pairs"] == [second, first | {"put_off": True}]  # type: ignore[index]


@pytest.mark.parametrize(("keys", "behind"), [("dq", "m"), pytest.param("dq", "mmu", marks=pytest.mark.slow)])
def test_a_key_typed_before_its_question_stands_there_answers_nothing_and_is_not_shown(
    couples: Path, run: Run, keys: str, behind: str
) -> None:
    said = typed(keys, "review", behind=behind)
    assert len(run("review", "--json").data["pairs"]) == 1  # type: ignore[index, call-overload]
    assert [line for line in said.splitlines() if line.strip() and not line.strip(behind)] == []
    assert re.findall(r"stop: (\S+)", said) == list(keys)


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three of one name and e-mail: each two of them are a question."""
    shop = init_shop(tmp_path / "shop")
    (tmp_path / "people.csv").write_text(FAMILY, "utf-8")
    shop.load([tmp_path / "people.csv"], source="shop")
    shop.match()
    shop.close()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "people"), [("mm", 1), ("md", 2)], ids=["all one", "two and one"])
def test_what_answers_settle_of_others_is_not_asked_and_counted_so(
    family: Path, run: Run, keys: str, people: int
) -> None:
    said = typed(keys, "review")
    assert "1 of 3: is " in said
    assert "2 of 3: is " in said
    assert "3 of 3" not in said
    assert "That settles 1 more pair, which is not asked." in said
    assert re.search(r"^[AB] now: P\d+, 2 records", said, re.MULTILINE)
    assert f"From 3 records to {people} " in said
    assert "No pair of records waits" in run("review").out


@pytest.mark.slow
def test_an_answer_taken_back_settles_nothing(family: Path, run: Run) -> None:
    said = typed("mumd", "review")
    assert said.count("That settles 1 more pair") == 1
    assert (said.count("1 of 3: is "), said.count("2 of 3: is ")) == (2, 2)
    assert "From 3 records to 2 people" in said


def test_elsewhere_the_pairs_are_listed_and_an_option_answers(couples: Path, run: Run) -> None:
    (one, other) = run("review", "--json").data["pairs"]  # type: ignore[index]
    assert "people:1" in run("review").out
    answered = run("review", "--different", one["record_a"], one["record_b"])
    assert (answered.code, "1 pair to review" in answered.out) == (0, True)
    assert other["record_a"] in run("review").out
    assert one["record_a"] not in run("review").out
