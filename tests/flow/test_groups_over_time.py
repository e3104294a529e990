"""Segments of a small shop: on the ladder, over time, and without the data they need."""

from __future__ import annotations

import pytest
from small_files import Filled, Write

from regulars.errors import Invalid, NotFound
from regulars.shop import Shop

pytestmark = pytest.mark.slow

PEOPLE = ("Customer ID,First Name,Last Name,Email", "1,Ann,Roy,ann@example.ca", "2,Bob,Lee,bob@example.ca")
ORDERS = (
    "Order ID,Order Date,Customer ID,Product ID,Quantity,Price",
    "A1,2024-01-10,1,MUG,1,40.00",
    "A2,2024-02-10,2,POT,-1,-20.00",
)
REVIEWS = (
    "Customer ID,Email,Review Date,Product ID,Rating,Review",
    "2,bob@example.ca,2024-01-20,POT,5,Love it",
)


def _small(shop: Shop, write: Write) -> None:
    shop.load([write("people.csv", *PEOPLE)], source="till")
    shop.load([write("orders.csv", *ORDERS)], source="till")


@pytest.fixture
def small(filled: Filled) -> Shop:
    return filled(_small)


def _people(shop: Shop) -> dict[str, dict[str, object]]:
    return {row["given_name"]: row for row in shop.table("profiles").to_pylist()}


def test_who_only_brought_something_back_is_no_prospect(small: Shop) -> None:
    small.build("2024-02-15")
    bob = _people(small)["Bob"]
    assert (bob["stage"], bob["rung"], bob["next_step"]) == (None, "first_order", "find_purchase")
    assert bob["next_step_en"] == "Find their purchase: only a return of theirs is known."
    assert small.segments()["prospects"] == 0


def test_without_any_review_or_share_nobody_knows_how_many_advocates_there_are(
    small: Shop, write: Write
) -> None:
    assert small.build("2024-02-15").segments["advocates"] is None
    assert small.segments()["advocates"] is None
    small.load([write("reviews.csv", *REVIEWS)], source="till", kind="reviews")
    assert small.build("2024-02-15").segments["advocates"] == 1
    assert small.segments()["advocates"] == 1


def test_who_came_and_who_left_is_kept_and_an_evening_built_again_is_replaced(small: Shop) -> None:
    small.build("2024-01-15")
    small.build("2024-02-15")
    small.build("2024-02-15")
    day, moves = small.segment_moves(["prospects", "one_time"])
    assert day == 19737, "the evening of 15 January 2024"
    assert (moves["prospects"].before, moves["prospects"].now) == (1, 0)
    assert len(moves["prospects"].left) == 1
    assert (moves["one_time"].entered, moves["one_time"].left) == ([], [])
    assert small.segment_history().days == [19737, 19768]
    assert len(small.table("memberships").to_pylist()) > 0


def test_a_look_at_an_earlier_or_a_later_evening_leaves_what_is_kept_as_it_is(small: Shop) -> None:
    small.build("2024-02-15")
    before = small.table("memberships").to_pylist()
    small.build("2024-01-15")
    small.build("2030-01-01")
    small.build("2024-02-15")
    assert small.table("memberships").to_pylist() == before


def test_a_day_before_the_first_build_is_refused_with_the_day_from_which_it_is_kept(small: Shop) -> None:
    small.build("2024-02-15")
    with pytest.raises(Invalid) as refused:
        small.segment_moves(since="2024-01-01")
    assert "2024-02-15" in refused.value.next_step


def test_an_unknown_segment_gets_the_nearest_name(small: Shop) -> None:
    small.build("2024-02-15")
    with pytest.raises(NotFound) as refused:
        small.overlaps(["loyl"])
    assert "loyal" in refused.value.next_step
