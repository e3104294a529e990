"""What known exports of orders come to, and that a sale that two of them tell counts once."""

from __future__ import annotations

import pytest
from small_files import Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

VEND = (
    "Date,Receipt Number,Line Type,Customer Code,Customer Name,Quantity,Subtotal,Sales Tax,Discount,Total,Paid,Details,"
    "Register,User,Status,Sku"
)
SQUARE_ITEMS = (
    "Date,Time,Time Zone,Category,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,"
    "Customer ID,Customer Name"
)
SQUARE_PAYMENTS = (
    "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Tax,Total Collected,Transaction ID,Description,Event Type,"
    "Location,Customer ID,Customer Name,Transaction Status"
)
ZONE = "Eastern Time (US & Canada)"
WOO = (
    "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),"
    "Cart Discount Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,"
    "Item Name,{quantity},Item Cost"
)


def sums(shop: Shop) -> dict[str, float]:
    """What each order came to."""
    found: dict[str, float] = {}
    for row in shop.table("orders").to_pylist():
        found[row["order_id"]] = round(found.get(row["order_id"], 0) + row["paid"], 2)
    return found


def test_a_sale_told_as_a_whole_and_by_its_payments_counts_by_its_lines_alone(
    shop: Shop, write: Write
) -> None:
    rows = (
        "2024-05-02 10:00:00,101,Sale,ANN,Ann Lee,3,30.00,3.90,2.00,33.90,33.90,2 X Tea,Main,zoe,CLOSED,",
        "2024-05-02 10:00:00,101,Sale Line,ANN,Ann Lee,2,20.00,2.60,2.00,22.60,,Tea,Main,zoe,CLOSED,T",
        "2024-05-02 10:00:00,101,Sale Line,ANN,Ann Lee,1,10.00,1.30,0.00,11.30,,Cup,Main,zoe,CLOSED,C",
        "2024-05-02 10:00:00,101,Payment,ANN,Ann Lee,,,,,,33.90,Credit Card,Main,zoe,CLOSED,",
        "2024-05-03 10:00:00,102,Sale,WALKIN,,-1,-10.00,-1.30,0,-11.30,-11.30,1 X Cup,Main,zoe,CLOSED,",
        "2024-05-03 10:00:00,102,Sale Line,WALKIN,,-1,-10.00,-1.30,0,-11.30,,Cup,Main,zoe,CLOSED,C",
    )
    [loaded] = shop.load([write("sales.csv", VEND, *rows)])
    assert (loaded.export, loaded.rows_in, loaded.accepted) == ("Lightspeed sales history", 6, 6)
    assert any(note.startswith("3 rows are whole sales or payments") for note in loaded.notes)
    assert sums(shop) == {"101": 30.00, "102": -10.00}
    shop.build("2024-06-01")
    [ann] = shop.table("profiles").to_pylist()
    assert (ann["full_name"], ann["orders_lifetime"], ann["spend_lifetime"]) == ("Ann Lee", 1, 30.00)
    lines = shop.table("orders").to_pylist()
    assert round(sum(row["tax"] for row in lines), 2) == 2.60
    assert sum(row["discount"] for row in lines) == 2.00


def test_a_square_sale_is_its_articles_whichever_file_comes_last(shop: Shop, write: Write) -> None:
    items = (
        f"2024-05-02,10:00:00,{ZONE},Tea,Sencha,2.0,,$20.00,-$2.00,$18.00,$2.34,T1,Payment,Main,SQ1,Ann Lee",
        f"2024-05-02,10:00:00,{ZONE},Cup,Mug,1.0,,$10.00,$0.00,$10.00,$1.30,T1,Payment,Main,SQ1,Ann Lee",
        f"2024-05-03,10:00:00,{ZONE},Tea,Sencha,-1.0,,-$10.00,$1.00,-$9.00,-$1.17,T2,Refund,Main,SQ1,Ann Lee",
    )
    payments = (
        f'2024-05-02,10:00:00,{ZONE},$30.00,-$2.00,$28.00,$3.64,$31.64,T1,"Tea, Mug",Payment,Main,SQ1,Ann Lee,Complete',
        f"2024-05-03,10:00:00,{ZONE},-$10.00,$1.00,-$9.00,-$1.17,-$10.17,T2,Sencha,Refund,Main,SQ1,Ann Lee,Complete",
        f"2024-05-04,10:00:00,{ZONE},$5.00,$0.00,$5.00,$0.65,$5.65,T3,Custom,Payment,Main,SQ1,Ann Lee,Complete",
    )
    shop.load([write("items.csv", SQUARE_ITEMS, *items)])
    shop.load([write("payments.csv", SQUARE_PAYMENTS, *payments)])
    assert sums(shop) == {"T1": 28.00, "T2": -9.00, "T3": 5.00}
    assert {row["product_name"] for row in shop.table("orders").to_pylist()} == {"Sencha", "Mug", None}
    shop.build("2024-06-01")
    [ann] = shop.table("profiles").to_pylist()
    assert (ann["orders_lifetime"], ann["spend_lifetime"], ann["returns_lifetime"]) == (2, 24.00, 1)


def test_the_cart_discount_of_woocommerce_stands_on_each_line_and_comes_off_once(
    shop: Shop, write: Write
) -> None:
    rows = (
        "1,Completed,2024-05-02 10:00,Ann,Lee,ann@example.com,10.00,5.00,0.00,105.90,10.00,A,Tea,1,62.95",
        "1,Completed,2024-05-02 10:00,Ann,Lee,ann@example.com,10.00,5.00,0.00,105.90,10.00,B,Cup,1,37.95",
        "2,wc-completed,2024-05-02 10:00,Bob,Li,bob@example.com,0.00,0.00,20.00,50.00,0.00,A,Tea,5,10.00",
        "3,On hold,2024-05-02 10:00,Cy,Lo,cy@example.com,0.00,0.00,0.00,50.00,0.00,A,Tea,5,10.00",
    )
    shop.load([write("orders.csv", WOO.format(quantity="Quantity"), *rows)])
    assert sums(shop) == {"1": 90.90, "2": 30.00, "3": 0.00}


def test_quantities_less_refunds_are_not_reduced_by_the_refund_again(shop: Shop, write: Write) -> None:
    row = "2,Completed,2024-05-02 10:00,Bob,Li,bob@example.com,0.00,0.00,20.00,50.00,0.00,A,Tea,3,10.00"
    shop.load([write("orders.csv", WOO.format(quantity="Quantity (- Refund)"), row)])
    assert sums(shop) == {"2": 30.00}


def test_a_stripe_payment_is_an_order_and_what_was_refunded_a_return(shop: Shop, write: Write) -> None:
    header = (
        "id,Description,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email"
    )
    rows = (
        "ch_1,Order 1,2024-05-02 10:00:00,50.00,0.00,cad,Paid,cus_1,ann@example.com",
        "ch_2,Order 2,2024-05-03 10:00:00,40.00,15.00,cad,Paid,cus_1,ann@example.com",
        "ch_3,Order 3,2024-05-03 10:00:00,40.00,0.00,cad,Failed,,bob@example.com",
    )
    shop.load([write("payments.csv", header, *rows)])
    assert sums(shop) == {"ch_1": 50.00, "ch_2": 25.00, "ch_3": 0.00}
