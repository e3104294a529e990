"""Which files are one series: a file's name without the dates, numbers and words that only tell its copies apart.

`orders-2025-01.csv`, `orders (1).csv`, `Copy of orders.csv` and `orders_final_v2.csv` are all of the series `orders`.
A number that names a place (`store 2`, `till1`) is no such mark: two tills may both number from 1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_MONTHS = (
    ("jan", "january", "janvier", "janv"), ("feb", "february", "fevrier", "fev", "fevr"), ("mar", "march", "mars"),
    ("apr", "april", "avril", "avr"), ("may", "mai"), ("jun", "june", "juin"), ("jul", "july", "juillet", "juil"),
    ("aug", "august", "aout"), ("sep", "sept", "september", "septembre"), ("oct", "october", "octobre"),
    ("nov", "november", "novembre"), ("dec", "december", "decembre"),
)  # fmt: skip
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
#: Words that tell a copy or a state of one file from another.
_COPY = frozenset([
    "copy", "copie", "copies", "final", "finale", "finals", "new", "nouveau", "nouvelle", "nouvelles", "latest", "last",
    "dernier", "derniere", "dernieres", "derniers", "old", "ancien", "ancienne", "backup", "bak", "corrected",
    "corrige", "corrigee", "corrigees", "updated", "maj",
])  # fmt: skip
_OF = frozenset(["of", "de", "des", "du"])  #: after a word for a copy
#: Words that only say what the number after them counts.
_COUNTED = frozenset(["part", "partie", "page", "week", "semaine", "batch", "lot", "no", "nr", "to", "au"])
#: A number after these says which place, and so which system.
_PLACES = frozenset([
    "store", "stores", "shop", "till", "register", "branch", "location", "site", "magasin", "boutique", "caisse",
    "succursale", "pos",
])  # fmt: skip
_VERSION = re.compile(r"v\d+")
_QUARTER = re.compile(r"q[1-4]")
_DAY_IN_WORDS = re.compile(rf"(\d*)({'|'.join(sorted(_MONTH, key=len, reverse=True))})(\d*)")
_STAMP = re.compile(r"(\d{8})t?(\d{4,6})z?")
_CODE = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}")
_YEAR_BEHIND = re.compile(r"(\D{2,})((?:19|20)\d{2})")


@dataclass(frozen=True, slots=True)
class Series:
    """The series a file belongs to, and its place in it."""

    name: str  #: as a source is called; empty when the file's name is nothing but marks
    place: tuple[int, ...]  #: the file without a mark comes first, then by year, month, day and number


def series_of(path: Path) -> Series:
    """Tell a file's series by its name.

    >>> series_of(Path("orders (1).csv")).name, series_of(Path("commandes janvier 2025.csv")).name
    ('orders', 'commandes')
    >>> series_of(Path("magasin 2.csv")).name, series_of(Path("till1.csv")).name
    ('magasin_2', 'till1')
    >>> series_of(Path("orders-2025-02.csv")).place < series_of(Path("orders-2025-11.csv")).place
    True
    """
    kept: list[str] = []
    place: list[int] = []
    for word in _words(path):
        numbers = _mark(word, kept[-1] if kept else "")
        if numbers is None:
            kept.append(word)
        else:
            place += numbers
    while kept and place and kept[-1] in _COUNTED:
        kept.pop()
    return Series(name="_".join(kept), place=_years_first(place))


def source_name(path: Path) -> str:
    """What a file's source is called by its whole name: without endings, in words.

    >>> source_name(Path("exports/Clients CRM.csv.gz"))
    'clients_crm'
    """
    return re.sub(r"\W+", "_", path.name.partition(".")[0].strip().lower()).strip("_") or "file"


def _words(path: Path) -> list[str]:
    """The words of a file's name, as they are written but for case; a year behind a word stands alone."""
    words: list[str] = []
    for word in source_name(path).split("_"):
        behind = _YEAR_BEHIND.fullmatch(word)
        words += list(behind.groups()) if behind and _plain(behind[1]) not in _MONTH else [word]
    return [word for word in words if word]


def _mark(word: str, before: str) -> list[int] | None:
    """The numbers that a mark stands for; None when the word is no mark."""
    plain = _plain(word)
    if plain.isdecimal():
        return None if before in _PLACES else _numbers(plain)
    if stamp := _STAMP.fullmatch(plain):
        return [*_numbers(stamp[1]), int(stamp[2])]
    if plain in _COPY:
        return [1]
    if plain in _OF and not before:
        return []
    if _VERSION.fullmatch(plain) or (_QUARTER.fullmatch(plain) and before):
        return [int(plain[1:])]
    if (day := _DAY_IN_WORDS.fullmatch(plain)) and (before or day[1] or day[3]):
        return [*_numbers(day[3]), _MONTH[day[2]], *_numbers(day[1])]
    return [] if _CODE.fullmatch(plain) else None


def _numbers(digits: str) -> list[int]:
    """A run of digits as numbers: a date as year, month and day."""
    if re.fullmatch(r"(19|20)\d{6}", digits):
        return [int(digits[:4]), int(digits[4:6]), int(digits[6:])]
    if re.fullmatch(r"20\d{2}(0[1-9]|1[0-2])", digits):
        return [int(digits[:4]), int(digits[4:])]
    return [int(digits)] if digits else []


def _years_first(numbers: list[int]) -> tuple[int, ...]:
    """Days as 31-01-2025 stand in the order of 2025-01-31."""
    years = [number for number in numbers if 1900 <= number < 2100]
    if years and numbers[0] not in years:
        first = numbers.index(years[0])
        numbers = [*reversed(numbers[: first + 1]), *numbers[first + 1 :]]
    return tuple(numbers)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
