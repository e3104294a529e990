"""What files of no known system say of an order as a whole, and of what came back, counts once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_files import NewShop, Write

Lines = Callable[..., tuple[dict[tuple[str, str | None], float], list[str]]]
HEADER = "Order,Date,Client,SKU,Item,Qty,Price"


@pytest.fixture
def lines(new_shop: NewShop, write: Write) -> Lines:
    """Load a file of orders; what each line counts for, and what was asked."""

    def load(*rows: str) -> tuple[dict[tuple[str, str | None], float], list[str]]:
        shop = new_shop()
        (loaded,) = shop.load([write("ventes.csv", *rows)])
        assert loaded.rejected == 0
        facts = shop.table("orders").to_pylist()
        return {(one["order_id"], one["product_id"]): one["paid"] for one in facts}, loaded.questions

    return load


def test_goods_with_a_negative_amount_were_brought_back(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    shop.load(
        [
            write(
                "ventes.csv", "Receipt,Date,Client,SKU,Item,Qty,Amount", "1,2024-01-02,C1,A,Tea,1,10.00",
                "2,2024-01-03,C1,A,Tea,1,-10.00", "3,2024-01-03,C2,,Coupon 5$,1,-5.00",
            )
        ]
    )  # fmt: skip
    told = {
        one["order_id"]: (one["quantity"], one["is_return"], one["line_kind"])
        for one in shop.table("orders").to_pylist()
    }
    assert told == {"1": (1, False, "goods"), "2": (-1, True, "goods"), "3": (1, False, "adjustment")}


def test_a_discount_and_a_total_that_each_line_repeats_are_the_order_s(lines: Lines) -> None:
    paid, asked = lines(
        f"{HEADER},Discount,Total",
        "1,2024-01-02,C1,A,Tea,1,10.00,3.00,27.00", "1,2024-01-02,C1,B,Cup,2,10.00,3.00,27.00",
        "2,2024-01-03,C2,A,Tea,1,10.00,6.00,24.00", "2,2024-01-03,C2,B,Cup,2,10.00,6.00,24.00",
        "3,2024-01-04,C2,B,Cup,1,10.00,1.00,9.00",
    )  # fmt: skip
    assert paid == {("1", "A"): 9, ("1", "B"): 18, ("2", "A"): 8, ("2", "B"): 16, ("3", "B"): 9}
    assert any("'Discount' is the discount of the whole order" in sentence for sentence in asked)


def test_a_discount_that_differs_by_line_is_the_line_s(lines: Lines) -> None:
    paid, _asked = lines(
        f"{HEADER},Discount",
        "1,2024-01-02,C1,A,Tea,1,10.00,1.00", "1,2024-01-02,C1,B,Cup,2,10.00,0.00",
        "2,2024-01-03,C2,A,Tea,1,10.00,2.00", "2,2024-01-03,C2,B,Cup,2,10.00,2.00",
    )  # fmt: skip
    assert paid == {("1", "A"): 9, ("1", "B"): 20, ("2", "A"): 8, ("2", "B"): 18}


def test_one_order_proves_nothing_and_a_person_is_asked(lines: Lines) -> None:
    paid, asked = lines(
        f"{HEADER},Discount", "1,2024-01-02,C1,A,Tea,1,10.00,1.00", "1,2024-01-02,C1,B,Cup,2,10.00,1.00"
    )
    assert paid == {("1", "A"): 9, ("1", "B"): 19}
    assert any("'Discount'" in sentence and "order_discount" in sentence for sentence in asked)


@pytest.mark.parametrize(
    ("refunds", "given_back"),
    [(("10.00", "10.00"), -10), (("5.00", "0.00"), -5), (("5.00", "10.00"), -15), (("0", "0"), None)],
    ids=["of the order, on each line", "of one line", "of both lines", "nothing"],
)
def test_an_amount_given_back_is_a_return_once(
    lines: Lines, refunds: tuple[str, str], given_back: float | None
) -> None:
    paid, _asked = lines(
        f"{HEADER},Refund amount",
        f"1,2024-01-02,C1,A,Tea,1,10.00,{refunds[0]}", f"1,2024-01-02,C1,B,Cup,2,10.00,{refunds[1]}",
    )  # fmt: skip
    assert paid.get(("1", None)) == given_back


def test_an_amount_off_that_nobody_understands_is_asked_about(lines: Lines) -> None:
    _paid, asked = lines(f"{HEADER},Remise fidélité niveau 2", "1,2024-01-02,C1,A,Tea,1,10.00,1.00")
    assert any("Remise fidélité niveau 2" in sentence for sentence in asked)
