"""What a column of a file can mean: every kind of file, and every field of it.

This is the catalogue behind mapping files, the column mapper, the reference page and the checks.
A field that holds personal data says so here, where it is born.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Shape = Literal[
    "text", "key", "name", "email", "phone", "date", "instant", "number", "rating", "money",
    "language", "country", "postcode", "gender", "consent", "opt_out", "json",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One meaning a column can have."""

    name: str
    shape: Shape  #: what its values look like, and so how they are read
    meaning: str
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file: what a row of it is, and the fields a row can have."""

    name: str
    row: str  #: what one row is, in words
    fields: Mapping[str, Field]
    needs: tuple[tuple[str, ...], ...] = ()  #: of each tuple, at least one field must be mapped


#: The fields that name somebody by themselves, the best key of a row without its own number first.
NAMING = ("email", "phone", "loyalty_card", "user_id")
#: A field for any other number that names a person, e.g. `identifier.social_security`.
IDENTIFIER_PREFIX = "identifier."
CONSENT_CHANNELS = ("email", "sms", "phone", "post")
#: A field that says no for all channels; that of one channel is `opt_out_email`, …
OPT_OUT = "opt_out"


def _catalogue(*fields: tuple[str, Shape, str], personal: bool = False) -> dict[str, Field]:
    return {n: Field(name=n, shape=s, meaning=m, personal=personal) for n, s, m in fields}


_SAYS_NO = "yes, or the day it was asked, means no; no and blank say nothing"


def _consent_fields() -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for channel in CONSENT_CHANNELS:
        name = f"consent_{channel}"
        fields |= _catalogue(
            (name, "consent", f"may we write by {channel}? yes, no, or a word of a known export"),
            (f"{name}_at", "instant", f"when the answer about {channel} was given"),
            (f"{name}_basis", "text", f"on what legal basis {channel} is used: express, implied, …"),
        )
    return fields | _opt_outs()


def _opt_outs() -> dict[str, Field]:
    fields = _catalogue((OPT_OUT, "opt_out", f"no messages at all? {_SAYS_NO}"))
    for channel in CONSENT_CHANNELS:
        fields |= _catalogue((f"{OPT_OUT}_{channel}", "opt_out", f"no messages by {channel}? {_SAYS_NO}"))
    return fields


_PERSON = _catalogue(
    ("name_prefix", "name", "title before the name: Mme, Dr, …"),
    ("given_name", "name", "first name"),
    ("middle_name", "name", "middle names or initials"),
    ("family_name", "name", "last name"),
    ("name_suffix", "name", "Jr, Sr, III, …"),
    ("full_name", "name", "the whole name in one column"),
    ("email", "email", "e-mail address"),
    ("phone", "phone", "telephone number, any form"),
    ("birth_date", "date", "date of birth"),
    ("age", "number", "age in years or year of birth, when the birth date is not known"),
    ("birth_place", "text", "place of birth"),
    ("occupation", "text", "what they do for a living"),
    ("gender", "gender", "F, M, X or a word for them"),
    ("language", "language", "preferred language"),
    ("address_line", "text", "address in one line"),
    ("street", "text", "street with or without its number"),
    ("house_number", "text", "civic number"),
    ("unit", "text", "apartment, suite, door"),
    ("city", "text", "city or town"),
    ("region", "text", "province, state, region"),
    ("postcode", "postcode", "postal code"),
    ("country", "country", "country name or code"),
    ("loyalty_card", "key", "number of the shop's own card"),
    ("user_id", "key", "account id of the web shop or app"),
    personal=True,
)

PEOPLE = Kind(
    name="people",
    row="one person as one system knows them",
    fields=_catalogue(("source_key", "key", "the id of this row in its own system"))
    | _PERSON
    | _consent_fields()
    | _catalogue(
        ("updated_at", "instant", "when the row was last changed"),
        ("created_at", "instant", "when it was made"),
    ),
    needs=(("source_key", "email", "phone", "loyalty_card", "user_id", "full_name", "family_name"),),
)

ORDERS = Kind(
    name="orders",
    row="one line of an order",
    fields=_catalogue(
        ("order_id", "key", "number of the order or receipt"),
        ("line_type", "text", "what the row is, where not all are lines: a line, the whole sale, a payment"),
        ("order_space", "text", "the numbering the order id belongs to; sources of one shop may share one"),
        ("ordered_at", "instant", "when it was bought"),
        ("ordered_time", "text", "the time of day, when the date stands in another column"),
        ("customer_key", "key", "the customer's id in the same source"),
        ("product_id", "key", "article number, SKU"),
        ("product_name", "text", "article name"),
        ("category", "text", "article category"),
        ("quantity", "number", "pieces or kilograms; negative for a return"),
        ("unit_price", "money", "price of one piece"),
        ("line_total", "money", "quantity times price, before discounts"),
        ("paid", "money", "what was paid for the line, discounts off"),
        ("discount", "money", "discount of the line"),
        ("tax", "money", "tax of the order"),
        ("line_tax", "money", "tax of the line, where each line has its own"),
        ("shipping", "money", "shipping paid on the order"),
        ("order_discount", "money", "discount of the whole order; shared over its lines"),
        ("order_subtotal", "money", "what the lines of the order come to together, discounts off"),
        ("order_total", "money", "what the whole order came to, with shipping and tax"),
        ("refunded", "money", "what was given back of the whole order; a return"),
        ("currency", "text", "ISO 4217 code"),
        ("store", "text", "in which shop"),
        ("channel", "text", "store, web, app, phone"),
        ("coupon", "text", "coupon code used"),
        ("status", "text", "paid, pending, cancelled, refunded, …"),
        ("cancelled_at", "instant", "when the order was cancelled; empty when it was not"),
        ("payment", "text", "how it was paid"),
    )
    | _catalogue(
        ("email", "email", "the buyer's e-mail"),
        ("phone", "phone", "the buyer's telephone"),
        ("loyalty_card", "key", "the buyer's card"),
        ("user_id", "key", "the buyer's account"),
        ("full_name", "name", "the buyer's whole name in one column"),
        ("given_name", "name", "the buyer's first name"),
        ("family_name", "name", "the buyer's last name"),
        personal=True,
    )
    | _catalogue(
        (
            "consent_email",
            "consent",
            "a yes of the buyer to messages by email, or a leave; no says nothing at one order",
        ),
    )
    | _opt_outs(),
    needs=(("order_id",), ("ordered_at",), ("paid", "line_total", "unit_price")),
)

PRODUCTS = Kind(
    name="products",
    row="one article",
    fields=_catalogue(
        ("product_id", "key", "article number, SKU"),
        ("product_name", "text", "article name"),
        ("category", "text", "article category"),
        ("brand", "text", "brand"),
        ("unit_price", "money", "list price"),
        ("unit_cost", "money", "purchase cost"),
        ("currency", "text", "ISO 4217 code"),
        ("stock", "number", "pieces in stock"),
    ),
    needs=(("product_id",),),
)


_SOMEBODY = ("customer_key", "email", "phone", "loyalty_card", "user_id")
#: What somebody said, in their own words. It is theirs: it can say anything of them.
_SAID = _catalogue(
    ("title", "text", "what stands above the text"), ("text", "text", "what was said"), personal=True
)


def _happening(
    name: str, row: str, *more: tuple[str, Shape, str], needs: tuple[tuple[str, ...], ...] = (_SOMEBODY,)
) -> Kind:
    """A kind whose rows are events: something happened to somebody at an instant."""
    return Kind(
        name=name,
        row=row,
        fields=_catalogue(
            ("event_id", "key", "the row's own id, if it has one"),
            ("event", "text", "what happened, in Segment's words: Product Viewed, Email Link Clicked, …"),
            ("at", "instant", "when"),
            ("customer_key", "key", "the customer's id in the same source"),
            ("product_id", "key", "which article"),
            ("channel", "text", "web, app, email, store, phone"),
            ("campaign", "text", "which campaign"),
            ("value", "money", "money at stake"),
            *more,
        )
        | _catalogue(
            ("email", "email", "whose e-mail"),
            ("phone", "phone", "whose telephone"),
            ("loyalty_card", "key", "whose card"),
            ("user_id", "key", "whose account"),
            personal=True,
        ),
        needs=(("at",), *needs),
    )


def _telling(kind: Kind) -> Kind:
    """A kind of happenings in which somebody says something."""
    return replace(kind, fields={**kind.fields, **_SAID})


EVENTS = _happening("events", "one thing that happened: a visit, a click, a scan")
MESSAGES = _happening(
    "messages", "one thing that happened to a message: delivered, clicked, bounced, unsubscribed"
)
TICKETS = _telling(_happening("tickets", "one service request"))
#: A review may be nobody's: what it says of an article counts as well.
REVIEWS = _telling(
    _happening(
        "reviews",
        "one review",
        ("rating", "rating", "stars: 4, 4/5, 4 stars, ★★★★☆"),
        needs=(("text", "rating"),),
    )
)

STORES = Kind(
    name="stores",
    row="one shop",
    fields=_catalogue(
        ("store", "key", "the shop's code"),
        ("store_name", "text", "its name"),
        ("address_line", "text", "its address"),
        ("city", "text", "city or town"),
        ("region", "text", "province, state, region"),
        ("postcode", "postcode", "postal code"),
        ("country", "country", "country name or code"),
    ),
    needs=(("store",),),
)
#: What is told of a person from elsewhere and says something of how they live; it is kept as a trait.
_OF_THEIR_LIFE = ("age", "birth_place", "occupation", "gender", "language")
AREAS = Kind(
    name="areas",
    row="one area and what is known about it; every other column is kept as a figure of the area",
    fields=_catalogue(
        ("postcode", "postcode", "the area's postal code or its beginning"),
        ("region", "text", "province, state, region"),
        ("country", "country", "country name or code"),
    ),
    needs=(("postcode",),),
)
TRAITS = Kind(
    name="traits",
    row="what is known of one customer from elsewhere: a partner, a bought list, a question they answered;"
    " every other column is kept as a trait; names, addresses and consents in it are not taken",
    fields=_catalogue(
        ("customer_key", "key", "the customer's id in the shop's own files"),
        ("question", "text", "what was asked, where each answer has a row of its own"),
        ("at", "instant", "when it was told"),
    )
    | _catalogue(("answer", "text", "what was answered"), personal=True)
    | {name: field for name, field in _PERSON.items() if name not in _OF_THEIR_LIFE}
    | _consent_fields(),
    needs=(("customer_key", "email", "phone", "loyalty_card", "user_id"),),
)
RATES = Kind(
    name="rates",
    row="what one unit of a currency was worth on a day",
    fields=_catalogue(
        ("currency", "text", "the other currency's ISO 4217 code"),
        ("day", "date", "from which day on; it holds until the next day that is told"),
        ("rate", "number", "what one unit of it is in the shop's currency, as 1.6234"),
    ),
    needs=(("currency",), ("day",), ("rate",)),
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (PEOPLE, ORDERS, EVENTS, PRODUCTS, STORES, MESSAGES, TICKETS, REVIEWS, AREAS, TRAITS, RATES)
}
#: Kinds whose rows become rows of the `events` table, and the event name when the file gives none.
EVENT_KINDS: Mapping[str, str] = {
    "events": "Event",
    "messages": "Email Delivered",
    "tickets": "Ticket Opened",
    "reviews": "Product Reviewed",
}
