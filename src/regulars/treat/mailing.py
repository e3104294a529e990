"""The list that a mailing tool takes: one row a message to send, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.settings import ShopSettings
from regulars.treat.catalogue import Treatment
from regulars.treat.offers import describe
from regulars.words import LANGUAGES, Language

COLUMNS = (
    "person_id", "email", "phone", "given_name", "family_name", "language", "treatment", "channel", "subject", "body",
    "offer_code", "offer", "reason",
)  # fmt: skip
_SQL = statements(Path(__file__).with_suffix(".sql"))
Words = tuple[str, str, str, str]  # subject, body, offer code, offer


def write_mailing(
    session: Session, plan: pa.Table, treatments: Mapping[str, Treatment], file: TextIO, *, shop: ShopSettings
) -> int:
    """Write who gets what message and return their number: the chosen who are not kept aside, nobody else.

    `plan` is what `plan.plan` returns; the relation `people` gives the addresses. The words are in the person's
    language, the reason is in English or in French likewise. `{{ given_name }}` and its like stay for the tool to fill
    in from the column of that name; the shop's name is filled in. No cell can be taken for a formula.
    """
    sent = plan.filter(pc.and_not(plan["chosen"], plan["holdout"]))
    session.table("mailing", sent)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    said: dict[tuple[str, str, str, int], Words] = {}
    for batch in session.batches(_SQL["mailing"]):
        for row in batch.to_pylist():
            key = (row["treatment"], row["language"], row["channel"], row.pop("day"))
            if key not in said:
                said[key] = _words(treatments[key[0]], key, shop)
            row |= dict(zip(("subject", "body", "offer_code", "offer"), said[key], strict=True))
            writer.writerow(harmless(row[column]) for column in COLUMNS)
    return int(sent.num_rows)


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before = + - @ and what hides them.

    A telephone number in international form is a number and stays as it is.

    >>> harmless("=1+1"), harmless("+15145550123"), harmless(None)
    ("'=1+1", '+15145550123', '')
    """
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "\x00") and not (
        text[0] == "+" and text[1:].isdecimal()
    ):
        return f"'{text}"
    return text


def _words(treatment: Treatment, key: tuple[str, str, str, int], shop: ShopSettings) -> Words:
    _name, written, channel, day = key
    language: Language = LANGUAGES[LANGUAGES.index(written)] if written in LANGUAGES else LANGUAGES[0]
    message = treatment.messages[language]
    subject, body = ("", message.short) if channel == "sms" else (message.subject, message.body)
    offer = describe(treatment.offer, day=day, currency=shop.currency).in_language(language)
    return _named(subject, shop), _named(body, shop), treatment.offer.code, offer


def _named(text: str, shop: ShopSettings) -> str:
    return text.replace("{{ shop_name }}", shop.name)
