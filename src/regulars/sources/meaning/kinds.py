"""Which kind of file it is, when nobody says: the kind whose own columns are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulars.errors import Invalid
from regulars.model.fields import KINDS
from regulars.sources.found import Found
from regulars.sources.meaning.guesses import Guess
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.words import _

#: Kinds from the most particular to the least. A file is the first one of which it has every group of fields, one of
#: each group, and, read as orders, none of the fields that stand last.
_MARKS: tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
    (
        "traits",
        (("question",), ("answer",), ("customer_key", "email", "phone", "loyalty_card", "user_id")),
        (),
    ),
    ("reviews", (("rating",), ("text",), ("at",)), ()),
    ("orders", (("order_id",), ("ordered_at",), ("paid", "line_total", "unit_price")), ()),
    ("events", (("event",), ("at",), ("customer_key", "email", "user_id", "phone", "loyalty_card")), ()),
    ("tickets", (("text",), ("at",), ("customer_key", "email", "phone")), ()),
    ("people", (("email", "phone", "given_name", "family_name", "birth_date", "loyalty_card"),), ()),
    (
        "products",
        (("product_id",), ("unit_price", "brand", "category", "unit_cost", "stock")),
        ("customer_key",),
    ),
    (
        "people",
        (("full_name",), ("address_line", "street", "city", "postcode", "gender", "age", "language")),
        (),
    ),
    ("products", (("product_id",), ("product_name",)), ("customer_key",)),
    ("stores", (("store",), ("store_name", "city", "address_line", "postcode")), ()),
    ("messages", (("campaign",), ("at",), ("email",)), ()),
    ("orders", (("customer_key",), ("ordered_at",), ("paid", "line_total", "unit_price")), ()),
    ("events", (("at",), ("customer_key", "email", "user_id", "phone", "loyalty_card")), ()),
    ("people", (("source_key",), ("age", "gender", "city", "postcode", "language", "full_name")), ()),
    ("rates", (("currency",), ("day",), ("rate",)), ()),
    ("areas", (("postcode",),), ()),
)
_SURE = 0.65  #: confidence of a column that may decide the kind
#: What rows about people have and rows about happenings have not: with so many of them it is a file of people.
_PORTRAIT = frozenset(
    ("given_name", "family_name", "birth_date", "address_line", "street", "city", "postcode", "gender")
)
_MANY = 3
_KEY = 0.95  #: confidence of a customer's own id, which alone makes a file one about people
_SOMEBODY = frozenset(("customer", "household", "member", "person", "user"))
#: Words of a column that is the key of whatever the file is about: a customer's only where it says so.
_BARE = frozenset(("id", "no", "code", "reference", "key"))
#: What only goods have; and all that an article may seem to have of a person.
_OF_GOODS = frozenset(("unit_price", "unit_cost", "stock"))
_OF_GOODS_TOO = frozenset(("source_key", "family_name", "full_name", "name_prefix", "gender", "country"))
_HAPPENINGS = ("events", "messages", "tickets", "reviews")


def choose(guessed: Mapping[str, Sequence[Guess]], found: Found) -> str:
    """The kind of a file, from the guesses for every kind; `Invalid` when it is none."""
    if any(_names_events(guess) for guess in guessed["events"]):
        return "events"
    orders = _sure_fields([guess for guess in guessed["orders"] if not _is_bare_customer(guess)])
    for kind, groups, never in _MARKS:
        fields = _sure_fields(guessed[kind])
        if kind in _HAPPENINGS and _is_portrait(guessed["people"]):
            continue
        if kind == "people" and "ordered_at" not in orders and _are_goods(guessed):
            return "products"
        if all(not fields.isdisjoint(group) for group in groups) and orders.isdisjoint(never):
            return kind
    if any(_is_customer_key(guess) for guess in guessed["people"]):
        return "people"
    raise Invalid(
        _(
            "'{file}': its columns do not tell what it is about: {columns}",
            file=found.path.name,
            columns=", ".join(found.header[:30]),
        ),
        _("say it with --kind ({kinds}), or give a mapping file with --mapping", kinds=", ".join(KINDS)),
    )


def _names_events(guess: Guess) -> bool:
    """Is it a column `event`, as only a log has one? An `Event Type` may be that of a till's receipts."""
    return guess.field == "event" and set(lexicon().words(guess.column)) in ({"event"}, {"event", "name"})


def _is_portrait(people: Sequence[Guess]) -> bool:
    return sum(1 for guess in people if guess.field in _PORTRAIT) >= _MANY


def _is_customer_key(guess: Guess) -> bool:
    named = _SOMEBODY & set(lexicon().words(guess.column))
    return guess.field == "source_key" and guess.confidence > _KEY and bool(named)


def _is_bare_customer(guess: Guess) -> bool:
    return guess.field == "customer_key" and _BARE.issuperset(lexicon().words(guess.column))


def _are_goods(guessed: Mapping[str, Sequence[Guess]]) -> bool:
    """Is it a list of names with prices or a stock, and nothing that only people have?"""
    goods = _sure_fields(guessed["products"])
    return not goods.isdisjoint(_OF_GOODS) and _sure_fields(guessed["people"]) <= _OF_GOODS_TOO


def _sure_fields(guesses: Sequence[Guess]) -> set[str]:
    return {guess.field for guess in guesses if guess.confidence >= _SURE}
