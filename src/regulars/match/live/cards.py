"""Cards made in Python, one at a time: the same as `cards.sql` makes of all records at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from regulars.match.comparison.comparing import RARE, Frequencies
from regulars.match.records import (
    BEHIND_FAMILY,
    BEHIND_GIVEN,
    NO_MAILBOXES,
    NO_VALUES,
    ONLY_INITIALS,
    ROLE_MAILBOXES,
    SUFFIXES,
    TWO_FAMILIES,
    blocked_forms,
    formal_names,
    given_names,
    no_names,
    other_names,
)
from regulars.model.alphabets import romanised
from regulars.model.clock import from_us
from regulars.model.person import TITLE_GENDERS
from regulars.model.text import plain, plain_words

#: What a card says of a person, in the order in which it is kept.
SAID = (
    "given", "middle", "family", "other_family", "suffix", "birth", "year_by_age", "birth_place", "occupation",
    "gender", "door", "unit", "street", "city", "postcode", "email", "phone", "script",
)  # fmt: skip
#: What parts the values of a kept card, its identifiers, and the two halves of each.
BETWEEN, BETWEEN_IDENTIFIERS, INSIDE = "\x1f", "\x1e", "\x1d"
#: What may stand behind a given name: an initial, or which of several who bear it.
_BEHIND = re.compile(rf"(?<=\S\S) ([a-z]|{BEHIND_GIVEN})$")
#: What may stand behind a family name.
_BEHIND_FAMILY = re.compile(rf"(?<=\S\S) ({BEHIND_FAMILY})$")
_ONLY_INITIALS = re.compile(ONLY_INITIALS)
_TWO_FAMILIES = re.compile(TWO_FAMILIES)
#: A given name that a mailbox may begin or end with, what may stand between it and a family name, and this one.
_ONE_NAME, _BETWEEN_NAMES = re.compile("[a-z]{3,}"), (".", "_", "-")
_FAMILY = re.compile("[a-z]{3,}(-[a-z]{2,})?")
_NUMBER_BEHIND = re.compile(r"[._-]*[0-9]*\Z")
_NO_WORD = re.compile(r"[\W_]+")
_NO_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_NO_DIGIT = re.compile(r"[^0-9]")
_AGE = re.compile(r"[0-9]{1,3}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ROLE = re.compile(f"(?:{ROLE_MAILBOXES})@")
_NO_MAILBOX = re.compile(f"(?:{NO_MAILBOXES})@", re.ASCII)

#: Names and words that are kept at hand.
_AT_HAND = 50_000
#: A card: the columns of `cards_with_shares` by name, `record`, and `identifiers`.
Card = dict[str, Any]
_NOTHING: Card = dict.fromkeys(SAID)


class Identifier(NamedTuple):
    """A value that names somebody, standardised."""

    type: str
    value: str

    @property
    def strong(self) -> bool:
        """A number of one's own, unlike an e-mail or a telephone."""
        return self.type not in ("email", "phone")

    @property
    def role(self) -> bool:
        """A mailbox of a role, `info@`: everybody's at work."""
        return self.type == "email" and _of_role(self.value)


@lru_cache(_AT_HAND)
def _of_role(email: str) -> bool:
    return _ROLE.match(email.lower()) is not None


class CardMaker:
    """Makes cards as the shop's model compares them."""

    def __init__(
        self,
        kinds: Sequence[str],
        frequencies: Frequencies,
        blocked: Iterable[str],
        births: Iterable[str] = (),
    ) -> None:
        """`kinds` are the identifiers with a column of their own; `blocked` values name nobody, and `births` are birth
        dates that count as unknown."""
        self.slots = {kind: f"id_{n}" for n, kind in enumerate(kinds)}
        self._shares = [(column, f"{column}_share", shares) for column, shares in frequencies.items()]
        self.blocked = {form for value in blocked for form in blocked_forms(value)}
        self.births = frozenset(births)
        self._names = lru_cache(_AT_HAND)(_names)

    def make(
        self, record: int, source: str, said: Mapping[str, Any], held: Iterable[tuple[str, str, int]]
    ) -> Card:
        """The card of a record: what its newest version says, and its identifiers (type, value, fact).

        Those that are worn by too many records are to be left out before.
        """
        usable: dict[tuple[str, str], int] = {}
        for kind, value, fact in held:
            if (kind, value) in usable or self.names_somebody(kind, value):
                usable[kind, value] = max(fact, usable.get((kind, value), fact))
        newest: dict[str, tuple[int, str]] = {}
        for (kind, value), fact in usable.items():
            if kind == "email" and _of_role(value):
                continue  # what everybody at work has says nothing of a person
            newest[kind] = max(newest.get(kind, (fact, value)), (fact, value))
        largest: dict[str, str] = {}
        for kind, value in usable:
            largest[kind] = max(largest.get(kind, value), value)
        card = _folded(said)
        card["birth"] = None if card["birth"] in self.births else card["birth"]
        card["year_by_age"] = None if card["birth"] else card["year_by_age"]
        card["email"] = newest["email"][1].lower() if "email" in newest else None
        card["phone"] = newest["phone"][1] if "phone" in newest else None
        card["family"] = card["family"] or _spelt(card["given"], card["email"])
        return self._finished(
            record, source, card, tuple(Identifier(*key) for key in sorted(usable)), largest
        )

    @property
    def outlined(self) -> tuple[str, ...]:
        """The columns of an outline."""
        return (*SAID, *self.slots.values())

    def outline(self, source: str, kept: str) -> Card:
        """What a card says as it was kept (`index.sql`): enough to see whom it cannot be."""
        *said, held = kept.split(BETWEEN, len(SAID))
        card = _NOTHING.copy()
        for name, value in zip(SAID, said, strict=True):
            if value:
                card[name] = value
        card["source"], card["identifiers"] = source, held
        if self.slots:
            largest = dict(_held(held))  # they are kept in order
            card |= {column: largest.get(kind) for kind, column in self.slots.items()}
        return card

    def filled(self, record: int, outline: Card) -> Card:
        """The card of an outline."""
        held = tuple(Identifier(*each) for each in _held(outline["identifiers"]))
        return self._finished(record, outline["source"], outline, held, dict(held))

    def read(self, record: int, source: str, kept: str) -> Card:
        """A card from the text in which it was kept."""
        return self.filled(record, self.outline(source, kept))

    def names_somebody(self, kind: str, value: str | None) -> bool:
        """Whether an identifier is no filler and not blocked by the shop: it is none of `empty_values`."""
        if value is None or not value.strip():
            return False
        word = value.lower()
        blocked = word in self.blocked or _NO_WORD.sub("", word) in self.blocked
        return not blocked and not is_filler(kind, value)

    def _finished(
        self, record: int, source: str, card: Card, held: tuple[Identifier, ...], largest: Mapping[str, str]
    ) -> Card:
        given, family, street, email = card["given"], card["family"], card["street"], card["email"]
        card["record"], card["source"], card["identifiers"] = record, source, held
        for kind, column in self.slots.items():
            card[column] = largest.get(kind)
        card["street_word"] = max(street.split(" "), key=len)[:6] if street else None
        year = card["birth"][:4] if card["birth"] else card["year_by_age"]
        card["birth_year"] = int(year) if year else None
        card |= self._names(given)
        card["family_parts"] = _family_parts(family, card["other_family"])
        card["mailbox"] = mailbox = email.partition("@")[0] if email else None
        card["digits"] = None if mailbox is None else _NO_DIGIT.sub("", mailbox)
        for column, share, shares in self._shares:
            card[share] = shares.get(card[column], RARE)
        return card


def is_filler(kind: str, value: str) -> bool:
    """Whether an identifier stands where nothing is known, and names nobody, allowed or not.

    >>> is_filler("phone", "+15143333333"), is_filler("email", "none@shop.ca"), is_filler("phone", "+15145550199")
    (True, True, False)
    """
    word = value.lower()
    letters = _NO_WORD.sub("", word)
    if (
        letters in NO_VALUES
        or not letters.strip("0")
        or (len(letters) >= 5 and not letters.strip(letters[0]))
    ):
        return True
    if kind == "phone":
        last = _NO_DIGIT.sub("", value)[-7:]
        return not last.strip(last[:1]) or last == "1234567"
    return kind == "email" and _NO_MAILBOX.match(word) is not None


def _held(kept: str) -> list[list[str]]:
    """The type and the value of each identifier that was kept."""
    return [each.split(INSIDE, 1) for each in kept.split(BETWEEN_IDENTIFIERS) if INSIDE in each]


def kept(card: Card) -> str:
    """The text in which a card is kept."""
    said = (card[name] or "" for name in SAID)
    held = BETWEEN_IDENTIFIERS.join(f"{each.type}{INSIDE}{each.value}" for each in card["identifiers"])
    return BETWEEN.join((*said, held))


def _folded(said: Mapping[str, Any]) -> Card:
    (given, of_given), (family, of_family), (whole, of_whole), (middle, _) = (
        _name(said[name]) for name in ("given_name", "family_name", "full_name", "middle_name")
    )
    unnamed = said["given_name"] is None and said["family_name"] is None
    given = _ONLY_INITIALS.sub(r"\1\2", given) if given and given not in no_names("given") else None
    family = None if family in no_names("family") else family
    family, other_family = _families(family)
    first, _blank, rest = whole.partition(" ") if whole else ("", "", "")
    birth = said["birth_date"]
    found = _BEHIND.search(given) if given else None
    behind = found[1] if found else ""
    found = _BEHIND_FAMILY.search(family) if family else None
    behind_family = SUFFIXES[found[1]] if found else None
    return {
        "given": _BEHIND.sub("", given) if given else (first if not family and rest else None),
        "middle": middle or (behind if len(behind) == 1 else None),
        "family": _BEHIND_FAMILY.sub("", family)
        if family
        else (whole.rpartition(" ")[2] if not given and whole else None),
        "other_family": other_family,
        "suffix": SUFFIXES.get(_NO_ASCII_WORD.sub("", plain(said["name_suffix"] or "")))
        or (behind if behind == "i" or len(behind) > 1 else behind_family),
        "birth": birth if birth and _DATE.fullmatch(birth) else None,
        "year_by_age": _year_by_age(said["age"], said["seen_us"]),
        "birth_place": _words(said["birth_place"]),
        "occupation": _words(said["occupation"]),
        "gender": (said["gender"] or _gender_of(said["name_prefix"]) or "").lower() or None,
        "door": _NO_ASCII_WORD.sub("", (said["house_number"] or "").lower()) or None,
        "unit": _NO_ASCII_WORD.sub("", (said["unit"] or "").lower()) or None,
        "street": _words(said["street"]),
        "city": _words(said["city"]),
        "postcode": _NO_ASCII_WORD.sub("", (said["postcode"] or "").lower()) or None,
        "script": of_given or of_family or (of_whole if unnamed else None),
    }


def _families(family: str | None) -> tuple[str | None, str | None]:
    """The family name somebody goes by, and the one of before or behind a marriage: Tremblay née Côté."""
    both = _TWO_FAMILIES.fullmatch(family) if family else None
    return (both[1], both[2]) if both else (family, None)


def _family_parts(family: str | None, other: str | None) -> list[str] | None:
    if family is None:
        return None
    names = [family] if other is None else [family, other]
    words = [part for name in names for part in name.split(" ") if len(part) > 3]
    return words + [name for name in names if len(name) <= 3]


def _gender_of(title: str | None) -> str | None:
    return TITLE_GENDERS.get(_NO_ASCII_WORD.sub("", plain(title))) if title else None


def _spelt(given: str | None, email: str | None) -> str | None:
    """The family name that a mailbox spells beside the given name: `spelt` of `cards.sql`."""
    if not given or not email or not _ONE_NAME.fullmatch(given):
        return None
    letters = _NUMBER_BEHIND.sub("", email.partition("@")[0])
    if letters.startswith(given):
        beside = letters[len(given) :]
    elif letters.endswith(given):
        beside = letters[: -len(given)]
    elif letters[:1] == given[0] and letters[1:2] in _BETWEEN_NAMES:
        beside = letters[1:]
    else:
        return None
    word = beside.strip("._-")
    known = _FAMILY.fullmatch(word) and (word != beside or len(word) >= 4) and word not in no_names("family")
    return word.replace("-", " ") if known else None


def _year_by_age(age: str | None, seen_us: int) -> str | None:
    """The year in which somebody was born who was so old when the row was seen."""
    if not age or not _AGE.fullmatch(age):
        return None
    return str(from_us(seen_us, "UTC").year - int(age))


_NO_NAMES: Mapping[str, Any] = dict.fromkeys(
    ("given_parts", "given_first", "given_last", "given_listed", "given_formal", "initials", "other_names")
)


def _names(given: str | None) -> Mapping[str, Any]:
    """What a given name is made of, the names that it may stand for, their initials, and others written alike."""
    if not given:
        return _NO_NAMES
    first, *more = parts = given.split(" ")
    last = parts[-1]
    formal = formal_names()
    written_out = [given, *formal.get(given, ()), *(formal.get(first, ()) if more else ())]
    return {
        "given_parts": parts,
        "given_first": first if more else None,
        "given_last": last if more else None,
        "given_listed": last if last in given_names() else None,
        "given_formal": written_out,
        "initials": [name[0] for name in written_out],
        "other_names": other_names().get(first),
    }


def _name(text: str | None) -> tuple[str | None, str | None]:
    """The words of a name, and what the letters tell in which it was written."""
    if not text:
        return None, None
    latin, script = romanised(text)
    return _words(latin), script


@lru_cache(_AT_HAND)
def _words(text: str | None) -> str | None:
    return plain_words(text) or None if text else None
