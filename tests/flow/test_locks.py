"""What somebody of the shop says of a person stands above every file, follows the record, and can be taken back."""

from __future__ import annotations

import pytest
from small_files import Filled, NewShop, Write

from regulars.errors import Invalid, NotFound, Refused
from regulars.shop import Shop

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Last Name,Email,Phone"
ANN = "C1,Ann,Roy,ann@example.ca,514-282-2020"
LUC = "C2,Luc,Côté,luc@example.ca,"


def _known(shop: Shop, write: Write) -> None:
    shop.load([write("crm.csv", PEOPLE, ANN, LUC)], source="crm")
    shop.build("2024-06-01")


@pytest.fixture
def known(filled: Filled) -> Shop:
    return filled(_known)


def card(shop: Shop, key: str) -> dict[str, str]:
    (hit,) = shop.find(key)
    return {name: one.value for name, one in shop.show(hit.person).fields.items()}


def test_a_lock_is_seen_at_once_and_outlives_a_newer_file_and_a_build(known: Shop, write: Write) -> None:
    known.lock("crm:C1", {"email": " Ann.Roy@Example.ca "}, who="marie", why="said at the till")
    assert card(known, "crm:C1")["email"] == "ann.roy@example.ca"
    known.load([write("again.csv", PEOPLE, ANN.replace("ann@", "other@"))], source="crm")
    known.build("2024-06-01")
    shown = known.show(known.find("ann.roy@example.ca")[0].person).fields["email"]
    assert shown.value == "ann.roy@example.ca"
    assert shown.locked is not None
    assert (shown.locked.who, shown.locked.why) == ("marie", "said at the till")
    known.unlock("crm:C1", ["email"], who="marie")
    assert card(known, "crm:C1")["email"] == "other@example.ca"
    assert [(one.field, one.released_by) for one in known.locks("crm:C1")] == [("email", "marie")]


def test_of_two_locks_on_merged_records_the_newest_holds_and_an_unmerge_gives_each_its_own(
    known: Shop,
) -> None:
    known.lock("crm:C2", {"city": "Laval"}, who="luc")
    known.lock("crm:C1", {"city": "Québec"}, who="ann")
    known.merge("crm:C1", "crm:C2", "us")
    known.build("2024-06-01")
    assert card(known, "crm:C2")["city"] == "Québec"
    assert [one.value for one in known.locks("crm:C1") if one.released_us is None] == ["Québec", "Laval"]
    known.unmerge(["crm:C2"], "us")
    known.build("2024-06-01")
    assert (card(known, "crm:C1")["city"], card(known, "crm:C2")["city"]) == ("Québec", "Laval")


def test_a_name_is_locked_whole_and_a_locked_part_is_not_contradicted(known: Shop) -> None:
    known.lock("crm:C1", {"name": "Anne Roy-Tremblay"}, who="us")
    assert card(known, "crm:C1")["family_name"] == "Roy-Tremblay"
    known.lock("crm:C1", {"given_name": "Annette"}, who="us")
    names = card(known, "crm:C1")
    assert (names["given_name"], names.get("full_name")) == ("Annette", None)
    known.unlock("crm:C1", ["name"], who="us")
    assert card(known, "crm:C1")["given_name"] == "Ann"


def test_a_field_can_be_kept_empty(known: Shop) -> None:
    known.lock("crm:C1", {"phone": ""}, who="us", why="not hers")
    assert card(known, "crm:C1")["phone"] == ""
    known.build("2024-06-01")
    assert known.table("people").to_pylist()[0]["phone"] is None


def test_a_plan_after_a_lock_knows_of_it(known: Shop) -> None:
    known.plan("2024-06-01")
    known.lock("crm:C2", {"email": ""}, who="us")
    known.plan("2024-06-01")
    assert known.count("not has_email")[1].members == 1


def test_what_cannot_be_locked_is_said(known: Shop) -> None:
    with pytest.raises(Invalid, match="phone"):
        known.lock("crm:C1", {"phone": "abc"}, who="us")
    with pytest.raises(Invalid) as problem:
        known.lock("crm:C1", {"emial": "a@example.ca"}, who="us")
    assert "did you mean 'email'" in problem.value.next_step
    with pytest.raises(NotFound):
        known.lock("crm:C9", {"city": "Laval"}, who="us")
    with pytest.raises(Refused):
        known.unlock("crm:C1", [], who="us")


def test_somebody_among_several_must_be_named(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    shop.load(
        [write("crm.csv", PEOPLE, ANN, ANN.replace("C1,Ann", "C3,Zoé").replace("ann@", "zoe@"))], source="crm"
    )
    shop.build("2024-06-01")
    with pytest.raises(Invalid, match="2 people"):
        shop.lock("Roy", {"city": "Laval"}, who="us")
