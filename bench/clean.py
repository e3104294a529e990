"""Cleaning: one record while somebody types it, and how many values a second a file's rows take."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pyarrow as pa

from regulars.clean.address.addresses import address_by_hand
from regulars.clean.one import clean_one
from regulars.clean.people import understand
from regulars.clean.person.full_names import full_name_by_hand
from regulars.clean.person.phones import phone_by_hand
from regulars.clean.row.found import KnownFile
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.mapping import Column, FileMapping
from regulars.settings import Settings

NOW_US = 1_800_000_000_000_000
RECORDS, ROWS = 2_000, 100_000
_GIVEN = ("Marie-Ève", "JEAN", "jean-françois", "Zoé", "Robert E.", "Anne Marie", "M.-C.", "Siobhán")
_FAMILY = (
    "Tremblay",
    "DE LA DURANTAYE",
    "Côté-Roy",
    "O'Brien",
    "van der Berg",
    "MACDONALD",
    "St-Pierre",
    "Nguyễn",
)
_TITLES = ("", "", "Mme ", "Dr. ", "M. ")
_STREETS = (
    "rue Principale",
    "boul. René-Lévesque Ouest",
    "Main St W",
    "chemin du Lac",
    "1re Avenue",
    "av. du Parc",
)
_ENDS = (
    ", Rimouski QC G5L 1A1",
    ", app. 4, Montréal (Québec) H2X 1Y4",
    " apt 3",
    ", Toronto, ON M5C 1G6",
    "",
)
_DOMAINS = ("gmail.com", "gmial.com", "Example.com", "videotron.ca", "hotmail.cmo")


def main(_arguments: list[str]) -> None:
    settings = Settings()
    for place, (clock, what) in enumerate(((time.perf_counter, "wall"), (time.process_time, "CPU"))):
        people = [_typed(random.Random(place * RECORDS + n)) for n in range(RECORDS)]
        clean_one(people[0], settings, now_us=NOW_US)
        taken = sorted(
            _seconds(partial(clean_one, one, settings, now_us=NOW_US), clock) for one in people[1:]
        )
        half, most = (1000 * taken[int(share * len(taken))] for share in (0.5, 0.99))
        print(f"one record, {what}: p50 {half:.2f} ms, p99 {most:.2f} ms")
    print(f"a file: {ROWS / _file():,.0f} rows/s")
    for kind, by_hand in (
        ("name", full_name_by_hand),
        ("address", address_by_hand),
        ("phone", lambda found: phone_by_hand(found, "CA")),
    ):
        values = {_typed(random.Random(seed))[kind] for seed in range(2 * RECORDS, 2 * RECORDS + 20_000)}
        taken_by = _seconds(partial(_each, by_hand, values))
        print(f"{kind}, in Python: {len(values) / taken_by:,.0f} values/s")


def _each(by_hand: Callable[[str], object], values: Iterable[str]) -> None:
    for one in values:
        by_hand(one)


def _typed(draw: random.Random) -> dict[str, str]:
    given, family = (
        draw.choice(_GIVEN),
        draw.choice(_FAMILY) + draw.choice(("", "", f"-{draw.choice(_FAMILY)}")),
    )
    name = f"{family}, {given}" if draw.random() < 0.3 else f"{draw.choice(_TITLES)}{given} {family}"
    number = f"{draw.choice((514, 418, 416))}{draw.choice('-. ')}{draw.randint(200, 999)}-{draw.randint(0, 9999):04}"
    return {
        "name": name,
        "address": f"{draw.randint(1, 9999)} {draw.choice(_STREETS)}{draw.choice(_ENDS)}",
        "phone": number + draw.choice(("", "", " poste 45", " x12", " (cell)")),
        "email": f"{given[:2].lower()}{draw.randint(1, 99999)}@{draw.choice(_DOMAINS)}".replace(" ", ""),
        "birth_date": f"{draw.randint(1930, 2010)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
    }


def _file() -> float:
    """Seconds for a file of rows like these, in the engine."""
    rows = [_typed(random.Random(seed)) for seed in range(ROWS)]
    fields = {
        "name": "full_name",
        "address": "address_line",
        "phone": "phone",
        "email": "email",
        "birth_date": "birth_date",
    }
    chunk = pa.table(
        {"line": pa.array(range(ROWS), pa.int64())} | {name: [row[name] for row in rows] for name in fields}
    )
    mapping = FileMapping(
        kind="people", columns={name: Column(field=field) for name, field in fields.items()}
    )
    file = KnownFile(source="bench", mapping=mapping, formats={}, settings=Settings(), loaded_us=NOW_US)
    with tempfile.TemporaryDirectory() as scratch, DuckDBEngine(Path(scratch)).session() as session:
        return _seconds(lambda: understand(session, chunk, file))


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    work()
    return clock() - began
