"""A shop whose records are written straight into the store, as the load would leave them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select, update

from regulars.engine.duckdb import DuckDBEngine
from regulars.flow.chain.build import blocked_addresses
from regulars.match import MatchReport, match
from regulars.settings import Settings
from regulars.store import Store, rows
from regulars.store.lake import Lake
from regulars.store.tables import (
    PERSON_FIELDS,
    identifiers,
    identity,
    imports,
    metadata,
    record_versions,
    records,
)

#: Names for a crowd.
GIVEN = (
    "Anne",
    "Louis",
    "Marc",
    "Chantal",
    "Denis",
    "Farah",
    "Hugo",
    "Irène",
    "Karim",
    "Nadia",
    "Olga",
    "Pierre",
)
FAMILY = (
    "Tremblay",
    "Gagnon",
    "Nguyen",
    "Okafor",
    "Bouchard",
    "Pelletier",
    "Lavoie",
    "Singh",
    "Fortin",
    "Caron",
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A row of a source; whatever is no field of a person is an identifier."""

    key: str
    source: str = "till"
    said: Mapping[str, str | None]
    numbers: Mapping[str, str | None] = field(default_factory=dict)
    seen_us: int = 1  #: when it was so


def person(
    key: str, source: str = "till", numbers: Mapping[str, str] | None = None, seen_us: int = 1, **said: str
) -> Person:
    return Person(key=key, source=source, said=said, numbers=numbers or {}, seen_us=seen_us)


@dataclass
class Shop:
    """A store, an engine and a clock."""

    store: Store
    engine: DuckDBEngine
    settings: Settings = field(default_factory=Settings)
    now_us: int = 1_000
    lake: Lake | None = None  #: where a large shop keeps its cards
    loads: int = 0

    def add(self, people: Sequence[Person]) -> None:
        with self.store.write() as connection:
            self.write(connection, people)

    def write(self, connection: Connection, people: Sequence[Person]) -> None:
        """The same in a transaction."""
        self.loads += 1
        rows.insert(connection, imports, _import(self.loads))
        first = (connection.execute(select(func.max(records.c.record))).scalar() or 0) + 1
        numbers = list(range(first, first + len(people)))
        names = {"source": [one.source for one in people], "source_key": [one.key for one in people]}
        rows.insert(connection, records, pa.table({"record": numbers, **names}))
        rows.insert(connection, record_versions, _versions(numbers, people, self.loads))
        rows.insert(connection, identifiers, _identifiers(numbers, people, self.loads))
        if self.lake:
            self.lake.rewrite(connection, record_versions, self.loads).enter(connection)

    def order(self, key: str, **named_by: str) -> None:
        """A later load brings an order, and by what it names its buyer."""
        self.loads += 1
        bought = [Person(key=key, said={}, numbers=named_by)]
        with self.store.write() as connection:
            rows.insert(connection, imports, _import(self.loads))
            told = _identifiers([self.record(key)], bought, self.loads).drop_columns(["fact"])
            facts = pa.array([1_000_000 + self.loads] * told.num_rows, pa.int64())
            rows.insert(connection, identifiers, told.append_column("fact", facts))

    def retell(self, told: Person) -> None:
        """A later load says something else of a record."""
        self.loads += 1
        number, fact = self.record(told.key), 1_000_000 + self.loads
        with self.store.write() as connection:
            rows.insert(connection, imports, _import(self.loads))
            old = record_versions.c.record == number
            connection.execute(update(record_versions).where(old).values(superseded_by=fact))
            new = _versions([number], [told], self.loads).drop_columns(["fact"])
            rows.insert(connection, record_versions, new.append_column("fact", pa.array([fact])))
            if self.lake:
                self.lake.rewrite(connection, record_versions, self.loads).enter(connection)

    def match(self, *, full: bool = False) -> MatchReport:
        self.now_us += 1_000
        return match(
            self.store,
            self.engine,
            self.settings,
            now_us=self.now_us,
            lake=self.lake,
            full=full,
            no_homes=blocked_addresses(self.settings),
        )

    def record(self, key: str) -> int:
        with self.store.read() as connection:
            return int(
                connection.execute(select(records.c.record).where(records.c.source_key == key)).scalar_one()
            )

    def person(self, key: str) -> int:
        now = (identity.c.record == self.record(key), identity.c.until_us.is_(None))
        with self.store.read() as connection:
            return int(connection.execute(select(identity.c.person).where(*now)).scalar_one())

    def people(self) -> dict[str, int]:
        """The person of each record, by its key."""
        joined = select(records.c.source_key, identity.c.person).join(
            identity, identity.c.record == records.c.record
        )
        with self.store.read() as connection:
            found = connection.execute(joined.where(identity.c.until_us.is_(None))).all()
        return {row.source_key: row.person for row in found}

    def groups(self) -> set[frozenset[str]]:
        """Who is together, whatever their ids."""
        together: dict[int, set[str]] = {}
        for key, one in self.people().items():
            together.setdefault(one, set()).add(key)
        return {frozenset(keys) for keys in together.values()}

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with self.store.read() as connection:
            return {
                t.name: sorted(map(tuple, connection.execute(select(t))), key=repr)
                for t in metadata.sorted_tables
            }


def _import(number: int) -> pa.Table:
    said = {name: [""] for name in ("file", "file_hash", "source", "kind", "mapping", "formats")}
    return pa.table({"import_id": [number], **said, "state": ["done"], "started_us": [1]})


def _versions(numbers: Sequence[int], people: Sequence[Person], load: int) -> pa.Table:
    count = len(people)
    fixed = {
        "record": numbers,
        "fact": numbers,
        "import_id": [load] * count,
        "line": [1] * count,
        "seen_us": [one.seen_us for one in people],
    }
    said = {name: pa.array([one.said.get(name) for one in people], pa.string()) for name in PERSON_FIELDS}
    return pa.table({**fixed, "content_hash": pa.array(["0"] * count), **said})


def _identifiers(numbers: Sequence[int], people: Sequence[Person], load: int) -> pa.Table:
    kinds = ("email", "phone", "loyalty_card", "user_id")
    held = [
        (number, kind, value)
        for number, one in zip(numbers, people, strict=True)
        for kind, value in {**{k: one.said.get(k) for k in kinds}, **one.numbers}.items()
        if value
    ]
    record, kind, value = zip(*held, strict=True) if held else ((), (), ())
    columns = {"record": pa.array(record, pa.int64()), "type": pa.array(kind, pa.string())}
    columns |= {"value": pa.array(value, pa.string()), "fact": pa.array(record, pa.int64())}
    return pa.table({**columns, "import_id": pa.array([load] * len(held), pa.int64())})


def febrl(file: Path) -> tuple[list[Person], dict[str, str]]:
    """The people of a FEBRL file, and which entity each record truly is."""
    people, truth = [], {}
    with file.open(encoding="utf-8") as opened:
        for found in csv.DictReader(opened):
            row = {name.strip(): (value or "").strip() or None for name, value in found.items()}
            key = str(row["rec_id"])
            truth[key] = key.split("-")[1]
            said = {
                "given_name": row["given_name"],
                "family_name": row["surname"],
                "house_number": row["street_number"],
                "street": row["address_1"],
                "city": row["suburb"],
                "postcode": row["postcode"],
                "region": row["state"],
                "birth_date": _iso(row["date_of_birth"]),
            }
            people.append(
                Person(key=key, source="febrl", said=said, numbers={"social_security": row["soc_sec_id"]})
            )
    return people, truth


def _iso(text: str | None) -> str | None:
    if not text or not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date().isoformat()  # noqa: DTZ007
    except ValueError:
        return None


def pairwise(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs of records."""
    both = _pairs((found[key], truth[key]) for key in truth)
    precision = both / max(1, _pairs(found[key] for key in truth))
    recall = both / max(1, _pairs(truth.values()))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())
