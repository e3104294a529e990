"""What to ask whom, and where: one question a customer, those worth most first."""

from __future__ import annotations

import pytest
from small_files import Filled, Write

from regulars.errors import Refused
from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

CLIENTS = (
    "Customer ID,First Name,Last Name,Email,Phone,Postal Code,Birth Date,Loyalty Card,Accepts Email",
    "C1,Ann,Roy,,,H2X 1Y4,,601,",
    "C2,Bob,Roy,bob@example.ca,,H2X 1Y4,,602,",
    "C3,Cat,Roy,cat@example.ca,,H2X 1Y4,1980-05-31,,yes",
    "C4,Dan,Roy,dan@example.ca,,H2X 1Y4,1980-05-31,604,no",
    "C5,Eve,Roy,eve@example.ca,,H2X 1Y4,,605,yes",
    "C6,Fay,Roy,fay@example.ca,,H2X 1Y4,1980-05-31,606,yes",
    "C7,Gil,Roy,,,H2X 1Y4,,,",
    "C8,Hal,Roy,hal@example.ca,,,1980-05-31,608,yes",
)
ORDERS = (
    "Order ID,Date,Customer ID,SKU,Quantity,Paid,Store,Sales channel",
    "1,2024-05-01,C1,MUG,1,10.00,Laurier,",
    "2,2024-05-02,C2,MUG,1,80.00,Laurier,",
    "3,2024-05-03,C3,MUG,1,30.00,,web",
    "4,2024-05-04,C4,MUG,1,90.00,,web",
    "5,2024-05-05,C5,MUG,1,50.00,,phone",
    "6,2024-05-06,C6,MUG,1,99.00,,web",
    "7,2024-05-07,C8,MUG,1,20.00,,web",
    "8,2024-05-08,,MUG,1,70.00,Laurier,",
    "9,2024-05-09,,MUG,1,15.00,,phone",
    "10,2023-01-09,,MUG,1,500.00,,web",
)


def _crm(shop: Shop, write: Write) -> None:
    """A shop in which something else is missing of each customer."""
    shop.load([write("crm.csv", *CLIENTS), write("orders.csv", *ORDERS)], source="crm")


@pytest.fixture
def crm(filled: Filled) -> Shop:
    return filled(_crm)


def test_each_is_asked_the_one_thing_that_is_missing_those_worth_most_first(crm: Shop) -> None:
    crm.build("2024-06-01")
    asked = [(one.name, one.question, one.place) for one in crm.to_ask().people]
    assert asked == [
        ("Bob Roy", "consent", "till"),
        ("Eve Roy", "birthday", "phone"),
        ("Cat Roy", "card", "online"),
        ("Ann Roy", "address", "till"),
    ]


def test_the_postal_code_is_asked_for_once_areas_are_known(crm: Shop, write: Write) -> None:
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")])
    crm.build("2024-06-01")
    assert ("Hal Roy", "postcode") in [(one.name, one.question) for one in crm.to_ask().people]


def test_whoever_said_no_is_not_asked_for_consent_again(crm: Shop) -> None:
    crm.build("2024-06-01")
    assert "Dan Roy" not in [one.name for one in crm.to_ask().people]


def test_places_where_buyers_are_not_known_come_with_what_they_bring(crm: Shop) -> None:
    crm.build("2024-06-01")
    found = [
        (one.place, one.location, one.unknown_orders, one.orders, one.unknown_paid, one.way)
        for one in crm.to_ask().places
    ]
    assert found == [("till", "Laurier", 1, 3, 7_000, "card"), ("phone", "phone", 1, 2, 1_500, "name")]


def test_the_list_can_be_written_and_is_as_long_as_the_counts_say(crm: Shop) -> None:
    crm.build("2024-06-01")
    assert crm.table("to_ask").num_rows == sum(crm.to_ask(1).counted.values()) == 4
    assert len(crm.to_ask(1).people) == 1


def test_before_the_first_build_there_is_nothing_to_ask(shop: Shop) -> None:
    with pytest.raises(Refused):
        shop.to_ask()
    shop.build("2024-06-01")
    assert shop.to_ask().people == ()
