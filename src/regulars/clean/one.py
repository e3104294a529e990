"""One record, cleaned while somebody types it: the batch's own rules on one row, with warnings and suggestions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from regulars.clean.address import addresses
from regulars.clean.address.addresses import address_by_hand, door_by_hand, line_by_hand
from regulars.clean.address.places import ANSWERS, place
from regulars.clean.address.streets import street_by_hand
from regulars.clean.people import one_row_statements
from regulars.clean.person import full_names
from regulars.clean.person.birth_dates import age_in, age_of_one, birth_date_of_one
from regulars.clean.person.emails import email_by_hand, likely_meant
from regulars.clean.person.full_names import full_name_by_hand
from regulars.clean.person.genders import gender_by_hand
from regulars.clean.person.languages import language_by_hand
from regulars.clean.person.names import name_by_hand
from regulars.clean.person.phones import phone_by_hand
from regulars.clean.person.rules import DOUBTFUL, INVALID, RULES
from regulars.clean.person.values import Answer
from regulars.clean.row.unseen import seen
from regulars.engine.one_row import Lookups, Row, statement
from regulars.errors import Invalid, did_you_mean
from regulars.model.clock import from_us, iso_readings
from regulars.model.field_names import field_name
from regulars.settings import Settings
from regulars.store.tables import PERSON_FIELDS
from regulars.words import Text, _

#: What a row of a file has beside its fields.
_BESIDE = ("line", "raw", "content_hash", "key_found", "updated_us", "unseen")
#: What a rule says of a value that stands in no column, where it speaks of columns.
_OF_ONE = {
    "invalid: not a date": Text(
        en="there is no such day; write it as 1980-05-31",
        fr="ce jour n’existe pas; écrivez-le comme 1980-05-31",
    )
}
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


def clean_one(fields: Mapping[str, str], settings: Settings, *, now_us: int) -> Cleaned:
    """Clean one record of a form or a till. Nobody is born after the shop's day of `now_us`.

    `fields` are fields of people (`email`, `family_name`, …); `name` and `address` stand for the whole name and line.
    """
    found = {SHORT.get(name, name): text for name, text in fields.items() if text.strip()}
    "".join(found.values()).encode()  # bytes that are no text are told to whoever sent them
    given = {name: text for name, typed in found.items() if (text := seen(typed)).strip()}
    unseen = "".join(f" {name} " for name, text in given.items() if text != found[name])
    for name in given:
        if name not in PERSON_FIELDS:
            raise Invalid(
                _("people have no field '{name}'", name=name),
                did_you_mean(name, PERSON_FIELDS)
                or _("fields are {fields}", fields=", ".join(PERSON_FIELDS)),
            )
    if not given:
        return Cleaned(values={}, changes={}, warnings=(), suggestions={})
    row = _understood(given, unseen, settings, now_us)
    changes = {name: tuple(rules) for name, rules in json.loads(row["changes"] or "{}").items()}
    values = {name: text for name in PERSON_FIELDS if (text := row[name]) is not None}
    meant = likely_meant(values.get("email", given["email"])) if "email" in given else None
    return Cleaned(
        values=values,
        changes=changes,
        warnings=_warnings(changes, given),
        suggestions={"email": meant} if meant else {},
    )


def _understood(given: Mapping[str, str], unseen: str, settings: Settings, now_us: int) -> Row:
    """The row as the statements of the batch understand it. A key of its own keeps it from being rejected."""
    home, day = settings.shop.country, from_us(now_us, settings.shop.time_zone).date()
    lookups = _settled(home, day)
    made: Row = {
        **{name: given.get(name) for name in (*PERSON_FIELDS, *_BESIDE)},
        "key_found": "1", "unseen": unseen,
    }  # fmt: skip
    for sql in one_row_statements(given):
        made = statement(sql)(made, lookups, {"home": home})
    return {**made, "age": age_in(day.year, made["age"])}


@lru_cache(maxsize=8)
def _settled(home: str, day: date) -> Lookups:
    """Answers for one value, under the names that the batch gives to those for all values of a chunk."""
    two = ("standard", "rules")
    kinds: dict[str, tuple[Callable[..., Answer], tuple[str, ...]]] = {
        "full_names": (full_name_by_hand, full_names.PARTS),
        "addresses": (address_by_hand, addresses.PARTS),
        "places": (partial(place, home=home), ANSWERS),
        "names": (name_by_hand, two),
        "lines": (line_by_hand, two),
        "streets": (street_by_hand, two),
        "doors": (door_by_hand, two),
        "emails": (email_by_hand, two),
        "phones": (phone_by_hand, two),
        "birth_dates": (partial(birth_date_of_one, today=day), two),
        "ages": (partial(age_of_one, today=day), two),
        "genders": (gender_by_hand, two),
        "languages": (language_by_hand, two),
    }
    return {f"settled_{kind}": partial(_answered, *each) for kind, each in kinds.items()}


def _answered(by_hand: Callable[..., Answer], names: tuple[str, ...], *values: str | None) -> Row:
    return dict(zip(names, by_hand(*values), strict=True))


def _warnings(changes: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> tuple[Text, ...]:
    return tuple(
        _order_of_a_day(given[name])
        if name == "birth_date" and iso_readings(given[name])
        else _warning(name, _OF_ONE.get(rule, RULES[rule]), given[name])
        for name, rules in changes.items()
        for rule in rules
        if rule.startswith((INVALID, DOUBTFUL)) and name in given
    )


def _warning(name: str, said: Text, text: str) -> Text:
    field = field_name(name)
    return Text(en=f"{field.en}: {said.en} ('{text}')", fr=f"{field.fr} : {said.fr} (« {text} »)")


def _order_of_a_day(text: str) -> Text:
    """A day of one record stands in no column that shows whether the day or the month comes first."""
    field, days = field_name("birth_date"), iso_readings(text)
    return Text(
        en=f"{field.en}: '{text}' has no year in front; write it as {' or '.join(days)}",
        fr=f"{field.fr} : « {text} » ne commence pas par l’année; écrivez {' ou '.join(days)}",
    )
