"""One record, cleaned while somebody types it: the batch's own rules on one row, with warnings and suggestions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from regulars.clean.people import understand
from regulars.clean.person.emails import likely_meant
from regulars.clean.person.rules import DOUBTFUL, INVALID, RULES
from regulars.clean.row.found import KnownFile
from regulars.engine import Session
from regulars.errors import Invalid, did_you_mean
from regulars.model.clock import iso_readings
from regulars.model.mapping import Column, FileMapping
from regulars.settings import Settings
from regulars.store.tables import PERSON_FIELDS
from regulars.words import Text, _

#: Shorter words for two fields, as people say them.
SHORT = {"name": "full_name", "address": "address_line"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """One record in standard form, and what to say about it."""

    values: Mapping[str, str]  #: standard value by field; a field without one is not there
    changes: Mapping[
        str, tuple[str, ...]
    ]  #: the rules that changed a field, by field; `rules.RULES` says them in words
    warnings: tuple[Text, ...]  #: what is wrong, in sentences
    suggestions: Mapping[str, str]  #: what was probably meant, by field; never applied


def clean_one(session: Session, fields: Mapping[str, str], settings: Settings, *, now_us: int) -> Cleaned:
    """Clean one record of a form or a till. Nobody is born after the shop's day of `now_us`.

    `fields` are fields of people (`email`, `family_name`, …); `name` and `address` stand for the whole name and line.
    """
    given = {SHORT.get(name, name): text for name, text in fields.items() if text.strip()}
    for name in given:
        if name not in PERSON_FIELDS:
            raise Invalid(
                _("people have no field '{name}'", name=name),
                did_you_mean(name, PERSON_FIELDS)
                or _("fields are {fields}", fields=", ".join(PERSON_FIELDS)),
            )
    if not given:
        return Cleaned(values={}, changes={}, warnings=(), suggestions={})
    row = _understood(session, given, settings, now_us)
    changes = {name: tuple(rules) for name, rules in json.loads(row["changes"] or "{}").items()}
    values = {name: text for name in PERSON_FIELDS if (text := row[name]) is not None}
    meant = likely_meant(values["email"]) if "email" in values else None
    return Cleaned(
        values=values,
        changes=changes,
        warnings=_warnings(changes, given),
        suggestions={"email": meant} if meant else {},
    )


def _understood(
    session: Session, given: Mapping[str, str], settings: Settings, now_us: int
) -> dict[str, str | None]:
    """The row as the batch understands it. A key of its own keeps it from being rejected."""
    key = "its own key"
    columns = {name: pa.array([text], pa.string()) for name, text in given.items()}
    chunk = pa.table({"line": pa.array([1], pa.int64()), key: pa.array(["1"], pa.string()), **columns})
    mapping = FileMapping(
        kind="people",
        columns={key: Column(field="source_key"), **{name: Column(field=name) for name in given}},
    )
    typed = KnownFile(source="", mapping=mapping, formats={}, settings=settings, loaded_us=now_us)
    row: dict[str, str | None] = understand(session, chunk, typed).rows.to_pylist()[0]
    return row


def _warnings(changes: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> tuple[Text, ...]:
    return tuple(
        _order_of_a_day(given[name])
        if name == "birth_date" and iso_readings(given[name])
        else Text(
            en=f"{name}: {RULES[rule].en} ('{given[name]}')",
            fr=f"{name} : {RULES[rule].fr} (« {given[name]} »)",
        )
        for name, rules in changes.items()
        for rule in rules
        if rule.startswith((INVALID, DOUBTFUL)) and name in given
    )


def _order_of_a_day(text: str) -> Text:
    """A day of one record stands in no column that shows whether the day or the month comes first."""
    days = iso_readings(text)
    return Text(
        en=f"birth_date: '{text}' has no year in front; write it as {' or '.join(days)}",
        fr=f"birth_date : « {text} » ne commence pas par l’année; écrivez {' ou '.join(days)}",
    )
