"""Consent columns become facts; a file may narrow, and a plain yes never overrides a leave."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from regulars.model.clock import to_us

LOADED_US = 1_800_000_000_000_000


def us(year, month, day):
    return to_us(datetime(year, month, day, 5, tzinfo=UTC))


#: What a column of consent says -> its state and what it rests on.
KNOWN_WORDS = {
    "yes": ("granted", "asserted"),
    "Oui": ("granted", "asserted"),
    "1": ("granted", "asserted"),
    "1.0": ("granted", "asserted"),
    "SUBSCRIBED": ("granted", "asserted"),
    "abonné": ("granted", "asserted"),
    "opt-in": ("granted", "asserted"),
    "0": ("denied", "asserted"),
    "NON": ("denied", "asserted"),
    "NEVER_SUBSCRIBED": ("denied", "asserted"),
    "Désabonnée": ("withdrawn", "asserted"),
    "opted out": ("withdrawn", "asserted"),
    "HARD_BOUNCE": ("withdrawn", "bounced"),
    "cleaned": ("withdrawn", "bounced"),
    "SPAM_COMPLAINT": ("withdrawn", "complaint"),
    "pending": ("unknown", "asserted"),
    "peut-être": ("unknown", "asserted"),
}


def test_the_words_of_known_exports_are_read(people):
    facts = people([{"source_key": f"of {word}", "consent_email": word} for word in KNOWN_WORDS]).consents
    said = {fact["source_key"]: (fact["state"], fact["basis"]) for fact in facts.to_pylist()}
    assert said == {f"of {word}": meaning for word, meaning in KNOWN_WORDS.items()}
    assert {(fact["channel"], fact["purpose"]) for fact in facts.to_pylist()} == {("email", "marketing")}


def test_a_yes_to_opting_out_is_a_leave(people):
    words = ["yes", "Oui", "1", "TRUE", "X", "opted out", "désabonné", "too many e-mails"]
    facts = people([{"source_key": f"of {word}", "opt_out_sms": word} for word in words]).consents.to_pylist()
    assert sorted(fact["source_key"] for fact in facts) == sorted(f"of {word}" for word in words)
    assert {(fact["channel"], fact["state"], fact["basis"]) for fact in facts} == {
        ("sms", "withdrawn", "asserted")
    }


def test_a_no_to_opting_out_says_nothing(people):
    words = ["no", "Non", "0", "0.0", "false", "never", "-", "N/A", "0000-00-00", "subscribed", None]
    rows = [{"source_key": str(number), "opt_out_email": word} for number, word in enumerate(words)]
    assert people(rows).consents.to_pylist() == []


def test_the_day_of_a_leave_is_when_it_was_said(people):
    rows = [{"source_key": "1", "left": "03/02/2024"}]
    made = people(
        rows, {"source_key": "source_key", "left": "opt_out_email"}, formats={"left": ("%d/%m/%Y",)}
    )
    (fact,) = made.consents.to_pylist()
    assert (fact["state"], fact["basis"], fact["at_us"]) == ("withdrawn", "express", us(2024, 2, 3))


def test_who_wants_no_contact_wants_none_on_any_channel(people):
    facts = people([{"source_key": "1", "opt_out": "oui"}]).consents.to_pylist()
    assert [fact["channel"] for fact in facts] == ["email", "phone", "post", "sms"]
    assert {fact["state"] for fact in facts} == {"withdrawn"}


def test_a_file_of_people_who_left_says_so_once_in_its_mapping(people):
    made = people([{"source_key": "1"}], defaults={"opt_out_email": "yes"})
    assert [fact["state"] for fact in made.consents.to_pylist()] == ["withdrawn"]


def test_a_plain_yes_is_asserted_by_its_import_and_says_where_it_stood(people):
    made = people(
        [{"id": "1"}, {"id": "2", "Newsletter": "yes"}], {"id": "source_key", "Newsletter": "consent_email"}
    )
    (fact,) = made.consents.to_pylist()
    assert (fact["line"], fact["basis"], fact["at_us"], fact["expires_us"]) == (
        3,
        "asserted",
        LOADED_US,
        None,
    )
    assert json.loads(fact["proof"]) == {
        "file": "people.csv", "line": 3, "column": "Newsletter", "word": "yes", "day": "2027-01-15", "basis": None,
        "dated": False,
    }  # fmt: skip


def test_a_yes_with_its_date_is_express_and_an_implied_one_ends_after_two_years(people):
    rows = [
        {"source_key": "1", "consent_email": "1", "consent_email_at": "2025-06-25"},
        {
            "source_key": "2",
            "consent_email": "1",
            "consent_email_at": "2025-06-25",
            "consent_email_basis": "tacite",
        },
        {"source_key": "3", "consent_email": "1", "consent_email_basis": "express"},
        {"source_key": "4", "consent_email": "1", "consent_email_at": "2031-01-01"},
    ]
    facts = people(rows).consents.to_pylist()
    assert [fact["basis"] for fact in facts] == ["express", "implied", "asserted", "asserted"]
    assert [fact["at_us"] for fact in facts[1:]] == [
        to_us(datetime(2025, 6, 25, 4, tzinfo=UTC)),
        LOADED_US,
        LOADED_US,
    ]
    assert facts[1]["expires_us"] == to_us(datetime(2027, 6, 25, 4, tzinfo=UTC))


def test_a_proof_tells_whether_its_file_told_when(people):
    dates = {"2025-06-25": True, "2031-01-01": False, "1900-01-01": False, None: False}
    cases = [
        (word, date) for word in ("yes", "no", "unsubscribed", "bounced", "spam complaint") for date in dates
    ]
    facts = people(
        [
            {"source_key": f"{word} {date}", "consent_email": word, "consent_email_at": date}
            for word, date in cases
        ]
    ).consents.to_pylist()
    assert {fact["source_key"]: json.loads(fact["proof"])["dated"] for fact in facts} == {
        f"{word} {date}": dates[date] for word, date in cases
    }


def test_every_channel_and_every_column_speaks_for_itself(people):
    made = people(
        [{"Email": "a@example.com", "Consent": "SUBSCRIBED", "Suppressed": "HARD_BOUNCE", "SMS": None}],
        {"Email": "email", "Consent": "consent_email", "Suppressed": "consent_email", "SMS": "consent_sms"},
    )
    assert sorted(fact["state"] for fact in made.consents.to_pylist()) == ["granted", "withdrawn"]


def test_a_list_of_leavers_says_so_by_its_mapping(people):
    made = people(
        [{"Email": "a@example.com", "UNSUB_TIME": "2026-01-02 03:04:05"}],
        {"Email": "email", "UNSUB_TIME": "consent_email_at"},
        defaults={"consent_email": "unsubscribed"},
    )
    (fact,) = made.consents.to_pylist()
    assert (fact["state"], fact["source_key"]) == ("withdrawn", "email:a@example.com")
    assert fact["at_us"] == to_us(datetime(2026, 1, 2, 8, 4, 5, tzinfo=UTC))
