"""The errors of one cell: what fingers, ears, scanners and old systems make of a value.

Each takes the value, its field, the share of characters that go wrong, and chance; it may leave the value as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

import numpy as np

from regulars.town.names import FAKE_FAMILY, FAKE_GIVEN, NICKNAMES

_AGE_SLIPS = ((-2, 0.1), (-1, 0.4), (1, 0.4), (2, 0.1))  # years; pseudopeople, possible_age_differences
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", "1234567890")
_SOUNDS = (
    ("ph", "f"), ("eau", "o"), ("ault", "o"), ("ck", "k"), ("qu", "k"), ("ll", "l"), ("nn", "n"), ("tt", "t"),
    ("ie", "y"), ("th", "t"), ("au", "o"), ("ai", "é"), ("en", "an"), ("an", "en"), ("ss", "s"), ("c", "k"),
    ("y", "i"), ("z", "s"), ("f", "ph"), ("s", "c"), ("é", "er"), ("i", "y"), ("d", "t"), ("er", "ar"),
)  # fmt: skip
_SHAPES = (
    ("cl", "d"), ("rn", "m"), ("m", "rn"), ("l", "1"), ("O", "0"), ("S", "5"), ("B", "8"), ("g", "q"), ("e", "c"),
    ("h", "b"), ("i", "l"), ("Z", "2"), ("0", "O"), ("5", "S"), ("1", "l"), ("8", "B"), ("u", "v"), ("G", "6"),
)  # fmt: skip
#: What stands for nothing: in birth dates, telephones and e-mails; and the names of those who would rather not say.
FILLERS: Mapping[str, tuple[str, ...]] = {
    "given": FAKE_GIVEN,
    "family": FAKE_FAMILY,
    "birth": ("1900-01-01", "1901-01-01", "2000-01-01"),
    "phone": ("0000000000", "9999999999", "5140000000", "1111111111"),
    "email": ("aucun@aucun.example", "none@none.example", "noemail@example.com", "x@x.example"),
}

Cell = Callable[[str, str, float, np.random.Generator], str]


def _pick(choices: tuple[str, ...] | list[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _age(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    years = int(rng.choice([slip for slip, _ in _AGE_SLIPS], p=[share for _, share in _AGE_SLIPS]))
    return f"{int(value[:4]) + years:04d}{value[4:]}" if value[5:] != "02-29" else value


def _month_and_day(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    year, month, day = value.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 else value


def _option(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return "en" if value == "fr" else "fr"


def _nickname(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(NICKNAMES[value], rng) if value in NICKNAMES else value


def _fake(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(FAKE_GIVEN if field == "given" else FAKE_FAMILY, rng)


def _exchanged(pairs: tuple[tuple[str, str], ...], value: str, token: float, rng: np.random.Generator) -> str:
    written, at = [], 0
    while at < len(value):
        found = next((pair for pair in pairs if value.startswith(pair[0], at)), None)
        if found and rng.random() < token:
            written.append(found[1])
            at += len(found[0])
        else:
            written.append(value[at])
            at += 1
    return "".join(written)


def _phonetic(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _exchanged(_SOUNDS, value, token, rng)


def _ocr(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _exchanged(_SHAPES, value, token, rng)


def _neighbour(letter: str, rng: np.random.Generator) -> str:
    row = next((row for row in _KEYBOARD if letter in row), "")
    near = [row[i] for i in (row.find(letter) - 1, row.find(letter) + 1) if 0 <= i < len(row)] if row else []
    return _pick(near, rng) if near else letter


def _typo(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    """Nine in ten put a neighbouring key in a letter's place, one in ten before it (as pseudopeople does)."""
    kept = value.find("@") if field == "email" else len(value)
    slips = rng.random(len(value)) < token
    slips[kept:] = False
    return "".join(
        letter if not slip else _neighbour(letter, rng) + (letter if rng.random() < 0.1 else "")
        for letter, slip in zip(value, slips, strict=True)
    )


def _digit(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    # A wrong month or century is no date at all.
    places = slice(8, None) if field == "birth" else slice(0, None)
    head, tail = value[: places.start], value[places]
    wrong = "".join(str(rng.integers(10)) if c.isdigit() and rng.random() < token else c for c in tail)
    return head + wrong if field != "birth" or "01" <= wrong <= "28" else value


def _postcode(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    """The last digits go wrong the most (pseudopeople: .04, .04, .20, .36, .36; on average `token`)."""
    digits = [i for i, c in enumerate(value) if c.isdigit()]
    chances = {i: token * (0.2 if rank < 1 else 1.8) for rank, i in enumerate(digits)}
    return "".join(
        str(rng.integers(10)) if rng.random() < chances.get(i, 0) else c for i, c in enumerate(value)
    )


def _domain_slip(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    local, _, domain = value.partition("@")
    at = int(rng.integers(1, len(domain) - 1))
    slip = domain[:at] + domain[at + 1] + domain[at] + domain[at + 2 :]
    return f"{local}@{slip}" if ".." not in slip and slip[0] != "." and slip[-1] != "." else value


def _unaccented(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", value) if not unicodedata.combining(c))


def _unhyphened(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    if value.startswith("Saint-") and rng.random() < 0.5:
        return value.replace("Saint-", "St-")
    return value.replace("-", " ")


def _capitals(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.upper()


def _small(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.lower()


def _stray(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value + " " if rng.random() < 0.7 else " " + value


def _mojibake(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.encode().decode("cp1252", errors="ignore")


def _placeholder(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(FILLERS[field], rng)


def _blank(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return ""


#: By the name of the noise.
CELLS: Mapping[str, Cell] = {
    "age misreported": _age, "month and day swapped": _month_and_day, "wrong option": _option,
    "nickname": _nickname, "nickname at the till": _nickname, "fake name": _fake, "phonetic": _phonetic,
    "ocr": _ocr, "typo": _typo, "hasty typo": _typo, "wrong digit": _digit, "wrong postcode digit": _postcode,
    "e-mail domain slip": _domain_slip, "accents lost": _unaccented, "accents lost at home": _unaccented,
    "hyphen lost": _unhyphened, "capitals": _capitals, "small letters": _small, "stray space": _stray,
    "mojibake": _mojibake, "placeholder": _placeholder, "blank": _blank,
}  # fmt: skip
