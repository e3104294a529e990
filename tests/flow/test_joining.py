"""Joining and parting by hand: what is asked is done, no more, and what was done is said."""

from __future__ import annotations

import pytest
from small_files import Filled, NewShop, Write

from regulars.errors import Invalid
from regulars.shop import Shop


def _four(shop: Shop, write: Write) -> None:
    """Four people who share nothing; two of them have one name."""
    people = (
        "C1,Ann,Roy,ann@example.ca",
        "C2,Bob,Lee,bob@example.ca",
        "C3,Eve,Fox,eve@example.ca",
        "C4,Eve,Fox,",
    )
    shop.load([write("people.csv", "Customer ID,First Name,Last Name,Email", *people)], source="crm")
    shop.build("2024-06-01")


@pytest.fixture
def four(filled: Filled) -> Shop:
    return filled(_four)


def _people(shop: Shop) -> list[list[str]]:
    known: dict[str, list[str]] = {}
    for row in shop.table("identity").to_pylist():
        known.setdefault(row["person_id"], []).append(row["source_key"])
    return sorted(sorted(keys) for keys in known.values())


def test_people_are_joined_by_any_key_that_show_takes(four: Shop) -> None:
    joined = four.merge("ann@example.ca", "P2", "us")
    assert [one.records for one in joined.persons] == [("crm:C1", "crm:C2")]
    assert [one.name for one in joined.persons] == ["Ann Roy"]
    assert four.explain("crm:C1", "crm:C2").same
    assert not four.explain("P1", "P3").same


def test_a_key_of_several_people_is_answered_with_their_ids(four: Shop) -> None:
    with pytest.raises(Invalid, match="2 people fit") as said:
        four.merge("Eve Fox", "P1", "us")
    assert "P3 (Eve Fox), P4 (Eve Fox)" in said.value.next_step
    with pytest.raises(Invalid, match="one person already"):
        four.merge("P1", "crm:C1", "us")


@pytest.mark.slow
def test_the_id_of_somebody_joined_to_another_takes_the_join_back(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    parted = four.unmerge(["P2"], "us")
    assert [(one.record_a, one.record_b, one.why) for one in parted.undone] == [
        ("crm:C1", "crm:C2", "joined by us")
    ]
    assert [(one.person, one.name) for one in parted.persons] == [(1, "Ann Roy"), (2, "Bob Lee")]


@pytest.mark.slow
def test_an_unmerge_that_would_take_back_two_joins_asks_which(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    four.merge("P1", "P3", "them")
    before = _people(four)
    with pytest.raises(Invalid, match="crm:C1 – crm:C3") as said:
        four.unmerge(["crm:C1"], "us")
    assert "`regulars unmerge crm:C2` or `regulars unmerge crm:C3`" in said.value.next_step
    assert _people(four) == before
    assert len(four.unmerge(["crm:C3"], "us").undone) == 1
    assert _people(four) == [["C1", "C2"], ["C3"], ["C4"]]


@pytest.mark.slow
def test_all_of_them_are_taken_back_when_that_is_meant(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    four.merge("P1", "P3", "us")
    assert len(four.unmerge(["crm:C1"], "us", every=True).undone) == 2
    assert _people(four) == [["C1"], ["C2"], ["C3"], ["C4"]]


@pytest.mark.slow
def test_the_records_named_stay_together_though_another_held_them(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    four.merge("P2", "P3", "us")
    four.unmerge(["crm:C1", "crm:C3"], "us")
    assert _people(four) == [["C1", "C3"], ["C2"], ["C4"]]


def test_who_is_several_records_is_parted_by_naming_some(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    with pytest.raises(Invalid, match="P1 is 2 records: crm:C1, crm:C2"):
        four.unmerge(["P1"], "us")


def test_why_two_are_one_is_said_by_what_they_still_have_in_common(shop: Shop, write: Write) -> None:
    header = "Customer ID,First Name,Last Name,Birth Date,Address,City,Postal Code,Email"
    ann = "{},Ann,Trottemenu,1980-02-03,12 rue du Quai,Rimouski,G5L 7Q1,{}"
    shop.load([write("crm.csv", header, ann.format("C1", "ann@x.ca"))], source="crm")
    shop.load([write("web.csv", header, ann.format("W1", ""))], source="web")
    shop.match()
    (second,) = shop.load([write("web2.csv", header, ann.format("W1", "ann@x.ca"))], source="web")
    shop.build("2024-06-01")
    assert "they have the same e-mail" in shop.explain("crm:C1", "web:W1").sentence
    assert second.import_id
    shop.undo(second.import_id)
    shop.build("2024-06-01")
    assert "probability" in shop.explain("crm:C1", "web:W1").sentence
    assert all(one.why.startswith("like ") for one in shop.show(1).records)
    assert [one.why for one in shop.unmerge(["web:W1"], "us").undone] == ["alike"]


@pytest.mark.slow
def test_the_records_named_stay_together_also_where_an_older_link_held_them(shop: Shop, write: Write) -> None:
    header = "Customer ID,First Name,Last Name,Email,Phone"
    anns = "C1,Ann,Roy,ann.e@x.ca,", "C2,Ann,Roy,,514-555-0144", "C3,Ann,Roy,ann.e@x.ca,514-555-0144"
    both = "C1,Ann,Roy,annie@y.ca,", "C2,Ann,Roy,annie@y.ca,"
    shop.load([write("crm.csv", header, *anns)], source="crm")
    (second,) = shop.load([write("more.csv", header, *both)], source="crm")
    shop.match()
    assert second.import_id
    shop.undo(second.import_id)
    shop.match()
    assert _people(shop) == [["C1", "C2", "C3"]]
    shop.unmerge(["crm:C1", "crm:C2"], "us")
    assert _people(shop) == [["C1", "C2"], ["C3"]]


def test_of_two_people_the_records_that_are_most_alike_are_compared(shop: Shop, write: Write) -> None:
    mailboxes = "1,jean@jean.ca", "2,lucie@lucie.ca"
    couple = (
        "1,Jean,Trottemenu,jean@jean.ca,1960-01-02,12 rue du Quai,Rimouski,G5L 7Q1",
        "2,Lucie,Trottemenu,lucie@lucie.ca,1962-03-04,12 rue du Quai,Rimouski,G5L 7Q1",
    )
    header = "Customer ID,First Name,Last Name,Email,Birth Date,Address,City,Postal Code"
    shop.load([write("news.csv", "Customer ID,Email", *mailboxes)], source="news")
    shop.load([write("crm.csv", header, *couple)], source="crm")
    shop.match()
    assert _people(shop) == [["1", "1"], ["2", "2"]]
    assert shop.review() == []
    said = shop.explain("P1", "P2")
    assert (said.name_a, said.name_b) == ("crm:1", "crm:2")
    assert "address" in {field.field for field in said.fields if field.likeness == "same"}


@pytest.mark.slow
def test_two_who_were_joined_again_are_one_since_the_second_word(four: Shop) -> None:
    four.merge("P1", "P2", "us")
    first = four.show(1).records[0].since_us
    four.unmerge(["crm:C2"], "us")
    again = four.ground.now_us()
    four.merge("P1", "P2", "us")
    since = {one.since_us for one in four.show(1).records}
    assert first is not None
    assert first < again
    assert min(one for one in since if one is not None) >= again


@pytest.mark.parametrize(
    ("blocked", "households"), [("1200 Boul. St-Joseph", 0), ("1200 boul. St-Joseph, Rimouski", 1)]
)
def test_who_come_to_the_shop_s_own_door_are_no_household(
    new_shop: NewShop, write: Write, blocked: str, households: int
) -> None:
    shop = new_shop(f'[match]\nblocked_values = ["{blocked}"]\n')
    rows = ("C1,Ann,Roy,1200 boulevard St-Joseph,Gatineau", "C2,Bob,Roy,1200 bd St-Joseph,Gatineau")
    shop.load([write("people.csv", "Customer ID,First Name,Last Name,Address,City", *rows)], source="crm")
    assert shop.match().households == households
