"""What `match` says of shops in which there is little to match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop
from regulars.match.learning.training import FEWEST_RECORDS


@pytest.fixture
def shop_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, takes_seconds: None) -> Path:
    init_shop(tmp_path / "shop").close()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def load(run: Run, shop: Path, rows: str) -> None:
    (shop / "people.csv").write_text(rows, "utf-8")
    assert run("load", "people.csv", "--source", "shop").code == 0


def test_where_nothing_was_joined_no_identifier_is_said_to_have_joined_any(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,Email\n1,ann@example.ca\n2,bob@example.ca\n")
    said = run("match").out
    assert "0 joined" in said
    assert "No identifier joined any" in said
    assert "Only exact identifiers" not in said


def test_records_that_are_nobody_are_told_beside_the_others(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n2,Guest,\n3,Walk-in,\n")
    said = run("match").out
    assert "From 1 record to 1 person" in said
    assert "2 more records are nobody" in said
    assert '"nobodies": 2' in run("match", "--json").out


@pytest.mark.parametrize(
    "words",
    [
        "show shop:2",
        "unmerge shop:2",
        "unmerge shop:1 shop:2",
        "explain shop:1 shop:2",
        "merge shop:1 shop:2",
        "review --different shop:1 shop:2",
    ],
)
def test_a_record_that_is_nobody_is_told_so_with_what_to_name_instead(
    words: str, run: Run, shop_of: Path
) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n2,Guest,\n")
    assert run("build").code == 0
    said = run(*words.split())
    assert said.code == 3
    assert "shop:2 is nobody: no name and no number tells who it is" in said.err
    assert "name a record that has a name" in said.err


def test_a_record_that_was_not_matched_yet_is_told_so(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n")
    assert run("build").code == 0
    load(run, shop_of, "Customer ID,First Name,Email\n2,Bob,bob@example.ca\n")
    said = run("show", "shop:2")
    assert "run `regulars match` first" in said.err
    run("match")
    assert "was not compared" not in run("show", "shop:2").err


def test_the_name_that_tills_write_for_nobody_is_no_customer(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n")
    assert run("build").code == 0
    assert "'Walk-in' is what tills write for nobody in particular" in run("show", "Walk-in").err


def test_a_shop_of_one_record_is_told_that_there_is_nobody_to_compare_it_with(
    run: Run, shop_of: Path
) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n")
    said = run("match").out
    assert "There is one record only: nobody to compare it with." in said
    assert "can be compared" not in said


def test_before_the_first_build_a_customer_has_no_card_rather_than_no_name(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n")
    run("match")
    said = run("show", "P1").out
    assert "P1" in said
    assert "No card was made of them yet: run `regulars build`." in said
    assert "name unknown" not in said
    assert run("build").code == 0
    built = run("show", "P1").out
    assert "Ann   P1" in built
    assert "No card" not in built


def test_the_list_of_pairs_says_how_many_more_wait(run: Run, shop_of: Path) -> None:
    rows = [
        "1,Jean,Roy,les@roy.ca,1960-01-02", "2,Lucie,Roy,les@roy.ca,1962-03-04",
        "3,Ann,Lee,lee@lee.ca,1970-05-06", "4,Bob,Lee,lee@lee.ca,1971-07-08",
    ]  # fmt: skip
    load(run, shop_of, "\n".join(["Customer ID,First Name,Last Name,Email,Birth Date", *rows]))
    run("match")
    assert (
        "1 more pair waits: `regulars review --list --most 2`" in run("review", "--list", "--most", "1").out
    )
    assert "more pair" not in run("review", "--list").out


#: A couple, and somebody who gave no name, at one door with one telephone.
AT_ONE_DOOR = """Customer ID,First Name,Last Name,Phone,Address,City,Postal Code
1,Ann,Lee,514 555-0103,12 rue du Quai,Laval,H7A 1B2
2,Bob,Lee,514 555-0103,12 rue du Quai,Laval,H7A 1B2
3,,,514 555-0103,12 rue du Quai,Laval,H7A 1B2
"""


def test_who_gave_no_name_goes_by_the_id_and_no_bracket_is_empty(run: Run, shop_of: Path) -> None:
    load(run, shop_of, AT_ONE_DOOR)
    assert run("build").code == 0
    assert "name unknown   P3" in run("show", "shop:3").out
    assert "nom inconnu   P3" in run("show", "shop:3", "--lang", "fr").out
    assert "Household H1, with Bob Lee (P2), name unknown (P3)" in run("show", "shop:1").out
    several = run("explain", "514 555-0103", "shop:1")
    assert several.code
    assert "name one by its id: P1 (Ann Lee), P2 (Bob Lee), P3\n" in several.err
    explained = run("explain", "shop:1", "shop:3").out
    (first_names,) = [line for line in explained.splitlines() if "first name" in line]
    assert [cell.strip() for cell in first_names.split("│")[1:-1]] == ["first name", "Ann", "", "", ""]
    assert "None" not in explained


def test_records_less_people_are_those_joined_and_those_joined_by_hand(run: Run, shop_of: Path) -> None:
    rows = ["1,Ann,Roy,a@example.ca", "2,Ann,Roy,a@example.ca", "3,Bob,Lee,", "4,Zoé,Roy,"]
    load(run, shop_of, "\n".join(["Customer ID,First Name,Last Name,Email", *rows]))
    assert "From 4 records to 3 people: 1 record joined, 0 pairs" in run("match").out
    assert (
        "From 4 records to 2 people: 1 record joined, 1 by hand, 0 pairs"
        in run("merge", "shop:3", "shop:4").out
    )
    report = run("match", "--json").data
    assert isinstance(report, dict)
    assert report["records"] - report["people"] == report["auto_merged"] + report["merged_by_hand"] == 2
    # what an identifier joins already is not by hand, whoever says it too
    assert (
        "From 4 records to 2 people: 1 record joined, 1 by hand, 0 pairs"
        in run("merge", "shop:1", "shop:2").out
    )
    assert "From 4 records to 3 people: 1 record joined, 0 pairs" in run("unmerge", "shop:4").out


def test_a_shop_too_small_to_learn_is_told_that_what_joins_moves_as_records_come(
    run: Run, shop_of: Path
) -> None:
    rows = ["1,Ann,Roy,Laval", "2,Bob,Lee,Laval", "3,Zoé,Roy,Laval"]
    load(run, shop_of, "\n".join(["Customer ID,First Name,Last Name,City", *rows]))
    said = run("match").out
    assert "they were weighed as in shops in general" in said
    assert f"it settles from about {FEWEST_RECORDS} on" in said


def test_nobody_is_asked_to_check_joins_by_likeness_where_an_identifier_made_every_join(
    run: Run, shop_of: Path
) -> None:
    ann = "Ann,Roy,a@example.ca,1980-05-31"
    load(run, shop_of, f"Customer ID,First Name,Last Name,Email,Birth Date\n1,{ann}\n2,{ann}\n")
    said = run("match").out
    assert "1 record joined" in said
    assert "joins by likeness" not in said
    assert "No join by likeness is left to check." in run("review", "--sample", "5").out


def test_explain_says_what_else_joined_two_of_whom_the_sum_is_not_sure(run: Run, shop_of: Path) -> None:
    rows = ["1,Ann,Roy,600123,Laval", "2,Zoé,Lee,,Québec", "3,Ann,Roy-Caron,600123,Québec"]
    load(run, shop_of, "\n".join(["Customer ID,First Name,Last Name,Loyalty Card,City", *rows]))
    run("match")
    said = run("explain", "shop:1", "shop:3").out
    assert re.search(r"loyalty card\s+│ 600123\s+│ =", said)
    assert "It is not this sum that joins them: same loyalty card." in said


def _decimals(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"[+−-]?\d+\.\d", text)]


@pytest.mark.slow
@pytest.mark.parametrize("pair", [("shop:1", "shop:2"), ("shop:1", "shop:3"), ("shop:2", "shop:4")])
def test_the_sum_under_the_bars_is_the_last_figure_beside_them(
    run: Run, shop_of: Path, pair: tuple[str, str]
) -> None:
    rows = ["1,Ann,Roy,1980-05-31", "2,Anne,Roy,1980-05-31", "3,Ann,Lee,1980-05-31", "4,Bob,Roy,1980-05-13"]
    load(run, shop_of, "\n".join(["Customer ID,First Name,Last Name,Birth Date", *rows]))
    run("match")
    lines = run("explain", *pair).out.splitlines()
    (at,) = [place for place, line in enumerate(lines) if line.startswith("Sum ")]
    assert _decimals(lines[at - 1])[-1] == _decimals(lines[at])[0]


def test_who_stands_alone_is_named_when_parted(run: Run, shop_of: Path) -> None:
    load(run, shop_of, "Customer ID,First Name,Last Name\n1,Ann,Roy\n2,Bob,Lee\n")
    run("match")
    assert "shop:1 is a person of its own already" in run("unmerge", "P1").err


def test_where_more_people_fit_than_a_list_holds_it_says_so(run: Run, shop_of: Path) -> None:
    rows = [f"{n},Guest {n},desk@example.ca" for n in range(51)]
    load(run, shop_of, "\n".join(["Customer ID,Name,Email", *rows]))
    run("match")
    said = run("show", "desk@example.ca").out
    assert "more than 50 people fit 'desk@example.ca'" in said
    assert len(re.findall(r"\bP\d+\b", said)) == 50
    assert "more than 50 people fit" in run("merge", "desk@example.ca", "shop:1").err
