"""More errors on records whose truth is known: the kinds that pseudopeople and FEBRL publish, by functions of ours.

A copy of a set with another seed of the package that made it would be better; it is not here. So an error is put on an
error: these copies are dirtier than what the package makes with its defaults.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

from bench.match.table import Row

#: Of the cells of a field, so many get each of its errors: pseudopeople's default for one kind of error.
RATE = 0.01
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_SHAPES = (
    ("cl", "d"),
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("o", "0"),
    ("s", "5"),
    ("g", "q"),
    ("e", "c"),
    ("i", "l"),
)
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ll", "l"),
    ("nn", "n"),
    ("ie", "y"),
    ("th", "t"),
    ("c", "k"),
    ("z", "s"),
    ("d", "t"),
)

Error = Callable[[str, random.Random], str | None]


def noisy(rows: Iterable[Row], seed: int) -> Iterator[Row]:
    """The same records with more errors; the same seed gives the same ones."""
    draw = random.Random(seed)
    for row in rows:
        said = {name: _struck(name, value, draw) for name, value in row.said.items()}
        if draw.random() < RATE:
            said["given_name"], said["family_name"] = said.get("family_name"), said.get("given_name")
        yield row._replace(
            said=said, numbers={kind: _struck(kind, value, draw) for kind, value in row.numbers.items()}
        )


def _struck(field: str, value: str | None, draw: random.Random) -> str | None:
    for error in _ERRORS.get(field, _ERRORS["number"]):
        if value and draw.random() < RATE:
            value = error(value, draw)
    return value


def _missing(_value: str, _draw: random.Random) -> str | None:
    return None


def _typo(value: str, draw: random.Random) -> str:
    """A neighbouring key in a letter's place."""
    at = draw.randrange(len(value))
    row = next((keys for keys in _KEYS if value[at].lower() in keys), None)
    if row is None:
        return value
    near = row.index(value[at].lower()) + draw.choice((-1, 1))
    return value[:at] + row[near % len(row)] + value[at + 1 :]


def _slip(value: str, draw: random.Random) -> str:
    """A letter left out, doubled, or in its neighbour's place."""
    at = draw.randrange(len(value))
    return draw.choice(
        (
            value[:at] + value[at + 1 :],
            value[: at + 1] + value[at:],
            value[:at] + value[at : at + 2][::-1] + value[at + 2 :],
        )
    )


def _exchanged(pairs: tuple[tuple[str, str], ...]) -> Error:
    def exchange(value: str, draw: random.Random) -> str:
        known = [pair for pair in pairs if pair[0] in value.lower()]
        if not known:
            return value
        written, meant = draw.choice(known)
        at = value.lower().index(written)
        return value[:at] + meant + value[at + len(written) :]

    return exchange


def _digit(value: str, draw: random.Random) -> str:
    places = [at for at, letter in enumerate(value) if letter.isdigit()]
    if not places:
        return value
    at = draw.choice(places)
    return value[:at] + str(draw.randrange(10)) + value[at + 1 :]


def _day_for_month(value: str, _draw: random.Random) -> str:
    year, month, day = value.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 else value


def _initial(value: str, _draw: random.Random) -> str:
    return value[0]


_WRITTEN: tuple[Error, ...] = (_missing, _typo, _slip, _exchanged(_SHAPES), _exchanged(_SOUNDS))
_ERRORS: dict[str, tuple[Error, ...]] = {
    "given_name": (*_WRITTEN, _initial),
    "middle_name": (_missing,),
    "family_name": _WRITTEN,
    "street": _WRITTEN,
    "city": _WRITTEN,
    "birth_date": (_missing, _digit, _day_for_month),
    "house_number": (_missing, _digit),
    "postcode": (_missing, _digit, _typo),
    "number": (_missing, _digit, _typo),
}
