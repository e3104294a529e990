"""How well, how fast and in how much memory records are matched: public data with known truth, and a made-up 100 k.

    python -m bench match --data DIR

The made-up records are for speed alone: who writes the generator cannot grade himself by it.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.engine.duckdb import DuckDBEngine
from regulars.match import match
from regulars.settings import Settings
from regulars.store import Store, rows
from regulars.store.lake import Lake
from regulars.store.sqlite import sqlite
from regulars.store.tables import PERSON_FIELDS, identifiers, identity, record_versions, records
from regulars.town.grade import pairwise

#: A record: its source, who it truly is, what it says, and its identifiers.
Row = tuple[str, str, dict[str, str | None], dict[str, str | None]]
SYNTHETIC_RECORDS = 100_000


def run(folder: Path, data: Path | None) -> None:
    """Print the figures of every set, a line each; scratch files go to `folder`."""
    print(
        "set                 records  people  precision  recall     F1  review  wall s  CPU s  again s  peak MB"
    )
    for name, read in sets(data / "match" if data else None).items():
        with TemporaryDirectory(dir=folder) as scratch:
            print(f"{name:18} " + _line(Path(scratch), list(read())), flush=True)


def sets(folder: Path | None) -> dict[str, Callable[[], Iterable[Row]]]:
    """The sets, by name."""
    made_up = {f"synthetic {SYNTHETIC_RECORDS // 1000} k": lambda: synthetic(SYNTHETIC_RECORDS)}
    if folder is None:
        return made_up
    return {
        **{f"febrl{n}": (lambda n=n: febrl(folder / f"febrl{n}.csv")) for n in (1, 2, 3)},
        "fake_1000": lambda: fake(folder / "fake_1000.csv"),
        "pseudopeople": lambda: pseudopeople(folder),
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
            yield "febrl", str(row["rec_id"]).split("-")[1], said, {"social_security": row["soc_sec_id"]}


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
            yield "fake", row["cluster"], {to: row[at] or None for at, to in names.items()}, {}


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
            yield (
                source,
                row["simulant_id"],
                {**said, "birth_date": _iso(year + month + day)},
                {"ssn": row.get("ssn")},
            )


def synthetic(count: int) -> Iterator[Row]:
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
            yield draw.choice(("till", "web", "mail")), str(number), said, {}
        number += 2


def _slip(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text))
    return text[:at] + draw.choice("aeiort") + text[at + 1 :] if draw.random() < 0.1 else text


def _iso(digits: str | None) -> str | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() if digits else None
    except ValueError:
        return None


def _line(folder: Path, people: Sequence[Row]) -> str:
    store = Store(sqlite(folder / "shop.db"))
    lake = Lake(folder / "lake")
    _fill(store, lake, people)
    began, cpu = time.perf_counter(), time.process_time()
    report = match(store, DuckDBEngine(folder), Settings(), now_us=1, lake=lake)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    again = match(store, DuckDBEngine(folder), Settings(), now_us=2, lake=lake).seconds
    with store.read() as connection:
        person = rows.fetch(connection, rows.columns_of(identity, "record", "person").order_by("record"))[
            "person"
        ]
    store.close()
    marks = pairwise([truth for _, truth, _, _ in people], person.to_pylist())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{report.records:8} {report.people:7}  {marks.precision:9.4f} {marks.recall:7.4f} {marks.f1:6.4f}"
        f" {report.to_review:7} {wall:7.1f} {cpu:6.1f} {again:8.1f} {peak:8}"
    )


def _fill(store: Store, lake: Lake, people: Sequence[Row]) -> None:
    numbers = list(range(1, len(people) + 1))
    one = pa.array([1] * len(people), pa.int64())
    said = {name: pa.array([row[2].get(name) for row in people], pa.string()) for name in PERSON_FIELDS}
    held = [
        (number, kind, value)
        for number, row in zip(numbers, people, strict=True)
        for kind, value in {"email": row[2].get("email"), "phone": row[2].get("phone"), **row[3]}.items()
        if value
    ]
    record, kind, value = zip(*held, strict=True) if held else ((), (), ())
    fixed = {
        "fact": numbers,
        "import_id": one,
        "line": one,
        "seen_us": one,
        "content_hash": pa.array(["0"] * len(people)),
    }
    with store.write() as connection:
        keys = {"source": [row[0] for row in people], "source_key": [str(number) for number in numbers]}
        rows.insert(connection, records, pa.table({"record": numbers, **keys}))
        rows.insert(connection, record_versions, pa.table({"record": numbers, **fixed, **said}))
        columns = {
            "record": record,
            "type": kind,
            "value": value,
            "fact": record,
            "import_id": [1] * len(held),
        }
        rows.insert(connection, identifiers, pa.table(columns))
    with store.write() as connection:
        lake.rewrite(connection, record_versions, 1).enter(connection)


def main(arguments: Sequence[str]) -> None:
    """Run the bench: the public sets where their folder is given, the made-up records always."""
    parser = argparse.ArgumentParser(prog="bench match")
    parser.add_argument("--data", type=Path, help="the folder of real data")
    with TemporaryDirectory() as folder:
        run(Path(folder), parser.parse_args(arguments).data)
