"""The page of one customer, as somebody at a till reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run

from regulars.cli.command import out

pytestmark = pytest.mark.slow  # a shop for each test

ORDERS = """Order ID,Order Date,Customer ID,Product Name,Quantity,Price,Currency,Status,Channel
A1,2026-03-02 10:00,1,Blue teapot,1,40.00,CAD,paid,web
A2,2026-03-09 10:00,1,Green teapot,1,30.00,CAD,cancelled,web
A3,2026-03-16 10:00,1,Red teapot,1,20.00,CAD,pending,web
A4,2026-03-23 10:00,1,Earl Grey,1,12.00,USD,paid,store
A5,2026-07-01 10:00,1,Assam,1,15.00,CAD,paid,store
"""
PEOPLE = """Customer ID,First Name,Last Name,Email,Accepts Email,Accepts Email At,Birth Date
1,Ann,Roy,ann@example.ca,yes,2026-01-05,1980-05-31
"""


@pytest.fixture
def page(run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with one customer, built as of a past day."""
    monkeypatch.setattr(out, "width", 200)
    (empty / "people.csv").write_text(PEOPLE, "utf-8")
    (empty / "orders.csv").write_text(ORDERS, "utf-8")
    assert run("load", "people.csv", "orders.csv", "--source", "shop").code == 0
    assert run("build", "--as-of", "2026-04-30").code == 0
    return empty


def test_what_came_after_the_day_of_the_numbers_is_said_to_be_later(run: Run, page: Path) -> None:
    said = run("show", "shop:1").out
    assert "In numbers, up to the evening of Apr 30, 2026" in said
    later, before = said.split("What happened after Apr 30, 2026")[1].split("What happened\n")
    assert "order A5" in later
    assert "order A1" in before
    assert "order A5" not in before
    data = run("show", "shop:1", "--json").data
    assert isinstance(data, dict)
    assert {one["title"]: one["after_as_of"] for one in data["timeline"] if one["order_no"]} == {
        "A5": True, "A4": False, "A3": False, "A2": False, "A1": False,
    }  # fmt: skip


def test_before_the_first_build_a_page_says_that_there_is_no_card_yet(run: Run, empty: Path) -> None:
    (empty / "people.csv").write_text(PEOPLE, "utf-8")
    assert run("load", "people.csv", "--source", "shop").code == 0
    assert run("match").code == 0
    assert "No card was made of them yet: run `regulars build`." in run("show", "P1").out


def test_what_was_undone_or_came_since_the_build_is_said_to_be_so(run: Run, page: Path) -> None:
    changed, anew = "Something of theirs came, went or changed since the last build", "sera refaite"
    assert changed not in run("show", "shop:1").out
    (page / "more.csv").write_text("Customer ID,First Name,Email\n7,Anne,ann@example.ca\n", "utf-8")
    assert run("load", "more.csv", "--source", "web").code == 0
    assert changed not in run("show", "shop:1").out
    assert run("match").code == 0
    assert changed in run("show", "shop:1").out
    assert anew in run("show", "shop:1", "--lang", "fr").out
    assert run("build").code == 0
    assert changed not in run("show", "shop:1").out
    assert run("undo", "3").code == 0
    assert changed in run("show", "shop:1").out
    assert run("match").code == 0
    assert changed in run("show", "shop:1").out
    assert run("show", "shop:1", "--json").data["changed"]  # type: ignore[index, call-overload]


def test_an_order_of_which_only_the_day_is_known_shows_the_day_alone(run: Run, page: Path) -> None:
    titles = "Order ID,Order Date,Customer ID,Product Name,Quantity,Price,Currency"
    (page / "old.csv").write_text(f"{titles}\nB1,2024-02-03,1,Blue teapot,1,40.00,CAD\n", "utf-8")
    assert run("load", "old.csv", "--source", "shop").code == 0
    said, french = run("show", "shop:1").out, run("show", "shop:1", "--lang", "fr").out
    assert [_cell(line) for line in said.splitlines() if "order B1" in line] == ["Feb 3, 2024"]
    assert [_cell(line) for line in said.splitlines() if "order A1" in line] == ["Mar 2, 2026 10:00"]
    assert [_cell(line) for line in french.splitlines() if "commande B1" in line] == ["3 févr. 2024"]
    assert all(":" not in _cell(line) for line in said.splitlines() if "may we write?" in line)


def _cell(line: str) -> str:
    """The first cell of a row."""
    return line.split("│")[1].strip().replace("\u00a0", " ")


def test_an_order_that_was_cancelled_or_never_paid_says_so(run: Run, page: Path) -> None:
    said = run("show", "shop:1").out
    assert "order A2, cancelled or refunded" in said
    assert "order A3, not paid" in said
    assert "commande A2, annulée ou remboursée" in run("show", "shop:1", "--lang", "fr").out


def test_money_that_no_rate_converts_is_named_beside_the_spend(run: Run, page: Path) -> None:
    said = run("show", "shop:1").out
    assert "$40.00; not counted, for no rate is known: US$12.00" in said


def test_the_page_speaks_words_and_no_codes(run: Run, page: Path) -> None:
    said = run("show", "shop:1").out
    assert "in the store" in said
    assert "RFM" not in said


def test_a_telephone_is_written_as_people_write_it_and_exports_keep_the_standard_form(
    run: Run, page: Path
) -> None:
    rows = "7,Paul,Roy,514 555-0123", "8,Pierre,Roy,(514) 555.0123", "9,Zoé,Côté,01 42 34 56 78"
    (page / "phones.csv").write_text("\n".join(["Customer ID,First Name,Last Name,Phone", *rows]), "utf-8")
    assert run("load", "phones.csv", "--source", "till").code == 0
    assert run("build").code == 0
    for asked in (
        ("show", "till:7"),
        ("show", "Roy"),
        ("explain", "till:7", "till:8"),
        ("clean", "--phone", "5145550123"),
    ):
        said = run(*asked).out
        assert "+1 514-555-0123" in said, asked
        assert "+15145550123" not in said, asked
        assert "+15145550123" in run(*asked, "--json").out, asked
    assert "+33 1 42 34 56 78" in run("show", "till:9").out
    run("export", "people", "--output", "out.csv")
    assert "+15145550123" in (page / "out.csv").read_text("utf-8-sig")


def test_an_extension_is_written_as_people_write_it_and_exports_keep_the_standard_form(
    run: Run, page: Path
) -> None:
    titles = "Customer ID,First Name,Last Name,Phone"
    rows = "7,Paul,Roy,514 555-0123 ext 45", "8,Paul,Roy,514 555-0123 ext 45"
    (page / "phones.csv").write_text("\n".join([titles, *rows]) + "\n", "utf-8")
    assert run("load", "phones.csv", "--source", "till").code == 0
    assert run("build").code == 0
    for asked in (
        ("show", "till:7"),
        ("explain", "till:7", "till:8"),
        ("clean", "--phone", "5145550123 x45"),
    ):
        assert "+1 514-555-0123 ext. 45" in run(*asked).out, asked
        assert "+1 514-555-0123 poste 45" in run(*asked, "--lang", "fr").out, asked
        assert "+15145550123;ext=45" in run(*asked, "--json").out, asked
    run("export", "people", "--output", "out.csv")
    assert "+15145550123;ext=45" in (page / "out.csv").read_text("utf-8-sig")


def test_a_value_of_a_list_without_dates_is_of_no_day_but_that_of_its_load(run: Run, page: Path) -> None:
    said = run("show", "shop:1").out
    assert "(from shop, loaded " in said
    assert "(shop, loaded " in said, "a plain yes has no date either"
    (page / "dated.csv").write_text("Customer ID,Email,Last Modified\n1,new@example.ca,2026-02-03\n", "utf-8")
    assert run("load", "dated.csv", "--source", "shop").code == 0
    run("build", "--as-of", "2026-04-30")
    assert "(from shop, Feb 3, 2026)" in run("show", "shop:1").out


def test_a_date_of_change_that_lies_ahead_of_the_load_is_no_date(run: Run, page: Path) -> None:
    head = "Customer ID,Email,Last Modified"
    (page / "ahead.csv").write_text(f"{head}\n1,typo@example.ca,2999-05-01\n", "utf-8")
    assert run("load", "ahead.csv", "--source", "shop").code == 0
    run("build", "--as-of", "2026-04-30")
    assert "2999" not in run("show", "shop:1").out
    assert "(from shop, loaded " in run("show", "shop:1").out


def test_the_page_and_the_plan_say_the_same_of_a_leave_whether_its_file_dates_it_or_not(
    run: Run, page: Path
) -> None:
    head = "Customer ID,Email,Accepts Email,Consent Date"
    (page / "left.csv").write_text(f"{head}\n1,ann@example.ca,bounced,\n", "utf-8")
    assert run("load", "left.csv", "--source", "shop").code == 0
    run("build", "--as-of", "2026-04-30")
    run("plan", "--as-of", "2026-04-30")
    undated = run("show", "shop:1").out
    assert "withdrawn  (shop, loaded " in undated
    assert "withdrawn, says a file loaded on " in undated
    assert "(a message came back)" in undated
    (page / "dated.csv").write_text(f"{head}\n1,ann@example.ca,bounced,2026-02-03\n", "utf-8")
    run("undo", "3")
    assert run("load", "dated.csv", "--source", "shop").code == 0
    run("build", "--as-of", "2026-04-30")
    run("plan", "--as-of", "2026-04-30")
    dated = run("show", "shop:1").out
    assert "withdrawn  (shop, Feb 3, 2026)" in dated
    assert "withdrawn on 3 February 2026" in dated


def test_a_birth_date_and_an_extension_are_written_as_people_do(run: Run, page: Path) -> None:
    assert "birth date  May 31, 1980" in run("show", "shop:1").out
    assert "31 mai 1980" in run("show", "shop:1", "--lang", "fr").out
    assert "+1 514-282-2020 ext. 12" in run("lock", "shop:1", "phone=514-282-2020 ext 12").out
    assert "+1 514-282-2020 ext. 12" in run("lock", "shop:1").out
