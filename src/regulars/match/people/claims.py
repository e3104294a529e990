"""What cards call their own: a mailbox, a telephone, a birth date, numbers of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

#: Kinds of claims; numbers of their own, such as cards, accounts and a social security number, are of kinds from NUMBER
#: on.
EMAIL, PHONE, BIRTH, NUMBER = 0, 1, 2, 3
#: Mailboxes of fewer letters are near each other by chance.
_LONG = 6


class Claim(NamedTuple):
    """What a card of a group calls its own."""

    group: int
    card: int
    kind: int
    value: str


class Own(NamedTuple):
    """The same in numbers; of groups with several mailboxes and several telephones or numbers."""

    card: int
    kind: int
    value: int  #: equal for equal values of one kind


def numbered(claims: Iterable[Claim]) -> list[Own]:
    """Claims in numbers. Mailboxes of a group that are a slip of the hand apart are one, as are two that a third lies
    between.

    >>> typed = ["amanda.jones@mail.example", "amanda.jpnes@mail.example", "a.jones.77@mail.example"]
    >>> [own.value for own in numbered(Claim(0, card, EMAIL, value) for card, value in enumerate(typed))]
    [0, 0, 2]
    """
    numbers: dict[tuple[int, str], int] = {}
    mailboxes: dict[int, dict[str, int]] = {}
    rows = []
    for group, card, kind, value in claims:
        number = numbers.setdefault((kind, value), len(numbers))
        rows.append((group, card, kind, number))
        if kind == EMAIL:
            mailboxes.setdefault(group, {})[value] = number
    one = {group: _as_one(known) for group, known in mailboxes.items()}
    return [Own(card, kind, one[group][n] if kind == EMAIL else n) for group, card, kind, n in rows]


def _as_one(mailboxes: Mapping[str, int]) -> dict[int, int]:
    """For the number of each mailbox of a group the one that stands for it and for those that are near it."""
    stands = {number: number for number in mailboxes.values()}
    for (here, one), (there, other) in combinations(mailboxes.items(), 2):
        if stands[one] != stands[other] and _are_near(here, there):
            kept, gone = sorted((stands[one], stands[other]))
            stands = {number: kept if of == gone else of for number, of in stands.items()}
    return stands


def _are_near(one: str, other: str) -> bool:
    """Whether two addresses are one, a slip of the hand apart, or at two providers beside a number, as `j.doe.77@` is;
    `john.doe@` is at the other provider that of his father."""
    here, there = one.partition("@")[0], other.partition("@")[0]
    digits = [letter for letter in here if letter.isdigit()]
    if digits != [letter for letter in there if letter.isdigit()] or min(len(here), len(there)) < _LONG:
        return one == other
    return Levenshtein.distance(one, other) <= 2 or (bool(digits) and here == there)
