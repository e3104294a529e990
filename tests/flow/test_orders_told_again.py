"""A newer export tells an order whole: what it corrects or leaves out no longer counts, and undo brings it back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_files import Exports, NewShop, Write

from properties import tried
from regulars.flow.loading.understanding import LoadedFile
from regulars.shop import Shop

pytestmark = pytest.mark.slow

HEADER = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Status"
FIRST = "1000,2024-01-01,C9,TEA,1,1.00,paid"
LAST = "1999,2024-04-01,C9,TEA,1,1.00,paid"
MUG = "1001,2024-02-03,C1,MUG,1,10.00,paid"
POT = "1001,2024-02-03,C1,POT,1,25.00,paid"
CUP = "1002,2024-02-14,C2,CUP,2,5.00,paid"


def load(shop: Shop, write: Write, *lines: str, header: str = HEADER, name: str = "orders.csv") -> LoadedFile:
    (loaded,) = shop.load([write(name, header, *lines)], source="till")
    return loaded


def spend(shop: Shop) -> float:
    return round(sum(row["paid"] for row in shop.table("orders").to_pylist()), 2)


def test_a_corrected_amount_takes_the_place_of_the_wrong_one(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    before = exports_of(shop)
    newer = load(shop, write, FIRST, MUG.replace("10.00", "12.00"), POT, CUP, LAST)
    assert (newer.accepted, newer.duplicates, newer.withdrawn) == (1, 4, 1)
    assert "no longer count" in " ".join(newer.notes)
    exports_of(shop)
    assert spend(shop) == 49.0
    assert newer.import_id is not None
    shop.undo(newer.import_id)
    assert exports_of(shop) == before


def test_a_line_that_was_taken_out_no_longer_counts(shop: Shop, write: Write, exports_of: Exports) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    before = exports_of(shop)
    newer = load(shop, write, FIRST, MUG, CUP, LAST)
    assert (newer.accepted, newer.duplicates, newer.withdrawn, spend(shop)) == (0, 4, 1, 22.0)
    shop.undo(2)
    assert exports_of(shop) == before


def test_the_only_order_of_a_small_file_is_corrected_too(shop: Shop, write: Write) -> None:
    load(shop, write, FIRST, MUG, POT, LAST)
    load(shop, write, MUG.replace(",1,", ",3,"), POT)
    assert spend(shop) == 57.0


def test_an_order_cut_at_the_edge_of_a_file_keeps_its_other_lines(shop: Shop, write: Write) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    newer = load(shop, write, POT, CUP, LAST, "2000,2024-05-01,C1,TEA,1,1.00,paid")
    assert (newer.withdrawn, spend(shop)) == (0, 48.0)


def test_an_order_with_a_row_that_is_rejected_keeps_its_lines(shop: Shop, write: Write) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    newer = load(shop, write, FIRST, MUG, POT.replace("25.00", "many"), CUP, LAST)
    assert (newer.rejected, newer.withdrawn, spend(shop)) == (1, 0, 47.0)


def test_a_file_of_refunds_takes_no_sale_away(shop: Shop, write: Write) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    load(shop, write, FIRST, MUG.replace(",1,10", ",-1,10"), LAST)
    assert spend(shop) == 37.0


def test_another_kind_of_export_of_the_same_system_takes_nothing_away(shop: Shop, write: Write) -> None:
    load(shop, write, FIRST, MUG, POT, CUP, LAST)
    header = "Order ID,Order Date,Fee,Total,Employee,Drawer,Shift,Note"
    load(shop, write, "1000,2024-01-01,x,1.00,a,b,c,d", "1001,2024-02-03,x,2.00,a,b,c,d", header=header)
    assert spend(shop) == 50.0


def test_an_export_of_one_article_alone_leaves_the_rest_of_the_orders(shop: Shop, write: Write) -> None:
    orders = [line.replace("1001", str(number)) for number in range(1001, 1006) for line in (MUG, POT)]
    load(shop, write, FIRST, *orders, LAST)
    newer = load(shop, write, *orders[::2])
    assert (newer.withdrawn, spend(shop)) == (0, 177.0)
    assert "parts of orders" in " ".join(newer.notes)


def test_a_file_of_one_row_an_order_counts_the_newest_row_of_each(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    header = "Order ID,Order Date,Customer ID,Total"
    load(shop, write, "1,2024-02-01,C1,10.00", "2,2024-02-02,C1,20.00", header=header)
    before = exports_of(shop)
    newer = load(shop, write, "1,2024-02-01,C1,11.00", "2,2024-02-02,C1,22.00", header=header)
    assert (newer.accepted, newer.duplicates, spend(shop)) == (2, 0, 33.0)
    shop.undo(2)
    assert exports_of(shop) == before


@pytest.mark.parametrize("gone", [0, 1])
def test_tax_and_shipping_stay_on_an_order_whose_first_line_is_corrected_or_gone(
    shop: Shop, write: Write, exports_of: Exports, gone: int
) -> None:
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Tax,Shipping"
    lines = [f"1001,2024-02-03,C1,P{n},1,10.00,4.50,7.00" for n in range(3)]
    edges = [f"{n},2024-02-03,C1,P,1,10.00,0,0" for n in (1, 2)]
    load(shop, write, edges[0], *lines, edges[1], header=header)
    before = exports_of(shop)
    changed = lines[1:] if gone else [lines[0].replace("10.00", "9.00"), *lines[1:]]
    load(shop, write, edges[0], *changed, edges[1], header=header)
    exports_of(shop)
    told = [row for row in shop.table("orders").to_pylist() if row["order_id"] == "1001"]
    assert (sum(row["tax"] for row in told), sum(row["shipping"] for row in told)) == (4.5, 7.0)
    shop.undo(2)
    assert exports_of(shop) == before


def test_undo_in_the_middle_never_counts_two_tellings(shop: Shop, write: Write) -> None:
    for price in ("10.00", "11.00", "12.00"):
        load(shop, write, FIRST, MUG.replace("10.00", price), POT, LAST)
    shop.undo(2)
    assert spend(shop) == 39.0
    shop.undo(3)
    assert spend(shop) == 37.0


#: What an order may be in one export: article and price, equal lines too; empty: the export does not tell it.
tellings = st.lists(
    st.tuples(*(
        st.lists(st.tuples(st.sampled_from(["MUG", "POT"]), st.sampled_from(["4.00", "5.00"])), max_size=3)
        for _order in range(2)
    )),
    min_size=1, max_size=4,
)  # fmt: skip


@tried(8)
@given(exports=tellings)
@example(exports=[([("MUG", "4.00")] * 2, []), ([("MUG", "4.00")], []), ([("MUG", "4.00")] * 3, [])])
def test_after_any_exports_each_order_is_as_the_newest_one_tells_it_and_undo_walks_back(
    new_shop: NewShop, write: Write, exports: list[tuple[list[tuple[str, str]], ...]]
) -> None:
    shop = new_shop()
    newest: dict[int, list[tuple[str, str]]] = {}
    seen = [sold(shop)]
    for number, orders in enumerate(exports):
        lines = [
            f"{order},2024-02-03,C1,{article},1,{price},paid"
            for order, told in enumerate(orders)
            for article, price in told
        ]
        newest |= {order: told for order, told in enumerate(orders) if told}
        load(shop, write, FIRST, *lines, LAST, f"X{number},2024-03-03,C2,TEA,1,1.00,paid")
        seen.append(sold(shop))
        assert seen[-1] == {str(order): sorted(told) for order, told in newest.items()}
    for one in reversed(range(len(exports))):
        shop.undo(one + 1)
        assert sold(shop) == seen[one]


def sold(shop: Shop) -> dict[str, list[tuple[str, str]]]:
    """The articles and prices of each order, but for those at the edges of files."""
    orders: dict[str, list[tuple[str, str]]] = {}
    for row in shop.table("orders").to_pylist():
        if row["product_id"] != "TEA":
            orders.setdefault(row["order_id"], []).append((row["product_id"], f"{row['paid']:.2f}"))
    return {order: sorted(lines) for order, lines in orders.items()}


@tried(10)
@given(cuts=st.lists(st.tuples(st.integers(0, 11), st.integers(1, 12)), min_size=1, max_size=4))
def test_exports_that_overlap_and_are_cut_anywhere_make_what_one_makes(
    new_shop: NewShop, write: Write, cuts: list[tuple[int, int]]
) -> None:
    shop = new_shop()
    lines = [f"{order},2024-02-0{order},C1,P{n},1,{n}.00,paid" for order in range(1, 5) for n in range(1, 4)]
    told: set[str] = set()
    for since, count in cuts:
        told |= set(lines[since : since + count])
        load(shop, write, *lines[since : since + count])
    assert sold(shop) == sold_by(told)


def sold_by(lines: set[str]) -> dict[str, list[tuple[str, str]]]:
    orders: dict[str, list[tuple[str, str]]] = {}
    for line in sorted(lines):
        order, _day, _who, article, _pieces, price, _status = line.split(",")
        orders.setdefault(order, []).append((article, price))
    return orders
