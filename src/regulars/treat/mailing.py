"""The list that a mailing tool takes: one row a message to send, as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.cells import harmless
from regulars.settings import ShopSettings
from regulars.treat.catalogue import Treatment
from regulars.treat.offers import describe
from regulars.words import LANGUAGES, Language

COLUMNS = (
    "person_id", "email", "phone", "given_name", "family_name", "language", "treatment", "channel", "subject", "body",
    "offer_code", "offer", "reason",
)  # fmt: skip
_SQL = statements(Path(__file__).with_suffix(".sql"))
_MARK = re.compile(r'\{\{\s*(?P<name>\w+)\s*(?:\|\s*default:\s*"(?P<otherwise>[^"]*)"\s*)?\}\}')
Words = tuple[str, str, str, str]  # subject, body, offer code, offer


def write_mailing(
    session: Session, plan: pa.Table, treatments: Mapping[str, Treatment], file: TextIO, *, shop: ShopSettings
) -> int:
    """Write who gets what message and return their number: the chosen who are not kept aside, nobody else.

    `plan` is what `plan.plan` returns; the relation `people` gives the addresses. The words are in the person's
    language, the reason is in English or in French likewise, and nothing is left for the tool to fill in. No cell can
    be taken for a formula; an address stays what it is.
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
            known = {name: row[name] for name in ("given_name", "offer", "offer_code")}
            for name in ("subject", "body"):
                row[name] = fill(row[name], {**known, "shop_name": shop.name})
            writer.writerow(harmless(row[column]) for column in COLUMNS)
    return int(sent.num_rows)


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """Fill in the marks of a message: `{{ name }}`, or `{{ name | default: "words" }}` for a value that is not known.

    >>> fill('Hello {{ given_name | default: "to you" }},', {"given_name": None})
    'Hello to you,'
    """
    return _MARK.sub(lambda mark: values[mark["name"]] or mark["otherwise"] or "", text)


def _words(treatment: Treatment, key: tuple[str, str, str, int], shop: ShopSettings) -> Words:
    _name, written, channel, day = key
    language: Language = LANGUAGES[LANGUAGES.index(written)] if written in LANGUAGES else LANGUAGES[0]
    message = treatment.messages[language]
    subject, body = ("", message.short) if channel == "sms" else (message.subject, message.body)
    offer = describe(treatment.offer, day=day, currency=shop.currency).in_language(language)
    return subject, body, treatment.offer.code, offer
