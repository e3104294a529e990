"""The help of every command begins with an example that works; `--json` is one document; stdout is data."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from said import Run

from regulars import cli
from regulars.errors import Refused

COMMANDS = sorted(cli.regulars.commands)
#: These build a whole town; they are tried with a small one.
TOWNS = ("demo", "town")
#: These refuse to speak of a shop as small as this one, in a sentence: the command itself is right.
LARGE = ("lookalike",)


def example(help_text: str) -> list[str]:
    first = help_text.splitlines()[0].strip()
    assert first.startswith("$ regulars "), first
    return shlex.split(first.removeprefix("$ regulars "))


def small(words: list[str]) -> list[str]:
    return [*words, "--customers", "50"] if words[0] in TOWNS else words


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_line_of_each_command_s_help_works(run: Run, here: Path, name: str, lang: str) -> None:
    shown = run(name, "--help", "--lang", lang)
    assert (shown.code, shown.err) == (0, "")
    words = example(shown.out)
    assert words[0] == name
    if lang == "fr" and name in TOWNS:  # what they build is the same
        return
    done = run(*small(words), "--lang", lang)
    assert (done.code, "Traceback" in done.err) == (Refused.exit_code if name in LARGE else 0, False), (
        done.err
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in COMMANDS if one not in LARGE])
def test_each_command_says_its_data_as_one_json_document(run: Run, here: Path, name: str) -> None:
    done = run(*small(example(run(name, "--help").out)), "--json")
    assert done.code == 0, done.err
    assert isinstance(done.data, dict)


def test_json_may_be_asked_for_before_the_command_too(run: Run, here: Path) -> None:
    assert run("--json", "imports").data == run("imports", "--json").data
    assert run("--shop", str(here), "--json", "imports").data == run("imports", "--json").data


def test_the_help_of_all_lists_the_commands_in_the_order_data_walks(run: Run) -> None:
    shown = run("--help").out
    example(shown)
    places = [shown.index(f"\n  {name} ") for name in ("init", "load", "match", "build", "plan")]
    assert places == sorted(places)
    assert run("--help", "--lang", "fr").out != shown


def test_what_stands_on_stdout_is_the_same_whatever_is_said_on_stderr(run: Run, here: Path) -> None:
    done = run("load", "exports/people.csv", "--source", "shop", "--json")
    files = json.loads(done.out)["files"]
    assert set(files[0]) >= {
        "file", "source", "kind", "import_id", "rows_in", "accepted", "rejected", "duplicates", "mapping",
    }  # fmt: skip
    assert (files[0]["rows_in"], files[0]["duplicates"]) == (3, 3)


@pytest.mark.slow
def test_a_session_from_empty_to_tomorrow_s_list(run: Run, empty: Path, made: Path) -> None:
    assert run("load", str(made / "exports")).code == 0
    assert run("build", "--as-of", "2026-10-31").code == 0
    planned = run("plan", "--as-of", "2026-10-31", "--list", "tomorrow.csv")
    assert planned.code == 0
    assert "tomorrow.csv" in planned.err
    assert (empty / "tomorrow.csv").read_text("utf-8-sig").startswith("person_id") or (
        empty / "tomorrow.csv"
    ).exists()
    found = run("show", "Roy", "--json").data
    assert isinstance(found, dict)
    assert "fields" in found or "hits" in found


def test_a_customer_number_of_any_source_finds_the_person(run: Run, here: Path) -> None:
    number, record = run("show", "3", "--json").data, run("show", "shop:3", "--json").data
    assert number == record


@pytest.mark.slow
def test_a_demo_is_made_anew_unless_somebody_put_something_into_it(run: Run, here: Path) -> None:
    demo = ("demo", "demo-shop", "--customers", "50")
    assert run(*demo).code == 0
    assert run("plan", "--shop", "demo-shop").code == 0
    assert run(*demo).code == 0
    assert run("load", "exports/people.csv", "--shop", "demo-shop").code == 0
    refused = run(*demo)
    assert (refused.code, "with more in it" in refused.err) == (4, True)
    assert "people.csv" in run("imports", "--shop", "demo-shop", "--json").out
