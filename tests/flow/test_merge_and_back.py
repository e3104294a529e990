"""A merge that is taken back leaves nothing behind: profiles, indicators and consents are as they were, row by row."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pytest
from small_files import Filled, Write

from regulars.flow.export import EXPORTS
from regulars.shop import Shop

pytestmark = pytest.mark.slow

PEOPLE = (
    "Customer ID,First Name,Last Name,Email,Phone,Birth Date,Loyalty Card,Address,City,Postal Code,"
    "Email Consent,Email Consent Date,SMS Consent,SMS Consent Date"
)
CRM = (
    "C1,Ann,Roy,ann@example.ca,514-555-0111,1980-02-03,LC100200,1 rue Un,Laval,H7A 1A1,yes,2024-01-02,yes,2024-01-02",
    "C2,Bob,Lee,bob@example.ca,514-555-0122,1975-05-06,LC100201,2 rue Deux,Longueuil,J4H 1A1,no,2024-02-02,,",
    "C3,Eve,Fox,e@x.ca,514-555-0133,1990-07-08,LC100202,3 rue Six,Laval,H7A 1A3,unsubscribed,2024-03-02,no,2024-03-02",
    "C4,Ines,Roux,ines@roux.ca,,1961-09-10,,44 rue Haute,Lévis,G6V 1A1,,,,",
    "C5,Paul,Roux,paul@roux.ca,,1959-10-11,,44 rue Haute,Lévis,G6V 1A1,,,,",
    "C6,Lena,Blanc,lena@blanc.ca,,1985-11-12,,44 rue Haute,Lévis,G6V 1A1,,,,",
    "C7,Omar,Blanc,omar@blanc.ca,,1983-12-01,,44 rue Haute,Lévis,G6V 1A1,,,,",
)
WEB = (
    "W1,Annie,Roy,ann@example.ca,,,,10 rue Dix,Montréal,H2X 1Y9,yes,2024-04-02,,",
    "W2,Robert,Lee,bob@example.ca,,,,,,,,,yes,2024-04-03",
)
ORDERS = "Order ID,Date,Customer ID,Product,SKU,Quantity,Price"
SOLD = (
    "1,2024-03-01 10:00,C1,Tea,T1,1,12.50",
    "2,2024-04-01 11:00,C1,Cup,T2,2,8.00",
    "3,2024-05-01 12:00,C2,Tea,T1,1,12.50",
    "4,2024-05-20 13:00,C2,Pot,T3,1,40.00",
    "5,2024-05-21 14:00,C3,Tea,T1,3,12.50",
    "6,2024-05-22 15:00,C1,Tea,T1,-1,12.50",
)
EVENTS = "Event,Timestamp,Customer ID,Product ID"
SEEN = ("Product Viewed,2024-02-02T10:00:00Z,C2,T1", "Email Opened,2024-05-02T10:00:00Z,C1,")


def _town(shop: Shop, write: Write) -> None:
    shop.load([write("crm.csv", PEOPLE, *CRM)], source="crm")
    shop.load([write("web.csv", PEOPLE, *WEB)], source="web")
    shop.load([write("orders.csv", ORDERS, *SOLD)], source="crm", kind="orders")
    shop.load([write("events.csv", EVENTS, *SEEN)], source="crm", kind="events")
    shop.match()
    shop.lock("crm:C2", {"city": "Brossard"}, who="us", why="told at the till")


@pytest.fixture
def town(filled: Filled) -> Shop:
    return filled(_town)


def exported(shop: Shop, names: Iterable[str] = EXPORTS) -> dict[str, pa.Table]:
    """Every export, or some, of a build of 1 June but the plan's, row by row."""
    shop.build("2024-06-01")
    with shop.ground.engine.session() as session:  # one for all: opening one takes as long as a table
        return {
            name: session.rows(EXPORTS[name](session, shop.ground)) for name in names if name != "decisions"
        }


#: Who is merged, and what is parted: the id that was joined to the other, or a record that the merge named; others
#: of its own go with it.
MERGES = (
    ("crm:C1", "crm:C2", None),
    ("crm:C1", "crm:C3", None),
    ("web:W2", "crm:C3", "crm:C3"),
    ("crm:C1", "web:W2", "web:W2"),
    ("crm:C1", "web:W2", "crm:C1"),
    ("crm:C4", "crm:C6", None),
    ("crm:C7", "crm:C5", "crm:C7"),
    ("crm:C6", "crm:C7", None),
    ("crm:C1", "crm:C4", None),
)
#: Where a build stands between the two, and what it changes besides; the others are seen with the next of these.
SEEN_BETWEEN = {MERGES[1]: (), MERGES[3]: (), MERGES[5]: ("households",)}


def test_after_a_merge_and_its_unmerge_every_export_is_as_it_was(town: Shop) -> None:
    before = exported(town)
    assert len(before) >= 6
    for one, other, apart in MERGES:
        case = (one, other, apart)
        younger = max(town.find(key)[0].person for key in (one, other))
        town.merge(one, other, "us")
        if case in SEEN_BETWEEN:
            between = exported(town, {"identity", "indicators", "people", *SEEN_BETWEEN[case]})
            assert {name for name, rows in between.items() if before[name] == rows} == set(), case
        town.unmerge([apart or f"P{younger}"], "us")
        if case in SEEN_BETWEEN or case == MERGES[-1]:
            after = exported(town)
            assert {name for name in before if before[name] != after[name]} == set(), case
        assert max(town.find(key)[0].person for key in (one, other)) == younger, case


@pytest.mark.parametrize(
    ("one", "other", "email", "sms"),
    [
        ("crm:C1", "crm:C2", "denied", "granted"),
        ("crm:C1", "crm:C3", "withdrawn", "denied"),
        ("crm:C2", "crm:C3", "withdrawn", "denied"),
    ],
)
def test_on_a_merge_the_stricter_consent_wins(town: Shop, one: str, other: str, email: str, sms: str) -> None:
    (both,) = town.merge(one, other, "us").persons
    town.build("2024-06-01")
    (card,) = [row for row in town.table("profiles").to_pylist() if row["person_id"] == f"P{both.person}"]
    assert (card["consent_email"], card["consent_sms"]) == (email, sms)
