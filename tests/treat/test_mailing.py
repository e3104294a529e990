"""The list that a mailing tool takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.model.cells import harmless
from regulars.settings import ShopSettings
from regulars.treat.catalogue import Offer, treatments
from regulars.treat.mailing import COLUMNS, fill, write_mailing
from regulars.treat.offers import describe
from regulars.words import Text

from .conftest import BIRTHDAY, DAY, LATE, NEW

Plans = Callable[..., pa.Table]
SHOP = ShopSettings(name="Chez Marguerite", currency="CAD")


def _people(count: int, **columns: list[str | None]) -> pa.Table:
    contact = {name: pa.array(columns.get(name, [None] * count), pa.string())
               for name in ("email", "phone", "given_name", "family_name")}  # fmt: skip
    return pa.table({"person": pa.array(range(1, count + 1), pa.int64()), **contact})


def _rows(session: Session, plan: pa.Table, people: pa.Table) -> list[dict[str, str]]:
    session.table("people", people)
    file = io.StringIO(newline="")
    written = write_mailing(session, plan, treatments(), file, shop=SHOP)
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert len(rows) == written
    return rows


def test_a_row_has_the_address_the_words_the_offer_and_the_reason(session: Session, planned: Plans) -> None:
    plan = planned({**LATE, "language": "fr"}, {})
    people = _people(
        2, email=["ana@example.com", None], given_name=["Ana", "Bo"], phone=["+15145550123", None]
    )
    rows = _rows(session, plan, people)
    assert [row["person_id"] for row in rows] == ["P1"]
    row = {name: value.replace("\u00a0", " ") for name, value in rows[0].items()}
    assert tuple(row) == COLUMNS
    assert (row["email"], row["phone"]) == ("ana@example.com", "+15145550123")
    assert (row["given_name"], row["family_name"]) == ("Ana", "")
    assert (row["language"], row["treatment"], row["channel"]) == ("fr", "win_back", "email")
    assert row["subject"] == "Une petite attention de Chez Marguerite"
    assert row["body"].startswith("Bonjour Ana,")
    assert f"{row['offer']}, avec le code BACK15" in row["body"]
    assert row["offer_code"] == "BACK15"
    assert row["offer"] == "15 % de rabais, dès 40,00 $ d’achats, jusqu’au 4 janvier 2027"
    assert row["reason"].startswith("Prévu : « Reconquête »")


def test_nobody_who_is_left_out_or_kept_aside_is_on_the_list(session: Session, planned: Plans) -> None:
    plan = planned(*[LATE] * 50, {}, {**LATE, "consent_email": "denied"}, holdout=0.5)
    expected = [str(row["person"]) for row in plan.to_pylist() if row["chosen"] and not row["holdout"]]
    assert 5 < len(expected) < 45
    assert [row["person_id"] for row in _rows(session, plan, _people(52))] == [
        f"P{person}" for person in expected
    ]


def test_a_text_message_has_the_short_words_and_no_subject(session: Session, planned: Plans) -> None:
    plan = planned({**NEW, "consent_email": "denied", "consent_sms": "granted"})
    row = _rows(session, plan, _people(1, phone=["+15145550123"]))[0]
    assert (row["channel"], row["subject"]) == ("sms", "")
    assert row["body"].startswith("Chez Marguerite: thank you")


def test_no_cell_can_be_taken_for_a_formula(session: Session, planned: Plans) -> None:
    names = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "Ana"]
    plan = planned(*[BIRTHDAY] * len(names))
    rows = _rows(session, plan, _people(len(names), given_name=names, phone=["+15145550123"] * len(names)))
    assert [row["given_name"] for row in rows] == [*(f"'{name}" for name in names[:-1]), "Ana"]
    assert {row["phone"] for row in rows} == {"+15145550123"}
    for row in rows:
        for value in row.values():
            assert value == harmless(value) or value.startswith("'")


def test_an_address_is_never_changed(session: Session, planned: Plans) -> None:
    emails = ["+ann@example.ca", "-bob@example.ca", "=luc=@mail.example.ca", "=cmd|'/C calc'!A0@example.ca"]
    plan = planned(*[BIRTHDAY] * len(emails))
    rows = _rows(session, plan, _people(len(emails), email=emails))
    assert [row["email"] for row in rows] == [*emails[:-1], f"'{emails[-1]}"]


def test_every_message_is_filled_in_for_somebody_without_a_name_too(session: Session, planned: Plans) -> None:
    plan = planned(
        *[{**one, "language": language} for one in (BIRTHDAY, NEW, LATE) for language in ("en", "fr")]
    )
    names = ["Ana", "{{ offer }}", None, None, None, None]
    rows = _rows(session, plan, _people(6, given_name=names))
    assert rows[0]["body"].startswith("Hello Ana,")
    assert rows[1]["body"].startswith("Bonjour {{ offer }},"), "a customer's name is not a mark of ours"
    for row in rows[2:]:
        assert "{{" not in row["subject"] + row["body"]
    for treatment in treatments().values():
        for message in treatment.messages.values():
            for text in (message.subject, message.body, message.short):
                values = dict.fromkeys(("given_name", "offer", "offer_code", "shop_name"), "x")
                assert "{" not in fill(text, values)


def test_a_list_of_nobody_is_a_header(session: Session, planned: Plans) -> None:
    assert _rows(session, planned({}), _people(1)) == []


@pytest.mark.parametrize(
    ("offer", "english", "french"),
    [
        (Offer(), "", ""),
        (Offer(kind="percent", value=Decimal("12.5")), "12.5% off", "12,5 % de rabais"),
        (
            Offer(kind="amount", value=Decimal(5), minimum=Decimal(30), expires_days=27),
            "$5.00 off, from $30.00 of purchases, until 1 January 2027",
            "5,00 $ de rabais, dès 30,00 $ d’achats, jusqu’au 1er janvier 2027",
        ),
        (Offer(kind="gift", gift=Text(en="a cup", fr="une tasse"), expires_days=1),
         "a cup, until 6 December 2026", "une tasse, jusqu’au 6 décembre 2026"),
    ],
)  # fmt: skip
def test_an_offer_is_said_in_words(offer: Offer, english: str, french: str) -> None:
    said = describe(offer, day=DAY, currency="CAD")
    assert said.en == english
    assert said.fr.replace("\u00a0", " ") == french
