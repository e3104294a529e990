"""A column's meaning from its name and its values, when no mapping and no known export tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from regulars.model.fields import CONSENT_CHANNELS, IDENTIFIER_PREFIX, KINDS, OPT_OUT
from regulars.model.fields import Shape as Wanted
from regulars.sources.notation.shapes import Shape, fit
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.words import _

_ENOUGH = 0.5  #: confidence from which a column is mapped
_SURE_BY_VALUES = 0.8  #: share of telling values from which a name is not needed
_ANSWERS = (
    OPT_OUT,
    *(f"{start}_{channel}" for start in ("consent", OPT_OUT) for channel in CONSENT_CHANNELS),
)
#: Fields that may stand in several columns of one file: each one names the person, or answers for the channel.
SEVERAL = ("email", "phone", "loyalty_card", "user_id", *_ANSWERS)
_SECOND = ("email", "phone", *_ANSWERS)
_SURE_AGAIN = (
    0.72  #: confidence from which a second column is one more address, telephone or answer of the same person
)
_OWN = 0.8  #: share of different values below which an id is not the row's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one column may mean."""

    column: str
    field: str
    confidence: float  #: 0..1
    why: str


def guess(header: Sequence[str], shapes: Mapping[str, Shape], kind: str) -> list[Guess]:
    """At most one meaning a column and one column a field, in the header's order."""
    found: dict[str, Guess] = {}
    taken: set[str] = set()
    for one in sorted(_candidates(header, shapes, kind), key=lambda one: -one.confidence):
        again = one.field in _SECOND and one.confidence >= _SURE_AGAIN
        if one.column not in found and (again or one.field not in taken):
            found[one.column] = one
            taken.add(one.field)
    for one in _by_values(header, shapes, kind):
        if one.column not in found and one.field not in taken:
            found[one.column] = one
            taken.add(one.field)
    settled = _settled([found[name] for name in header if name in found], shapes, header, kind)
    return [one for one in settled if one.confidence >= _ENOUGH]


def _candidates(header: Sequence[str], shapes: Mapping[str, Shape], kind: str) -> Iterator[Guess]:
    for position, column in enumerate(header):
        shape = shapes[column]
        for meaning in lexicon().meanings(column, kind):
            wanted = _wanted(kind, meaning.field)
            confidence = (
                meaning.score * fit(shape, wanted) * (0.9 + 0.1 * shape.filled if shape.values else 0.9)
            )
            if meaning.field == "source_key" and shape.own < _OWN:
                confidence *= 0.5
            if meaning.field == "product_id" and _COUNTS.match(column):
                confidence = 0.0
            if meaning.field == "user_id" and _is_staff(column, shape, header, kind):
                confidence = 0.0
            if meaning.field == "order_id" and meaning.phrase == "id" and not _of_orders(header):
                confidence = 0.0
            if confidence >= _ENOUGH:
                why = _("its name says {phrase}", phrase=meaning.phrase)
                yield Guess(
                    column=column, field=meaning.field, confidence=confidence - position * 1e-6, why=why
                )


def _of_orders(header: Sequence[str]) -> bool:
    """Does a header speak of the date of an order, so that its bare `ID` may be the order's?"""
    return any("date" in words and _ORDER & set(words) for words in map(lexicon().words, header))


def _is_staff(column: str, shape: Shape, header: Sequence[str], kind: str) -> bool:
    """Is a column of users about those who work here: who rang the receipt, who entered the client?

    Taken for the buyer's account it would make one person of all strangers whom one clerk served.
    """
    if kind == "people":
        return shape.own < _OWN
    if kind != "orders":
        return False
    words = [set(lexicon().words(name)) for name in header]
    buyers = any(_BUYER & one and not _STAFF & one for one in words)
    few = shape.distinct <= _CLERKS and shape.own < _RINGS
    return "id" not in lexicon().words(column) or buyers or few


_COUNTS = re.compile(
    r"(number|nombre|count|nbr?e?) (of|de|d['’]) ?", re.IGNORECASE
)  #: how many articles, not which
_BUYER = {"customer", "email", "phone", "loyalty", "person", "member"}
_CLERKS, _RINGS = 30, 0.02  #: a till's users are few, and each rings many receipts
_STAFF = {
    "staff", "employee", "cashier", "clerk", "operator", "seller", "associate", "salesperson", "rep", "served",
    "vendeur", "vendeuse", "caissier", "caissiere", "employe", "commis", "user", "agent", "servi",
}  # fmt: skip
_ORDER = {"order", "purchase", "invoice", "sale", "receipt"}


def _wanted(kind: str, field: str) -> Wanted:
    return "text" if field.startswith(IDENTIFIER_PREFIX) else KINDS[kind].fields[field].shape


def _by_values(header: Sequence[str], shapes: Mapping[str, Shape], kind: str) -> Iterator[Guess]:
    """Columns whose values speak for themselves."""
    for column in header:
        shape = shapes[column]
        words = set(lexicon().words(column))
        if kind == "orders" and (_STAFF & words or words >= {"sale", "by"}):
            continue
        for field, telling in (
            ("email", "email"),
            ("postcode", "postcode_ca"),
            ("postcode", "postcode_gb"),
            ("order_id", "order_no"),
        ):
            share = shape.share(telling)
            if field in KINDS[kind].fields and shape.values > 1 and share >= _SURE_BY_VALUES:
                why = _("{share} % of its values look like it", share=round(100 * share))
                yield Guess(column=column, field=field, confidence=0.7 * share, why=why)


def _settled(
    found: list[Guess], shapes: Mapping[str, Shape], header: Sequence[str], kind: str
) -> list[Guess]:
    """The guesses, each seen beside the others."""
    fields = {one.field: one for one in found}
    changed = [_beside(one, fields, shapes) for one in found]
    if kind == "people" and "source_key" not in fields and (key := _own_id(changed, shapes, header)):
        changed.append(key)
    return changed


def _beside(one: Guess, fields: Mapping[str, Guess], shapes: Mapping[str, Shape]) -> Guess:
    shape = shapes[one.column]
    alone = "given_name" not in fields and "full_name" not in fields
    if one.field == "family_name" and alone and (shape.share("phrase") >= 0.5 or not shape.values):
        return replace(one, field="full_name", why=_("it stands alone, without a first name"))
    if one.field == "full_name" and "given_name" in fields and "family_name" not in fields:
        return replace(one, field="family_name", why=_("it stands beside a first name"))
    if one.field == "address_line" and "house_number" in fields and "street" not in fields:
        return replace(one, field="street", why=_("it stands beside a house number"))
    if one.field == "unit" and "address_line" not in fields and "street" not in fields:
        return replace(one, confidence=0.0)
    return one


def _own_id(found: Sequence[Guess], shapes: Mapping[str, Shape], header: Sequence[str]) -> Guess | None:
    """The first column that is called an id of some sort and never repeats a value."""
    taken = {one.column for one in found}
    for column in header:
        words = lexicon().words(column)
        if column not in taken and words and words[-1] in ("id", "no", "code") and shapes[column].unique:
            return Guess(column=column, field="source_key", confidence=0.6, why=_("its values never repeat"))
    return None
