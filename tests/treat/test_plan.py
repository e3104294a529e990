"""Who gets what tomorrow, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from regulars.engine import Session
from regulars.settings import Settings, ShopSettings
from regulars.store import Store
from regulars.store.sqlite import sqlite
from regulars.store.tables import decisions
from regulars.treat.catalogue import treatments
from regulars.treat.holdout import held
from regulars.treat.plan import audiences_of, plan
from regulars.treat.writes import whole_days, write_plan

from .conftest import BIRTHDAY, DAY, DUE, LATE, NEW, OPERANDS, PAST, Person, profiles

Plans = Callable[..., pa.Table]


def _what(plan: pa.Table) -> list[tuple[str | None, str | None, bool]]:
    return [(row["treatment"], row["channel"], row["chosen"]) for row in plan.to_pylist()]


@pytest.mark.parametrize(
    ("person", "treatment"),
    [
        (NEW, "welcome"),
        ({**NEW, "days_since_first_order": 30}, "second_purchase"),
        ({**NEW, "days_since_first_order": 61}, None),
        (DUE, "due_for_repurchase"),
        (LATE, "win_back"),
        ({**LATE, "stage": "lapsed"}, "win_back"),
        ({**LATE, "days_since_last_order": 800}, None),
        ({**LATE, "orders_lifetime": 1}, None),
        (BIRTHDAY, "birthday"),
        ({**BIRTHDAY, "orders_lifetime": 0, "stage": "prospect"}, None),
        ({}, None),
    ],
)
def test_each_person_gets_the_treatment_that_is_meant_for_them(
    planned: Plans, person: Person, treatment: str | None
) -> None:
    assert _what(planned(person)) == [(treatment, "email" if treatment else None, treatment is not None)]


def test_a_person_gets_one_decision_and_the_first_priority_wins(planned: Plans) -> None:
    row = planned({**LATE, **BIRTHDAY}).to_pylist()[0]
    assert row["treatment"] == "birthday"
    assert row["reason_en"] == (
        "Planned: “Birthday”, by e-mail. It is meant for customers whose birth month is this month (December) and "
        "with some orders. It goes before “Win-back”."
    )
    assert row["reason_fr"] == (
        "Prévu : « Anniversaire », par courriel. C’est destiné aux clients dont le mois de naissance est ce mois-ci "
        "(décembre) et ayant des commandes. Cela passe avant « Reconquête »."
    )


@pytest.mark.parametrize(
    ("person", "channel"),
    [
        ({"consent_sms": "granted"}, "email"),
        ({"consent_email": "withdrawn", "consent_sms": "granted"}, "sms"),
        ({"has_email": False, "consent_sms": "granted"}, "sms"),
        ({"has_email": None, "consent_sms": "granted"}, "sms"),
        ({"consent_email": "denied", "consent_post": "granted"}, "post"),
        ({"consent_email": "unknown", "consent_post": "granted", "has_address": False}, None),
        ({"consent_email": None}, None),
        ({"consent_email": "denied", "consent_phone": "granted"}, None),
    ],
)
def test_the_first_channel_with_consent_and_an_address_is_used_and_no_other(
    planned: Plans, person: Person, channel: str | None
) -> None:
    assert _what(planned({**BIRTHDAY, **person})) == [("birthday", channel, channel is not None)]


def test_who_cannot_be_written_to_is_left_out_and_told_why_channel_by_channel(planned: Plans) -> None:
    row = planned(
        {**LATE, "consent_email": "withdrawn", "consent_sms": "granted", "has_mobile": False}
    ).to_pylist()[0]
    assert (row["chosen"], row["channel"]) == (False, None)
    assert row["reason_en"] == (
        "Left out: “Win-back” fits, but no channel can be used: consent to e-mail withdrawn; "
        "no number that takes text messages."
    )
    assert row["reason_fr"] == (
        "Laissé de côté : « Reconquête » convient, mais aucun canal ne peut servir : consentement aux courriels "
        "retiré; aucun numéro qui reçoit des textos."
    )


@pytest.mark.parametrize("state", ["withdrawn", "denied"])
def test_a_no_at_an_address_stops_it_for_everybody_who_has_it(planned: Plans, state: str) -> None:
    address = {"email": "jean.dupont@example.com"}
    rows = planned({**LATE, **address}, {"consent_email": state, **address}, LATE).to_pylist()
    assert [row["chosen"] for row in rows] == [False, False, True]
    assert "somebody with the same e-mail address said no to e-mails" in rows[0]["reason_en"]


def test_the_day_of_a_refusal_is_that_of_the_shop(planned: Plans) -> None:
    half_past_eleven_in_toronto = 1_777_865_400_000_000  # 2026-05-03T23:30 there, the day after in Greenwich
    provenance = json.dumps(
        {"email": {"source": "crm", "basis": "bounced", "at_us": half_past_eleven_in_toronto, "dated": True}}
    )
    row = planned({**LATE, "consent_email": "withdrawn", "consent_provenance": provenance}).to_pylist()[0]
    assert "consent to e-mail withdrawn on 3 May 2026; no known consent to text messages." in row["reason_en"]
    assert "consentement aux courriels retiré le 3 mai 2026; aucun consentement connu" in row["reason_fr"]


@pytest.mark.parametrize("basis", ["asserted", "bounced", "complaint"])
def test_a_refusal_that_its_file_does_not_date_is_told_as_of_the_day_of_its_import(
    planned: Plans, basis: str
) -> None:
    loaded = 1_795_305_600_000_000  # 2026-11-22
    provenance = json.dumps({"email": {"source": "shopify", "basis": basis, "at_us": loaded, "dated": False}})
    row = planned({**LATE, "consent_email": "denied", "consent_provenance": provenance}).to_pylist()[0]
    assert "consent to e-mail denied, says a file loaded on 21 November 2026; no known" in row["reason_en"]
    assert "refusé, selon un fichier chargé le 21 novembre 2026; aucun consentement connu" in row["reason_fr"]


def test_a_shop_that_speaks_neither_language_writes_in_english(session: Session) -> None:
    session.table("profiles", profiles([{**LATE, "language": "es"}]))
    ready = treatments()
    made = plan(
        session, ready, audiences_of(ready, OPERANDS, day=DAY, currency="EUR"), day=DAY, salt="salt",
        settings=Settings(shop=ShopSettings(languages=("es",))), previous=PAST.empty_table(),
    )  # fmt: skip
    assert made["language"].to_pylist() == ["en"]


def test_who_fits_nothing_is_told_so(planned: Plans) -> None:
    row = planned({}).to_pylist()[0]
    assert row["reason_en"] == "Not planned: no treatment fits this customer today."
    assert row["reason_fr"] == "Non prévu : aucun traitement ne convient à ce client aujourd’hui."


@pytest.mark.parametrize(("ago", "chosen"), [(89, False), (90, True), (7, False)])
def test_a_treatment_comes_at_most_once_in_its_days(planned: Plans, ago: int, chosen: bool) -> None:
    row = planned(LATE, past=((1, DAY - ago, "win_back", True),)).to_pylist()[0]
    assert row["chosen"] is chosen
    if ago == 7:
        assert row["reason_en"] == (
            "Left out: “Win-back” fits, but was already decided on 28 November 2026, "
            "and it comes at most once in 90 days."
        )


@pytest.mark.parametrize(("ago", "chosen"), [(1, False), (6, False), (7, True)])
def test_days_pass_between_two_messages_whatever_they_are(planned: Plans, ago: int, chosen: bool) -> None:
    row = planned(LATE, past=((1, DAY - ago, "birthday", True),)).to_pylist()[0]
    assert row["chosen"] is chosen
    if ago == 1:
        assert row["reason_en"] == (
            "Left out: “Win-back” fits, but another message was decided on 4 December 2026, "
            "and 7 days pass between two."
        )


def test_what_was_not_chosen_holds_nothing_back_nor_what_others_got(planned: Plans) -> None:
    past = ((1, DAY - 1, "win_back", False), (2, DAY - 1, "win_back", True))
    assert [chosen for _, _, chosen in _what(planned(LATE, LATE, past=past))] == [True, False]


def test_planning_a_day_again_gives_the_same_plan(planned: Plans) -> None:
    first = planned(LATE, NEW, {}, holdout=0.5)
    past = tuple((row["person"], row["day"], row["treatment"], row["chosen"]) for row in first.to_pylist())
    assert planned(LATE, NEW, {}, holdout=0.5, past=past).equals(first)


def test_a_capped_treatment_lets_the_next_one_go_first(planned: Plans) -> None:
    row = planned({**LATE, **BIRTHDAY}, past=((1, DAY - 20, "birthday", True),)).to_pylist()[0]
    assert (row["treatment"], row["chosen"]) == ("win_back", True)
    assert "goes before" not in row["reason_en"]


def test_a_share_of_the_chosen_is_kept_aside_and_told_so(planned: Plans) -> None:
    plan = planned(*[LATE] * 400, holdout=0.25)
    rows = plan.to_pylist()
    assert all(row["chosen"] for row in rows)
    assert [row["holdout"] for row in rows] == held(range(1, 401), "win_back", "salt", 0.25).tolist()
    aside = next(row for row in rows if row["holdout"])
    assert aside["reason_en"].startswith(
        "Kept aside in the control group of “Win-back”: nothing is sent, to measure what it earns."
    )
    assert aside["reason_fr"].startswith("Mis de côté dans le groupe témoin de « Reconquête »")


def test_who_is_not_chosen_is_in_no_control_group(planned: Plans) -> None:
    rows = planned({}, {**LATE, "consent_email": "denied"}, holdout=1.0).to_pylist()
    assert [(row["chosen"], row["holdout"]) for row in rows] == [(False, False), (False, False)]


def test_people_are_written_to_in_their_language_else_in_the_first_of_the_shop(planned: Plans) -> None:
    rows = planned({"language": "en"}, {"language": "fr"}, {"language": "es"}, {"language": None}).to_pylist()
    assert [row["language"] for row in rows] == ["en", "fr", "fr", "fr"]


def test_a_shop_of_nobody_has_an_empty_plan(planned: Plans) -> None:
    assert planned().num_rows == 0


def test_a_birthday_of_the_month_of_the_action_counts_not_that_of_the_evening_before(planned: Plans) -> None:
    first_of_december = DAY - 4
    rows = planned({"birth_month": 12}, {"birth_month": 11}, day=first_of_december).to_pylist()
    assert [row["treatment"] for row in rows] == ["birthday", None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(sqlite(tmp_path / "shop.db"))
    yield opened
    opened.close()


def kept(store: Store) -> list[dict[str, object]]:
    """The decisions of the days that have a plan."""
    statement = select(decisions).where(decisions.c.day.in_(whole_days()))
    with store.read() as connection:
        found = connection.execute(statement.order_by(decisions.c.day, decisions.c.person))
        return [dict(row) for row in found.mappings()]


def test_a_plan_written_twice_stands_once_and_leaves_other_days_alone(planned: Plans, store: Store) -> None:
    today, tomorrow = planned(LATE, {}), planned(LATE, NEW, {}, day=DAY + 1)
    for day, rows in ((DAY, today), (DAY + 1, tomorrow), (DAY, today)):
        write_plan(store, day, rows, 1)
    found = kept(store)
    assert [(row["day"], row["person"]) for row in found] == [
        (DAY, 1), (DAY, 2), (DAY + 1, 1), (DAY + 1, 2), (DAY + 1, 3),
    ]  # fmt: skip
    assert found[0] == today.to_pylist()[0]


def test_of_a_plan_that_was_broken_off_nothing_is_read(planned: Plans, store: Store) -> None:
    yesterday, whole = planned(LATE, day=DAY - 1), planned(*[LATE] * 5_000)
    write_plan(store, DAY - 1, yesterday, 1)
    with pytest.raises(IntegrityError):
        write_plan(store, DAY, pa.concat_tables([whole, whole.slice(4_990)]), 2)
    assert [row["day"] for row in kept(store)] == [DAY - 1]
    write_plan(store, DAY + 1, planned(LATE, day=DAY + 1), 3)
    assert [row["day"] for row in kept(store)] == [DAY - 1, DAY + 1]
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(decisions)).scalar() == 2
    write_plan(store, DAY, whole, 4)
    assert len(kept(store)) == 5_002
