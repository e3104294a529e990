"""What each field of a file is used for: one that is used for nothing could be deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, get_args

from regulars.indicators import INDICATORS
from regulars.indicators.feeds import fields_of
from regulars.match.records import COMPARED
from regulars.model.fields import EVENT_KINDS, IDENTIFIER_PREFIX, OPT_OUT
from regulars.model.outside import OUTSIDE_KINDS
from regulars.segment.language import operands, rules
from regulars.segment.personas.traits import TRAITS
from regulars.segment.places import PLACES
from regulars.segment.ready import ready_segments
from regulars.store.tables import PERSON_FIELDS
from regulars.treat.catalogue import treatments
from regulars.treat.mailing import COLUMNS as MAILED

#: Telling rows apart · the sale itself · who is who · consent · messages · what is made of them · data from outside,
#: which has a report of its own
Use = Literal[
    "keys",
    "sale",
    "matching",
    "consent",
    "writing",
    "indicators",
    "models",
    "segments",
    "treatments",
    "outside",
]
USES: tuple[Use, ...] = get_args(Use)
#: What the profile says of a person, and the fields it is made of.
PROFILE: Mapping[str, tuple[str, ...]] = {
    "language": ("people.language",), "city": ("people.city",), "region": ("people.region",),
    "postcode": ("people.postcode",), "country": ("people.country",), "gender": ("people.gender",),
    "birth_month": ("people.birth_date",), "birth_day_of_month": ("people.birth_date",),
    "age_years": ("people.birth_date",),
    "consent_email": ("people.consent_email",), "consent_sms": ("people.consent_sms",),
    "consent_phone": ("people.consent_phone",), "consent_post": ("people.consent_post",),
    "has_email": ("people.email",), "has_phone": ("people.phone",), "has_mobile": ("people.phone",),
    "has_address": ("people.postcode", "people.street", "people.address_line"),
    "records": (), "sentiment": ("events.text", "events.title"), "complaints_365d": ("events.text", "events.title"),
    "praises_365d": ("events.text", "events.title"), "last_complaint_day": ("events.text", "events.title"),
    "persona": ("orders.order_id", "orders.ordered_at", "orders.paid"), "rung": (), "next_step": (),
    **{one.name: ("orders.order_id", "orders.ordered_at", "orders.paid") for one in operands.FORETOLD},
}  # fmt: skip
_OUTSIDE = tuple(f"{kind}." for kind in OUTSIDE_KINDS)
_OF_PEOPLE = (IDENTIFIER_PREFIX, "consent_", OPT_OUT)
_DECLARED: Mapping[Use, tuple[str, ...]] = {
    "keys": (
        "people.source_key", "people.updated_at", "orders.order_id", "orders.order_space", "orders.customer_key",
        "events.event_id", "events.customer_key", "products.product_id", "stores.store",
    ),
    "sale": (
        "orders.line_type", "orders.ordered_at", "orders.ordered_time", "orders.product_id", "orders.product_name",
        "orders.quantity", "orders.unit_price", "orders.line_total", "orders.paid", "orders.discount", "orders.tax",
        "orders.line_tax", "orders.shipping", "orders.order_discount", "orders.order_subtotal", "orders.order_total",
        "orders.refunded", "orders.currency", "orders.status", "orders.cancelled_at", "rates.currency", "rates.day",
        "rates.rate", "products.currency",
    ),
    "matching": (
        "people.address_line", "people.country", "people.region", *(f"people.{name}" for name in COMPARED),
    ),
    "writing": ("people.street", "people.house_number", "people.unit", "people.address_line", "people.city",
        "people.region", "people.postcode", "people.country"),
    "segments": ("products.category",),  # of what people viewed, where a rule asks it
    "models": (
        "orders.order_id", "orders.ordered_at", "orders.paid", "orders.product_id", "orders.category",
        "products.product_name", "products.unit_price", "products.unit_cost", "products.stock", "events.text",
        "events.title", "events.rating", "events.product_id",
    ),
}  # fmt: skip


def field_key(kind: str, field: str) -> str:
    """A field as all kinds of files share it: `people.email` of an order too, `events.at` of a review.

    >>> field_key("orders", "email"), field_key("reviews", "rating")
    ('people.email', 'events.rating')
    """
    told = "events" if kind in EVENT_KINDS else kind
    of_person = field in PERSON_FIELDS or field.startswith(_OF_PEOPLE)
    return (
        f"people.{field}"
        if of_person and told in ("people", "orders", "events", "traits")
        else f"{told}.{field}"
    )


def uses_of(key: str) -> tuple[Use, ...]:
    """What a field, as `field_key` names it, is used for; nothing: nobody reads it.

    >>> uses_of("people.name_prefix"), uses_of("people.given_name")
    (('matching',), ('matching', 'writing'))
    """
    if key.startswith(f"people.{IDENTIFIER_PREFIX}"):
        return ("matching",)
    if key.removeprefix("people.").startswith(("consent_", OPT_OUT)):
        return ("consent",)
    if key.startswith(_OUTSIDE):
        return ("outside",)
    return tuple(use for use in USES if key in _used()[use])


@cache
def _used() -> Mapping[Use, frozenset[str]]:
    told = {use: frozenset(_DECLARED.get(use, ())) for use in USES}
    told["writing"] |= {f"people.{name}" for name in MAILED if name in PERSON_FIELDS}
    told["indicators"] = frozenset().union(*(fields_of(name) for name in INDICATORS))
    told["segments"] |= _of_rules(one.rule for one in ready_segments().values()) | _of_names(PLACES.values())
    told["treatments"] = _of_rules(one.audience for one in treatments().values())
    return told


@cache
def readers() -> Mapping[str, tuple[str, ...]]:
    """By indicator, what reads it: ready segments, treatments, personas, and other indicators, by name."""
    known = operands.catalogue()
    told = {name: one.rule for name, one in ready_segments().items()}
    told |= {name: one.audience for name, one in treatments().items()}
    read = {
        name: rules.compile_rule(text, known, as_of=0, currency="EUR").names for name, text in told.items()
    }
    read["personas"] = tuple(one.column for one in TRAITS)
    read |= {
        name: tuple(re.findall(r"\w+", one.value))
        for name, one in INDICATORS.items()
        if one.over in ("indicators", "norms")
    }
    return {
        name: tuple(by for by, names in read.items() if name in names and by != name) for name in INDICATORS
    }


def _of_rules(texts: Iterable[str]) -> frozenset[str]:
    known = operands.catalogue()
    return frozenset().union(
        *(_of_names(rules.compile_rule(text, known, as_of=0, currency="EUR").names) for text in texts)
    )


def _of_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(
        field for name in names for field in (fields_of(name) if name in INDICATORS else PROFILE[name])
    )
