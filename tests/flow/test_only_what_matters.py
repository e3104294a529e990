"""What matters in a shop in which some come every month, others came once, and nobody reads a birth place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_files import NewShop, Write

from regulars.flow.worth.uses import PROFILE, USES, field_key, uses_of
from regulars.flow.worth.weigh import Report
from regulars.indicators import INDICATORS
from regulars.indicators.compute import prepare
from regulars.indicators.feeds import COLUMNS, fields_of
from regulars.model.fields import KINDS
from regulars.segment.language import operands
from regulars.shop import Shop

pytestmark = pytest.mark.slow
CUSTOMERS = 420


def _people() -> Iterator[str]:
    yield "Customer ID,Title,First Name,Last Name,Email,Religion déclarée"
    for number in range(CUSTOMERS):
        yield f"{number},Mme,Ann{number},Roy{number},ann{number}@example.ca,{'aucune' if number % 3 else ''}"


def _orders() -> Iterator[str]:
    """Every second customer comes each month until they stop; the others came once, early or lately."""
    yield "Order ID,Order Date,Customer ID,Product ID,Price,Payment,Gift note"
    order = 0
    for number in range(CUSTOMERS):
        first = date(2023, 8, 1) + timedelta(days=number % 60)
        times = 10 if number % 2 == 0 else 1
        for month in range(times):
            day = first + timedelta(days=30 * month + number % 5)
            order += 1
            if day <= date(2024, 5, 31):
                yield f"{order},{day},{number},MUG,{10 + number % 7}.00,{'cash' if number % 4 else 'card'},hello"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("exports")
    for name, lines in (("crm.csv", _people()), ("till.csv", _orders())):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


def _shop(new_shop: NewShop, files: list[Path], settings: str = "") -> Shop:
    shop = new_shop('[sources.till]\ncustomers = "crm"\n' + settings)
    shop.load(files)
    shop.build("2024-05-31")
    return shop


def _names(report: Report) -> set[str]:
    return {one.name for one in report.deletable}


def test_what_decides_comes_first_and_what_nobody_uses_is_named(new_shop: NewShop, files: list[Path]) -> None:
    shop = _shop(new_shop, files)

    report = shop.importance()

    orders = next(one for one in report.marks if one.outcome == "orders")
    assert orders.mark is not None
    assert orders.mark > 0.9
    first, weights = report.ranked("bundle")[0]
    assert weights["orders"].matters
    assert "orders.ordered_at" in fields_of(first)
    payment = dict(report.ranked("field"))["orders.payment"]
    assert payment["orders"].low <= 0 <= payment["orders"].high
    clicks = next(one for one in report.marks if one.outcome == "clicks")
    assert clicks.mark is None
    assert str(clicks.why)
    assert report.readers("spend_lifetime")
    assert not {first, "orders_lifetime", "stage"} & set(report.idle)
    assert "favourite_payment_confidence" in report.idle
    held = {one.name: one for one in report.holdings}
    assert held["crm.Religion déclarée"].cells == CUSTOMERS * 2 // 3
    assert _names(report) == {"crm.Religion déclarée", "till.Gift note"}

    assert shop.importance() == report
    shop.build("2024-05-31")
    assert shop.importance(again=False).marks == report.marks


def test_segments_hang_on_what_their_rules_read_and_on_nothing_else(
    new_shop: NewShop, files: list[Path]
) -> None:
    shop = _shop(new_shop, files)

    report = shop.importance()

    indicators, fields = (dict(report.deciding(what)) for what in ("indicator", "field"))
    lapsed = indicators["days_since_last_order"]["lapsed"]
    assert 0.5 < lapsed.low < lapsed.changed < lapsed.high <= 1
    assert lapsed.members
    assert "stage" in indicators
    assert "favourite_payment" not in indicators
    assert "lapsed" in fields["orders.ordered_at"]
    assert "orders.payment" not in fields
    told = shop.table("importance").to_pylist()
    assert {row["on_what"] for row in told} >= {"orders", "spend", "segment"}
    kept = next(
        row
        for row in told
        if (row["name"], row["segment"], row["what"]) == ("days_since_last_order", "lapsed", "indicator")
    )
    assert (kept["adds"], kept["matters"]) == (lapsed.changed, True)
    models = {one.name: one for one in shop.models()}
    assert models["importance_orders"].speaks == (models["importance_orders"].backtest.gain_low > 0)
    assert not models["importance_clicks"].enough_data


def test_a_young_shop_is_told_what_it_keeps_and_nothing_of_what_matters(shop: Shop, write: Write) -> None:
    shop.load([write("crm.csv", "Customer ID,First Name,Last Name,Sign", "1,Ann,Roy,Leo")])
    shop.build("2024-06-01")

    report = shop.importance()

    assert report.horizon_days == 0
    assert report.marks == report.weights == ()
    assert _names(report) == {"crm.Sign"}


def test_every_column_that_indicators_read_says_of_which_fields_it_is_made(shop: Shop) -> None:
    with shop.ground.engine.session() as session, shop.ground.store.read() as connection:
        from regulars.flow.facts import lay_out, lay_out_reach
        from regulars.store.rows import columns_of, fetch
        from regulars.store.tables import people

        lay_out(session, shop.ground, connection)
        session.table("people", fetch(connection, columns_of(people)))
        lay_out_reach(session)
        prepare(session, COLUMNS, as_of=0, currency="CAD")
        made = {name: set(session.rows(f"select * from {name} limit 0").column_names) for name in COLUMNS}

    for name, columns in made.items():
        assert columns - {"person"} == set(COLUMNS[name]), name
    assert all(fields_of(name) for name in INDICATORS)
    fields = {field_key(kind, field) for kind, one in KINDS.items() for field in one.fields}
    assert {field for name in INDICATORS for field in fields_of(name)} <= fields


def test_every_operand_of_rules_and_every_use_is_of_a_field() -> None:
    assert set(operands.catalogue()) <= {*INDICATORS, *PROFILE}
    assert uses_of("people.birth_date") == ("matching", "segments", "treatments")
    assert uses_of("people.name_prefix") == ("matching",)
    assert uses_of("people.identifier.passport") == ("matching",)
    fields = {field_key(kind, field) for kind, one in KINDS.items() for field in one.fields}
    assert {use for field in fields for use in uses_of(field)} == set(USES)
