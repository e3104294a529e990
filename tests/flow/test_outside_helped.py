"""Whether data from outside helped: tried on earlier evenings, with what a better decision cost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_files import Clock, Write

from regulars.app import open_shop
from regulars.cli.pages.outside import described
from regulars.errors import Invalid, NotFound, Refused
from regulars.flow.outside import OutsideReport, OutsideSource
from regulars.model.clock import parse_day
from regulars.model.outside import Terms
from regulars.shop import Shop

pytestmark = pytest.mark.slow

CUSTOMERS = 500
FIRST = date(2023, 6, 1)


@pytest.fixture(scope="module")
def shop(empty_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A year of a shop in which the keen half of the customers buys every other month, and the others seldom.

    What a partner sells says who is keen, what a paper sells is their sign, and a survey asked ten of them.
    """
    folder = tmp_path_factory.mktemp("helped")
    shutil.copytree(empty_shop, folder / "shop")
    made = open_shop(folder / "shop", now=Clock())
    chance = random.Random(7)
    orders = ["Order ID,Date,Customer ID,SKU,Quantity,Paid"]
    for customer in range(CUSTOMERS):
        days = [chance.randrange(20)]
        often = 0.6 if customer % 2 else 0.08
        days += [start + chance.randrange(60) for start in range(20, 360, 60) if chance.random() < often]
        orders += [
            f"{customer}-{day},{FIRST + timedelta(days=day)},K{customer},MUG,1,{chance.randrange(5, 90)}.00"
            for day in days
        ]
    keen = ["Customer ID,Keen"] + [
        f"K{customer},{'yes' if customer % 2 else 'no'}" for customer in range(CUSTOMERS)
    ]
    signs = ["Customer ID,Sign"] + [
        f"K{customer},{chance.choice('♈♉♊♋')}" for customer in range(CUSTOMERS)
    ]
    asked = ["Customer ID,Question,Answer"] + [f"K{customer},Tea?,yes" for customer in range(10)]
    dated = ["Customer ID,Keen,Date"] + [f"{row},2023-06-01" for row in keen[1:]]
    for name, lines in (
        ("shop", orders), ("partner", keen), ("paper", signs), ("survey", asked), ("feed", dated)
    ):  # fmt: skip
        (folder / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    made.load([folder / "shop.csv"], source="till")
    made.load(
        [folder / "partner.csv"], terms=Terms(origin="partner", price=40_000, of_day=parse_day("2023-06-01"))
    )
    made.load(
        [folder / "paper.csv"], terms=Terms(origin="bought", price=9_900, of_day=parse_day("2024-05-01"))
    )
    made.load([folder / "survey.csv"])
    made.load([folder / "partner.csv"], source="undated", terms=Terms(origin="partner", price=100))
    made.load([folder / "feed.csv"], source="dated", kind="traits", terms=Terms(origin="partner"))
    made.build("2024-05-31")
    yield made
    made.close()


@pytest.fixture(scope="module")
def report(shop: Shop) -> OutsideReport:
    return shop.outside()


def source(report: OutsideReport, name: str) -> OutsideSource:
    return next(one for one in report.sources if one.source == name)


def test_what_tells_who_comes_back_is_found_to_help(report: OutsideReport) -> None:
    orders, _spend = source(report, "partner").trials
    assert orders.improves
    assert orders.without is not None
    assert orders.with_it is not None
    assert orders.with_it > orders.without + 0.03


def test_an_improved_decision_costs_its_part_of_the_price(report: OutsideReport) -> None:
    partner = source(report, "partner")
    assert partner.improved_decisions is not None
    assert partner.improved_decisions > 0
    assert partner.cost_per_improved == round(40_000 / partner.improved_decisions)
    assert partner.improved_between is not None
    low, middle, high = partner.improved_between
    assert low < middle == partner.improved_decisions < high
    assert partner.cost_between == (round(40_000 / high), round(40_000 / low) if low > 0 else None)


def test_what_tells_nothing_is_not_said_to_help(report: OutsideReport) -> None:
    paper = source(report, "paper")
    assert not any(one.improves for one in paper.trials)
    assert paper.improved_decisions is None
    assert paper.cost_per_improved is None


def test_of_ten_people_nothing_is_said(report: OutsideReport) -> None:
    survey = source(report, "survey")
    assert (survey.people, survey.terms.origin) == (10, "asked")
    assert all(one.without is None and "100" in one.why_en for one in survey.trials)


def test_data_of_a_later_day_than_the_trial_is_doubted(report: OutsideReport) -> None:
    assert source(report, "paper").late
    assert not source(report, "partner").late


def test_what_says_no_day_is_not_said_to_help(report: OutsideReport) -> None:
    undated = source(report, "undated")
    assert any(one.improves for one in undated.trials)
    assert undated.late
    assert not undated.improves
    assert (undated.improved_decisions, undated.cost_per_improved) == (None, None)
    (said,) = [one for one in described(report, "CAD")["sources"] if one["source"] == "undated"]  # type: ignore[attr-defined]
    assert (said["improved"], said["may_know_what_came"]) == (False, True)


def test_rows_that_say_their_day_need_no_day_of_the_file(report: OutsideReport) -> None:
    dated = source(report, "dated")
    assert not dated.late
    assert dated.improves


def test_coverage_and_age_are_said(report: OutsideReport) -> None:
    partner = source(report, "partner")
    assert (partner.people, partner.share, partner.age_days) == (CUSTOMERS, 1.0, 366)
    assert [(one.field, one.about, one.people, one.words) for one in partner.fields] == [
        ("Keen", "person", CUSTOMERS, 2)
    ]


def test_the_trial_is_kept_and_terms_change_without_it(shop: Shop, report: OutsideReport) -> None:
    shop.say_terms("partner", Terms(price=0))
    again = shop.outside(progress=lambda *_told: pytest.fail("it was tried anew"))
    assert source(again, "partner").trials == source(report, "partner").trials
    assert (source(again, "partner").terms.price, source(again, "partner").cost_per_improved) == (0, 0)
    shop.say_terms("partner", Terms(price=40_000))


def test_terms_are_of_a_source_that_is_there_and_of_a_day_that_has_been(shop: Shop) -> None:
    with pytest.raises(NotFound, match="partnr"):
        shop.say_terms("partnr", Terms(price=1))
    with pytest.raises(NotFound):
        shop.say_terms("till", Terms(price=1))
    with pytest.raises(Invalid, match="2031"):
        shop.say_terms("partner", Terms(of_day=parse_day("2031-01-01")))


def test_a_young_shop_is_told_that_it_is_one(empty_shop: Path, tmp_path: Path, write: Write) -> None:
    shutil.copytree(empty_shop, tmp_path / "shop")
    shop = open_shop(tmp_path / "shop", now=Clock())
    with pytest.raises(Refused):
        shop.outside()
    shop.load([write("till.csv", "Order ID,Date,Customer ID,SKU,Paid", "1,2024-05-20,K1,MUG,9.00")])
    shop.load([write("feed.csv", "Customer ID,Keen", "K1,yes")], kind="traits")
    shop.build("2024-05-31")
    (feed,) = shop.outside().sources
    assert ["long enough" in one.why_en for one in feed.trials] == [True, True]
    shop.close()
