"""On real shops noise is weighed as nothing, a leak above all, and a plain rule is beaten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bench.smart.worth import NOISE, RFM, gained, naive, noise_that_is_none, online_retail, retail_year, weigh

from regulars.model.clock import day_number
from regulars.predict.worth.evenings import Evenings, evenings

pytestmark = pytest.mark.data


@pytest.fixture(scope="module", params=["giftware", "grocer"])
def found(request: pytest.FixtureRequest, data: Path) -> Iterator[Evenings]:
    """Two evenings of each shop: 90 days apart, and two weeks apart of the grocer, to whom nearly all come in 90."""
    shop, as_of, horizon = {
        "giftware": (online_retail, date(2011, 12, 9), 90),
        "grocer": (retail_year, date(2017, 9, 30), 14),
    }[request.param]
    with shop(data) as session:
        yield evenings(session, day_number(as_of), "XXX", horizon)


def test_noise_is_nothing_and_orders_are_foretold_better_than_by_a_plain_rule(found: Evenings) -> None:
    said = weigh(found, "orders")

    assert noise_that_is_none(said) >= NOISE - 2
    assert max(abs(one.fall) for one in said.worths if one.name.startswith("noise_")) < 0.005
    assert not said.worths[0].name.startswith("noise_")
    assert said.worths[0].matters
    assert said.mark > max(naive(found, "orders").values())


def test_a_leak_ranks_first(found: Evenings) -> None:
    said = weigh(found, "orders", leak=True)

    assert said.worths[0].name == "leak"
    assert said.worths[0].fall > 0.4
    assert all(one.fall < 0.005 for one in said.worths[1:])


def test_noise_betters_no_choice_and_what_is_known_does(found: Evenings) -> None:
    by_noise = gained(found, "orders", RFM, ("noise_0",))
    by_known = gained(found, "orders", ("noise_0",), RFM)

    assert by_noise.low <= 0 <= by_noise.high
    assert by_known.improves
    assert by_known.improved_decisions > 0
