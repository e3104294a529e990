"""Sets of records whose truth is known: public ones, and people made up for speed alone.

Who writes the generator cannot grade himself by it.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from bench.match import noise, senzing, town
from bench.match.table import Row

#: Sets that take long; for who asks for them.
LARGE = ("town 1 M", "made up 1 M", "made up 10 M")
SENZING = "senzing"


def sets(folder: Path | None) -> dict[str, Callable[[], Iterable[Row]]]:
    """The sets, by name; those of a folder only when it is given."""
    made_up = {
        "town 20 k": lambda: town.people(20_000),
        **{f"town 20 k, seed {seed}": (lambda seed=seed: town.people(20_000, seed)) for seed in (11, 12)},
        "made up 100 k": lambda: made_up_people(100_000),
        "town 1 M": lambda: town.people(288_000),
        "made up 1 M": lambda: made_up_people(1_000_000),
        "made up 10 M": lambda: made_up_people(10_000_000),
    }
    if folder is None:
        return made_up
    return {
        **{f"febrl{n}": (lambda n=n: febrl(folder / f"febrl{n}.csv")) for n in (1, 2, 3)},
        "febrl3 without its number": lambda: (
            row._replace(numbers={}) for row in febrl(folder / "febrl3.csv")
        ),
        "fake_1000": lambda: fake(folder / "fake_1000.csv"),
        "pseudopeople": lambda: pseudopeople(folder),
        **{
            f"pseudopeople +noise {seed}": (lambda seed=seed: noise.noisy(pseudopeople(folder), seed))
            for seed in (2, 3)
        },
        SENZING: lambda: senzing.people(folder),
        **made_up,
    }


def febrl(file: Path) -> Iterator[Row]:
    """FEBRL: Australian people with typing errors."""
    with file.open(encoding="utf-8") as opened:
        for found in csv.DictReader(opened):
            row = {name.strip(): (value or "").strip() or None for name, value in found.items()}
            said = {
                "given_name": row["given_name"], "family_name": row["surname"], "house_number": row["street_number"],
                "street": row["address_1"], "city": row["suburb"], "postcode": row["postcode"],
                "birth_date": _iso(row["date_of_birth"]),
            }  # fmt: skip
            yield Row("febrl", str(row["rec_id"]).split("-")[1], said, {"social_security": row["soc_sec_id"]})


def fake(file: Path) -> Iterator[Row]:
    """Splink's demonstration people."""
    names = {
        "first_name": "given_name",
        "surname": "family_name",
        "dob": "birth_date",
        "city": "city",
        "email": "email",
    }
    with file.open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            yield Row("fake", row["cluster"], {to: row[at] or None for at, to in names.items()}, {})


def pseudopeople(folder: Path) -> Iterator[Row]:
    """Simulated American households: a census and the tax forms of a year, as one set."""
    parts = {"street_number": "house_number", "street_name": "street", "city": "city", "zipcode": "postcode"}
    for source, prefix in (("census", ""), ("w2", "mailing_address_")):
        for row in pq.read_table(folder / f"pseudopeople_{source}_2020.parquet").to_pylist():
            said = {to: row[prefix + at] for at, to in parts.items()}
            said |= {
                "given_name": row["first_name"],
                "middle_name": row["middle_initial"],
                "family_name": row["last_name"],
            }
            month, day, year = (row.get("date_of_birth") or "//").split("/", 2)
            said["birth_date"] = _iso(year + month + day)
            yield Row(source, row["simulant_id"], said, {"ssn": row.get("ssn")})


def made_up_people(count: int) -> Iterator[Row]:
    """People with two or three records each, a third of the fields empty, one letter in ten names wrong."""
    draw = random.Random(1)
    syllables = [
        "ba",
        "cé",
        "dou",
        "fra",
        "gi",
        "lo",
        "mar",
        "ni",
        "pel",
        "ri",
        "sau",
        "tre",
        "vi",
        "zo",
        "lan",
        "ber",
    ]
    given, family, streets = (
        ["".join(draw.choices(syllables, k=k)).title() for _ in range(size)]
        for k, size in ((2, 300), (3, 8000), (3, 4000))
    )
    number = 0
    while number < count:
        one = {
            "given_name": draw.choice(given), "family_name": family[int(8000 * draw.random() ** 2)],
            "birth_date": (date(1940, 1, 1) + timedelta(days=draw.randrange(25_000))).isoformat(),
            "house_number": str(draw.randrange(1, 3000)), "street": f"rue {draw.choice(streets)}",
            "city": f"ville {int(60 * draw.random() ** 2)}",
            "postcode": f"H{draw.randrange(10)}{draw.choice('ABCEG')}{draw.randrange(10)}",
            "phone": f"+1514{draw.randrange(2_000_000, 9_999_999)}", "email": f"p{number}@mail.ca",
        }  # fmt: skip
        for _ in range(draw.choice((1, 2, 3, 3))):
            said = {name: None if draw.random() < 0.33 else value for name, value in one.items()}
            said["family_name"] = _slip(draw, one["family_name"])
            yield Row(draw.choice(("till", "web", "mail")), str(number), said, {})
        number += 2


def _slip(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text))
    return text[:at] + draw.choice("aeiort") + text[at + 1 :] if draw.random() < 0.1 else text


def _iso(digits: str | None) -> str | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() if digits else None
    except ValueError:
        return None
