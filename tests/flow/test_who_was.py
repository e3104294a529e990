"""Who was this on a day: the log is dated, tells both sides of a split, and every id that was ever issued resolves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_files import JUNE, Clock, Filled, Write

from regulars.cli.pages.past import print_past
from regulars.errors import Invalid, NotFound
from regulars.flow.people.gone import why_gone
from regulars.shop import Shop
from regulars.words import speak

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Last Name,Email"


def turn(shop: Shop, day: int) -> None:
    """It is the evening of a day of June."""
    assert isinstance(shop.ground.now, Clock)
    shop.ground.now.now = JUNE + timedelta(days=day - 1)


def _month(shop: Shop, write: Write) -> None:
    """Ann and Bob are two on the 1st, one on the 3rd, two on the 5th; the web shop tells of Ann on the 7th."""
    ann, bob = "C1,Ann,Roy,ann@example.ca", "C2,Bob,Lee,bob@example.ca"
    shop.load([write("people.csv", PEOPLE, ann, bob)], source="crm")
    shop.match()
    turn(shop, 3)
    shop.merge("P1", "P2", "Ada")
    turn(shop, 5)
    shop.unmerge(["P2"], "Bea")
    turn(shop, 7)
    shop.load([write("web.csv", PEOPLE, "W1,Ann,Roy,ann@example.ca")], source="web")
    shop.match()
    turn(shop, 9)


@pytest.fixture
def month(filled: Filled) -> Shop:
    return filled(_month)


def since(shop: Shop, key: str, day: str) -> list[str]:
    (told,) = shop.who_was(key, day).persons
    return [f"{'+'.join(c.records)} {c.before}>{c.after} {c.why}".strip() for c in told.since]


def test_a_day_before_the_shop_knew_them_they_were_nobody(month: Shop) -> None:
    before = month.who_was("crm:C1", "2024-05-31")
    assert before.persons == ()
    assert before.first_us is not None
    assert month.who_was("web:W1", "2024-06-06").persons == ()


@pytest.mark.parametrize("key", ["crm:C2", "P2", "bob@example.ca"])
def test_a_merge_and_its_taking_back_are_told_with_who_did_it(month: Shop, key: str) -> None:
    (told,) = month.who_was(key, "2024-06-02").persons
    assert (told.person, told.records) == (2, ("crm:C2",))
    assert since(month, key, "2024-06-02") == ["crm:C2 2>1 joined by Ada", "crm:C2 1>2 parted by Bea"]
    assert [(one.person, one.name) for one in told.now] == [(2, "Bob Lee")]


def test_on_the_day_between_they_were_one(month: Shop) -> None:
    (told,) = month.who_was("crm:C2", "2024-06-04").persons
    assert (told.person, told.records) == (1, ("crm:C1", "crm:C2"))
    assert [one.person for one in told.now] == [1, 2]


def test_a_split_is_told_from_both_sides(month: Shop) -> None:
    split = "crm:C2 1>2 parted by Bea"
    assert split in since(month, "crm:C1", "2024-06-04")
    assert split in since(month, "crm:C2", "2024-06-04")


def test_a_record_that_joins_is_told_with_what_joined_it(month: Shop) -> None:
    assert since(month, "P1", "2024-06-06") == ["web:W1 None>1 same e-mail"]
    assert since(month, "web:W1", "2024-06-08") == []


def test_a_day_is_the_shops_own_and_means_its_evening(month: Shop) -> None:
    """The merge of the 3rd was at 18:00 in Toronto: 22:00 UTC."""
    (told,) = month.who_was("crm:C2", "2024-06-03").persons
    assert told.person == 1


def test_records_that_are_gone_are_told_so(month: Shop) -> None:
    newest = max(one.import_id for one in month.imports())
    month.undo(newest)
    month.match()
    assert since(month, "web:W1", "2024-06-08") == ["web:W1 1>None their import was undone"]
    turn(month, 11)
    month.erase(["crm:C2"], "Eve")
    assert since(month, "P2", "2024-06-08") == ["an erased record 2>None erased by Eve"]


def test_a_day_to_come_is_refused(month: Shop) -> None:
    with pytest.raises(Invalid, match="still to come"):
        month.who_was("P1", "2024-06-20")


def _undone(shop: Shop, write: Write) -> None:
    """The only import of two customers is undone on the 3rd."""
    shop.load(
        [write("people.csv", PEOPLE, "C1,Ann,Roy,ann@example.ca", "C2,Bob,Lee,bob@example.ca")], source="crm"
    )
    shop.build("2024-06-01")
    turn(shop, 3)
    shop.undo(1)


@pytest.mark.parametrize("matched", [False, True])
@pytest.mark.parametrize("key", ["P1", "Ann Roy"])
def test_whose_only_import_was_undone_is_said_to_be_gone_since_when_and_why(
    filled: Filled, key: str, *, matched: bool
) -> None:
    shop = filled(_undone)
    if matched:
        shop.match()
    with pytest.raises(
        NotFound, match="P1 is nobody any more, since Jun 3, 2024: their import was undone"
    ) as problem:
        shop.find(key)
    assert "`regulars show P1 --on DAY`" in problem.value.next_step
    (stood,) = shop.who_was("P1", "2024-06-02").persons
    assert stood.records == ("crm:C1",)


def test_who_was_erased_is_said_to_be_gone_and_by_whom(month: Shop) -> None:
    month.erase(["crm:C2"], "Ada")
    with pytest.raises(NotFound, match="P2 is nobody any more, since Jun 9, 2024: erased by Ada"):
        month.find("P2")


def _together(shop: Shop, write: Write) -> None:
    """Two records are one customer; an import without anybody in it is undone on the 1st."""
    shop.load([write("goods.csv", "product_id,product_name,price", "T1,Tea,4.00")], source="crm")
    shop.undo(1)
    people = ("C1,Ann,Roy,ann@example.ca", "C2,Ann,Roy,ann@example.ca")
    shop.load([write("people.csv", PEOPLE, *people)], source="crm")
    shop.match()
    assert len(shop.who_was("P1", "2024-06-01").persons[0].records) == 2


def test_who_was_parted_from_another_and_then_erased_is_said_to_be_erased(filled: Filled) -> None:
    shop = filled(_together)
    turn(shop, 3)
    shop.unmerge(["crm:C2"], "Bea")
    turn(shop, 5)
    shop.erase(["crm:C1"], "Ada")
    with pytest.raises(NotFound, match="P1 is nobody any more, since Jun 5, 2024: erased by Ada"):
        shop.find("P1")


def test_whose_records_were_erased_one_by_one_is_said_to_be_erased(filled: Filled) -> None:
    shop = filled(_together)
    for day, key in ((3, "crm:C1"), (5, "crm:C2")):
        turn(shop, day)
        shop.erase([key], f"Ada on day {day}")
    with pytest.raises(NotFound, match="P1 is nobody any more, since Jun 5, 2024: erased by Ada on day 5"):
        shop.find("P1")


def test_an_undo_of_another_import_does_not_date_who_is_gone(filled: Filled) -> None:
    def two_imports(shop: Shop, write: Write) -> None:
        for key, name in (("C1", "Ann"), ("C2", "Bob")):
            row = f"{key},{name},Roy,{name}@example.ca"
            shop.load([write(f"{name}.csv", PEOPLE, row)], source="crm")
        shop.match()
        for day, number in ((3, 1), (9, 2)):
            turn(shop, day)
            shop.undo(number)

    shop = filled(two_imports)
    for person, day in (("P1", "Jun 3"), ("P2", "Jun 9")):
        with pytest.raises(
            NotFound, match=f"{person} is nobody any more, since {day}, 2024: their import was undone"
        ):
            shop.find(person)


def test_an_undo_is_no_reason_for_records_of_another_source_nor_for_those_that_are_there(month: Shop) -> None:
    """Of `crm` nothing was undone; the web shop's only record is number 3."""
    month.undo(max(one.import_id for one in month.imports()))
    with month.ground.store.read() as connection:
        now_us = month.ground.now_us()
        assert why_gone(connection, [3], now_us) == "their import was undone"
        assert why_gone(connection, [1], now_us) == why_gone(connection, [], now_us) == ""


def test_in_french_an_id_designates_nobody_any_more(month: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    month.undo(max(one.import_id for one in month.imports()))
    month.match()
    month.erase(["crm:C2"], "Ada")
    speak("fr")
    try:
        with pytest.raises(
            NotFound, match="P2 ne désigne plus personne depuis le 9 juin 2024\u00a0: effacement fait par Ada"
        ) as problem:
            month.find("P2")
        assert problem.value.next_step.endswith("dit qui c’était à une date antérieure")
        print_past(month.who_was("web:W1", "2024-06-08"), month.settings.shop.time_zone)
    finally:
        speak(None)
    said = " ".join(capsys.readouterr().out.split())
    assert "web:W1 a quitté P1 et n’appartient plus à personne (importation annulée)" in said
