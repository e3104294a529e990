"""How long one new record takes to find its person among a million, and ten thousand of them.

python -m bench live [--records N] [--arrivals N] [--folder DIR]

A folder that is named keeps its shop for the next time.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from bench.match import ours, table
from bench.match.sets import Row, made_up_people
from regulars.engine.duckdb import DuckDBEngine
from regulars.match import match
from regulars.match.live.since import LastRun, last_run, place
from regulars.settings import Settings
from regulars.store import Connection, Store, ledgers, rows
from regulars.store.lake import Lake
from regulars.store.sqlite import sqlite
from regulars.store.tables import PERSON_FIELDS, identifiers, imports, record_versions, records

#: What everybody's record says in a shop where the till fills in its own: hot keys.
_TILL_S = {"phone": "+15145550100", "email": "till@regulars.example", "birth_date": "1970-01-01"}
_SHARE_OF_TILL_S = 0.02
_VERSION = ("record", "fact", "import_id", "line", "content_hash", "seen_us", *PERSON_FIELDS)
_WARM = 200


class Took(NamedTuple):
    """Seconds that one arrival took."""

    wall: float
    cpu: float
    commit: float  #: wall, until it is on the disk


def main(arguments: Sequence[str]) -> None:
    """Print what single arrivals take, then what ten thousand at once take."""
    parser = argparse.ArgumentParser(prog="bench live")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--arrivals", type=int, default=5_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        made = given.folder or Path(scratch) / "made"
        if not (made / "shop.db").exists():
            _make(made, given.records)
        for what in (_one_by_one, _at_once):
            copy = Path(scratch) / what.__name__
            shutil.copytree(made, copy, copy_function=shutil.copy)
            what(copy, given.arrivals)
            shutil.rmtree(copy)


def _make(folder: Path, size: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table.write(_people(size), folder / "records.parquet")
    ours.fill(folder / "records.parquet", folder)
    print(f"{size} records matched in {ours.run(folder):.1f} CPU s", flush=True)


def _people(size: int) -> Iterator[Row]:
    draw = random.Random(2)
    for row in islice(made_up_people(size), size):
        hot = {name: value for name, value in _TILL_S.items() if draw.random() < _SHARE_OF_TILL_S}
        yield row._replace(said={**row.said, **hot})


def _one_by_one(folder: Path, count: int) -> None:
    store, _lake, last = _open(folder)
    took = [_arrive(store, last, n, row) for n, row in enumerate(_arrivals(folder, count + _WARM))][_WARM:]
    for name, values in (
        ("match, insert, merge, evidence: wall", [each.wall for each in took]),
        ("the same: CPU", [each.cpu for each in took]),
        ("commit, durable: wall", [each.commit for each in took]),
    ):
        p50, p99, p999 = np.percentile(np.array(values) * 1000, [50, 99, 99.9])
        print(f"{name:38} p50 {p50:7.2f} ms  p99 {p99:7.2f} ms  p99.9 {p999:7.2f} ms", flush=True)
    with store.read() as connection:
        ((merged,),) = rows.read(connection, "select count(*) from persons where merged_into is not null")
    print(f"{len(took)} arrivals among {len(last.known.index)} records; {merged} people merged")
    store.close()


def _at_once(folder: Path, count: int) -> None:
    store, lake, last = _open(folder)
    count = min(2 * count, len(last.known.index) // 25)
    with store.write() as connection:
        for n, row in enumerate(_arrivals(folder, count)):
            _insert(connection, len(last.known.index) + 1 + n, 2, row)
        told = ours.IMPORT | {"import_id": 2}
        rows.put(connection, imports, tuple(told), [tuple(told.values())])
        lake.rewrite(connection, record_versions, 2).enter(connection)
    used, wall = time.process_time(), time.perf_counter()
    report = match(store, DuckDBEngine(folder), Settings(), now_us=2, lake=lake)
    used, wall = time.process_time() - used, time.perf_counter() - wall
    assert report.placed == count
    print(f"{count} records into {len(last.known.index)}: {used:.1f} CPU s, {wall:.1f} s", flush=True)
    full = match(store, DuckDBEngine(folder), Settings(), now_us=3, lake=lake, full=True)
    print(f"a full run moved {full.corrected} records")
    store.close()


def _open(folder: Path) -> tuple[Store, Lake, LastRun]:
    store, lake = Store(sqlite(folder / "shop.db")), Lake(folder / "lake")
    last = last_run(store, lake, Settings().match, now_us=2)
    assert last is not None
    return store, lake, last


def _arrive(store: Store, last: LastRun, n: int, row: Row) -> Took:
    """One record comes: it is kept, finds its person, and is on the disk."""
    record = len(last.known.index) + 1 + n
    wall, cpu = time.perf_counter(), time.thread_time()
    with store.write() as connection:
        _insert(connection, record, 1, row)
        place(connection, last, [record], now_us=2)
        wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
        commit = time.perf_counter()
    return Took(wall, cpu, time.perf_counter() - commit)


def _insert(connection: Connection, record: int, load: int, row: Row) -> None:
    fact = ledgers.next_facts(connection, 1) + 10_000_000
    rows.put(connection, records, ("record", "source", "source_key"), [(record, row.source, str(record))])
    said = [row.said.get(name) for name in PERSON_FIELDS]
    rows.put(connection, record_versions, _VERSION, [(record, fact, load, 1, "0", 1, *said)])
    held = [(record, kind, value, fact, load) for kind in ("email", "phone") if (value := row.said.get(kind))]
    rows.put(connection, identifiers, ("record", "type", "value", "fact", "import_id"), held)


def _arrivals(folder: Path, count: int) -> Iterator[Row]:
    """Records of people: seven in ten known, with other slips and holes; three in ten new."""
    draw = random.Random(3)
    known = list(islice(_people(4 * count), 2 * count))
    new = islice(made_up_people(40 * count), 30 * count, None)
    for _ in range(count):
        row = draw.choice(known) if draw.random() < 0.7 else _strange(draw, next(new))
        said = {name: value for name, value in row.said.items() if draw.random() > 0.2}
        if draw.random() < _SHARE_OF_TILL_S:
            said |= _TILL_S
        yield row._replace(said=said)


def _strange(draw: random.Random, row: Row) -> Row:
    """The record of somebody else who looks like one of the people."""
    own = {
        "email": f"n{draw.randrange(10**9)}@mail.ca",
        "phone": f"+1438{draw.randrange(2_000_000, 9_999_999)}",
    }
    return row._replace(said={**row.said, **own})
