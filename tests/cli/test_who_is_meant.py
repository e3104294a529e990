"""What is said of keys that nobody has, of options out of place, and of words that change nothing."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from said import Run

PEOPLE = """Customer ID,First Name,Last Name,Email,Phone
1,Ann,Roy,ann@example.ca,
2,Ann,Roy,ann@example.ca,
3,Bob,Lee,,514 555-0103
"""

#: What is asked -> words of the sentence and of the next step.
SWALLOWED = {
    "review --different A --lang en B": (
        "'--lang' stands where --different expects",
        "write --different A B",
    ),
    "review --different --json A B": ("'--json' stands where --different expects", "write --different A B"),
    "review --different A --shop=here": ("'--shop=here' stands where", "write --different A B"),
    "review --sample --list": ("'--list' stands where --sample expects", "write --sample NUMBER"),
    "load people.csv --source --json": ("'--json' stands where --source expects", "write --source TEXT"),
    "review --different A": ("a value is missing after --different", "`regulars review --help`"),
    "review --sample 3 --different A B": ("answers one pair", "leave out --sample"),
    "review --list --different A B": ("answers one pair", "leave out --list"),
}


@pytest.fixture
def loaded(run: Run, empty: Path, takes_seconds: None) -> Path:
    """A shop with three records that were not compared yet."""
    (empty / "people.csv").write_text(PEOPLE, "utf-8")
    assert run("load", "people.csv", "--source", "crm").code == 0
    return empty


def _match(shop: Path, line: str) -> None:
    """Add a line to the settings of matching."""
    settings = shop / "settings.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[match]\n{line}\n", "utf-8")


@pytest.mark.parametrize("words", SWALLOWED)
def test_an_option_is_no_value_of_another(run: Run, empty: Path, words: str) -> None:
    said = run(*shlex.split(words))
    sentence, next_step = SWALLOWED[words]
    assert said.code == 2
    assert sentence in said.err
    assert next_step in said.err
    assert said.out == ""
    assert run("--lang", "fr", *shlex.split(words)).code == 2


KEYS = {
    "x@y.ca": "check how it is written",
    "514 555-9999": "check how it is written",
    "600101": "check how it is written",
    "crm:9": "no customer of crm has that number",
    "crn:1": "did you mean 'crm'",
    "zz:1": "sources are crm",
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_no_name_is_told_what_helps_there(run: Run, loaded: Path, key: str) -> None:
    for done in (False, True):
        for words in (("show", key), ("explain", key, "crm:3")):
            said = run(*words)
            assert (said.code, KEYS[key] in said.err) == (3, True), said
            assert "build" not in said.err
            assert run(*words, "--lang", "fr").code == 3
        if not done:
            run("match")


def test_an_id_that_nobody_has_is_told_which_there_are(run: Run, loaded: Path) -> None:
    assert "before the first `regulars match`" in run("show", "P7").err
    run("match")
    assert "ids go from P1 to P2" in run("show", "P7").err
    assert "ids go from P1 to P2" in run("explain", "P7", "crm:1").err


def test_an_email_of_records_that_were_not_compared_yet_says_so(run: Run, loaded: Path) -> None:
    said = run("show", "ann@example.ca")
    assert (said.code, "run `regulars match` first" in said.err) == (3, True)
    run("match")
    assert "crm:2" in run("show", "ann@example.ca").out


def test_a_name_waits_for_the_build(run: Run, loaded: Path) -> None:
    run("match")
    assert "names are looked up once `regulars build`" in run("explain", "Zoe", "crm:1").err
    assert "nothing has been built yet" in run("show", "Zoe").err


def test_a_day_far_ahead_is_told_which_days_there_are(run: Run, loaded: Path) -> None:
    run("match")
    assert "still to come" in run("show", "crm:1", "--on", "2150-01-01").err
    assert "1900 to 2199" in run("show", "crm:1", "--on", "2999-01-01").err


def test_the_review_of_a_shop_without_records_says_what_to_load(run: Run, empty: Path) -> None:
    for words in (["review"], ["review", "--sample", "3"]):
        assert "load customers or orders" in run(*words).out


def test_joining_two_who_are_one_says_so_and_keeps_the_word(run: Run, loaded: Path) -> None:
    run("match")
    said = run("merge", "crm:1", "crm:2")
    assert "They were one person already, P1: your word is kept" in said.out
    _match(loaded, 'blocked_values = ["ann@example.ca"]')
    assert run("match", "--json").data["people"] == 2  # type: ignore[index, call-overload]
    assert run("merge", "crm:1", "crm:2", "--json").data["already"] == "P1"  # type: ignore[index, call-overload]
    assert run("merge", "crm:1", "crm:3", "--json").data["already"] is None  # type: ignore[index, call-overload]


@pytest.mark.slow
def test_what_is_alike_and_counts_for_nothing_is_explained(run: Run, empty: Path) -> None:
    guests = [f"g{n},Ulla,Berg,,Laval" for n in range(230)]
    others = [
        f"p{n}{side},{name},{name}eau,p{n}@mail.ca,Laval"
        for n, name in enumerate(("Anne", "Marc", "Hugo") * 5)
        for side in "ab"
    ]
    (empty / "crm.csv").write_text(
        "\n".join(["Customer ID,First Name,Last Name,Email,City", *guests, *others])
    )
    run("load", "crm.csv", "--source", "crm")
    run("match")
    said = run("explain", "crm:g1", "crm:g2").out
    assert "of little weight or against (first name, last name" in said
    assert "of little weight or against (address)" in run("explain", "crm:p1a", "crm:p1b").out


def test_an_allowed_value_that_joins_nobody_is_told_with_the_reason(run: Run, empty: Path) -> None:
    rows = [f"g{n},Ulla,Berg,{'ulla' if n < 60 else 'till'}@berg.ca," for n in range(75)]
    rows += [f"f{n},Ann,Roy,,{'514' if n < 12 else '418'} 333-3333" for n in range(24)]
    (empty / "crm.csv").write_text("\n".join(["Customer ID,First Name,Last Name,Email,Phone", *rows]))
    _match(empty, 'allowed_values = ["ulla@berg.ca", "514 333-3333"]')
    run("load", "crm.csv", "--source", "crm")
    said = run("match").out
    assert "for too many records have them: e-mail till@berg.ca (15 records).\n" in said
    assert "nothing is known names nobody: phone +1 514-333-3333 (12 records).\n" in said
    assert "an identifier on more than 50 records joins nobody even then" in said
    assert "more than 50 records are joined by people only: e-mail ulla@berg.ca (60 records)" in said


def test_before_the_first_build_people_go_by_the_names_of_their_records(run: Run, loaded: Path) -> None:
    run("match")
    assert "P1 Ann Roy is crm:1, crm:2, crm:3" in run("merge", "P1", "P2").out
    parted = run("unmerge", "crm:3").out
    assert "P2 Bob Lee is crm:3" in parted


def test_two_ids_of_one_person_are_explained_by_what_joined_them(run: Run, loaded: Path) -> None:
    run("match")
    run("merge", "P1", "P2")
    for keys in (("P1", "P2"), ("P2", "P1"), ("P2", "ann@example.ca"), ("P2", "crm:1")):
        said = run("explain", *keys)
        assert said.code == 0, said
        first, second, *_rest = said.out.splitlines()
        assert first.startswith(f"'{keys[0]}' and '{keys[1]}' are one person, P1, since ")
        assert second.startswith("They are one person: ")
        assert second.endswith(" said so.")
    said = run("explain", "ann@example.ca", "P1").out
    assert "are one person, P1, since" in said
    said = run("explain", "P1", "P1", "--lang", "fr")
    assert (said.code, "«\u00a0P1\u00a0» a été nommé deux fois" in said.err) == (2, True)
    assert "one person already" in run("merge", "P1", "P2").err


def test_a_guess_is_named_only_where_it_is_near(run: Run, empty: Path) -> None:
    assert "did you mean" not in run("--bla").err
    assert "`regulars --help` shows how" in run("--bla").err
    assert "did you mean '--list'?\n" in run("review", "--lst").err
    assert "did you mean" not in run("erase", "crm:1").err
    assert "`regulars --help` lists them" in run("erase", "crm:1").err
    assert "did you mean 'match'" in run("mtach").err


def test_where_nothing_was_built_the_list_of_models_names_the_one_of_the_match(
    run: Run, loaded: Path
) -> None:
    assert "models match" not in run("models").out
    run("match")
    assert "`regulars models match`" in run("models").out


@pytest.mark.slow
def test_values_of_the_settings_that_no_record_has_are_named(run: Run, empty: Path) -> None:
    rows = [
        "1,Ann,Roy,ann@example.ca,514 555-0101,,600-101,1980-05-31",
        "2,Bob,Lee,,,1200 boulevard St-Joseph,,",
    ]
    header = "Customer ID,First Name,Last Name,Email,Phone,Address,Loyalty Card,Birth Date"
    (empty / "crm.csv").write_text("\n".join([header, *rows]))
    _match(
        empty,
        'blocked_values = ["Ann@Example.ca", "(514) 555-0101", 600101, "1200 boul. St-Joseph", "514 555-0109",'
        ' "1201 boul. St-Joseph", "1900-01-01", " "]\n'
        'allowed_values = [1980-05-31, "bob@example.ca", "g1", "g2", "g3", "g4", "g5"]',
    )
    assert "what [match] names" not in run("match").out  # there is none yet
    run("load", "crm.csv", "--source", "crm")
    said = run("match").out
    assert "names: bob@example.ca, g1, g2, g3, g4, and 1 more with --json (allowed_values); 514" in said
    assert '; 514 555-0109, 1201 boul. St-Joseph, 1900-01-01, " " (blocked_values). Check how' in said
    assert (said.count("No record has"), said.count("Check how it is written")) == (1, 1)
    unmet = run("match", "--json").data["unmet"]  # type: ignore[index, call-overload]
    assert {"setting": "allowed_values", "value": "g5"} in unmet
    assert len(unmet) == 10
