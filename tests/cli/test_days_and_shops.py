"""Days that are written otherwise, days of which nothing can be known, and a record cleaned without a shop."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from said import Run

from regulars.app import init_shop, open_shop
from regulars.model.clock import day_date

pytestmark = pytest.mark.slow  # a shop for each test


def test_a_day_in_another_order_is_answered_with_its_iso_forms(run: Run, here: Path) -> None:
    for asked in (
        ("count", "first_order_day > 03/02/2024"),
        ("count", "first_order_day > '03/02/2024'"),
        ("plan", "--as-of", "03/02/2024"),
        ("lock", "P1", "birth_date=03/02/2024"),
    ):
        said = run(*asked)
        assert said.code == 2, asked
        assert "2024-02-03 or 2024-03-02" in said.err, asked
    assert "write it as 2024-03-02" in run("count", "first_order_day >= 2024-3-2").err
    assert run("count", "first_order_day >= 2024-03-02 and city <> '1/2/2024'").code == 0


def test_a_plan_for_a_day_of_which_nothing_is_known_says_so(run: Run, here: Path) -> None:
    assert "2150-01-01 is still to come" in run("plan", "--as-of", "2150-01-01").err
    assert "the first order or event is of 2026-08-03" in run("plan", "--as-of", "2001-01-01").err
    assert run("plan", "--as-of", "2026-10-31").err == ""


def test_a_record_is_cleaned_where_there_is_no_shop(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("clean", "--phone", "(514) 555-0123")
    assert (said.code, "+1 514-555-0123" in said.out) == (0, True)
    assert run("clean", "--phone", "514 555-0123", "--shop", str(tmp_path / "none")).code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_list_is_of_the_plan_made_last_though_another_is_of_a_later_day(run: Run, here: Path) -> None:
    run("plan", "--as-of", "2150-01-01")
    run("plan", "--as-of", "2026-10-31", "--list", "list.csv")
    assert "2150" not in (here / "list.csv").read_text("utf-8-sig")
    assert "Plan for Nov 1, 2026" in run("show", "P1").out


@pytest.mark.parametrize("command", ["run", "plan"])
def test_a_shop_whose_newest_order_is_old_is_told_that_its_plan_is_for_the_past(
    run: Run, empty: Path, command: str
) -> None:
    (empty / "orders.csv").write_text(
        "Order ID,Order Date,Customer ID,Product ID,Quantity,Price\n1,2024-05-02,1,MUG,1,4.00\n", "utf-8"
    )
    run("load", "orders.csv")
    said = run(command)
    assert "as of May 2, 2024: the newest order is of May 2, 2024, over 30 days ago" in said.err
    assert "Plan for May 3, 2024" in said.out


def test_a_plan_goes_on_from_the_day_that_was_built(run: Run, here: Path) -> None:
    run("build", "--as-of", "2026-09-30")
    said = run("plan")
    assert ("Plan for Oct 1, 2026" in said.out, said.err) == (True, "")
    assert run("plan", "--json").data["as_of"] == "2026-09-30"  # type: ignore[index]


def test_a_plan_that_takes_another_day_than_the_figures_says_so(run: Run, here: Path) -> None:
    run("build", "--as-of", "2026-09-30")
    run("lock", "P1", "city=Laval")
    assert "your figures were of Sep 30, 2026; now they are of" in run("plan").err
    assert run("plan").err == ""


def test_figures_of_days_ago_give_way_to_today_only_where_there_are_orders_of_late(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "Order ID,Order Date,Customer ID,Product ID,Quantity,Price\n1,2017-09-30,1,MUG,1,4.00\n", "utf-8"
    )
    init_shop(tmp_path / "shop").close()
    shop = open_shop(tmp_path / "shop", now=lambda: datetime(2017, 10, 1, 15, tzinfo=UTC))
    shop.load([tmp_path / "orders.csv"])
    shop.close()

    def planned_on(now: datetime, built: str = "") -> tuple[str, str]:
        shop = open_shop(tmp_path / "shop", now=lambda: now)
        if built:
            shop.build(built)
        plan = shop.plan()
        shop.close()
        return day_date(plan.as_of).isoformat(), plan.warning

    assert planned_on(datetime(2017, 10, 2, 15, tzinfo=UTC), "2017-09-30") == ("2017-09-30", "")
    day, warning = planned_on(datetime(2017, 10, 3, 15, tzinfo=UTC))
    assert (day, "were of Sep 30, 2017; now they are of Oct 3, 2017 (today)" in warning) == (
        "2017-10-03",
        True,
    )
    assert planned_on(datetime(2018, 3, 1, 15, tzinfo=UTC), "2017-12-31") == ("2017-12-31", "")
    assert planned_on(datetime(2018, 3, 9, 15, tzinfo=UTC)) == ("2017-12-31", "")


def test_why_people_get_no_message_adds_up_to_everybody(run: Run, empty: Path) -> None:
    people = [f"{n},n{n}@example.ca,yes,{f'2026-03-{n:02}' if n <= 12 else ''}" for n in range(1, 25)]
    orders = [f"{n},2026-09-30,{n},MUG,1,4.00" for n in range(1, 25)]
    titles = (
        "Customer ID,Email,Accepts Email,Unsubscribed At",
        "Order ID,Order Date,Customer ID,Product ID,Quantity,Price",
    )
    (empty / "people.csv").write_text("\n".join([titles[0], *people]), "utf-8")
    (empty / "orders.csv").write_text("\n".join([titles[1], *orders]), "utf-8")
    with (empty / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n[plan]\nholdout = 0.5\n")
    run("load", "people.csv", "orders.csv", "--source", "shop")
    said = run("plan", "--as-of", "2026-10-03").out
    sent, everybody, listed = re.split(r"A message for (\d+) of (\d+) people", said)[1:]
    none = [int(number) for number in re.findall(r"^ +(\d+)  \S", listed, re.MULTILINE)]
    assert (everybody, int(sent) + sum(none), len(none)) == ("24", 24, 10), said


def test_where_there_is_nothing_to_list_a_sentence_says_so(run: Run, empty: Path) -> None:
    for command, sentence in (
        ("rejects", "every row of every file was understood"),
        ("imports", "Nothing was loaded yet"),
        ("review", "There is nobody to match yet"),
        ("plan", "There is nobody to plan for yet"),
    ):
        said = run(command).out
        assert (sentence in said, "━" in said) == (True, False), said


def test_a_plan_that_chooses_nobody_has_no_empty_table(run: Run, here: Path) -> None:
    said = run("plan", "--as-of", "2001-01-01").out
    assert ("No treatment is chosen for anybody." in said, "━" in said) == (True, False), said
