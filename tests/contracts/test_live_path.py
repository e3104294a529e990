"""New records are placed among all others on every store alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from sqlalchemy import select

from regulars.engine.duckdb import DuckDBEngine
from regulars.errors import Unavailable
from regulars.match import match, merge, unmerge
from regulars.match.live.since import last_run, place
from regulars.settings import MatchSettings, Settings
from regulars.store import Store, rows
from regulars.store.lake import Lake
from regulars.store.tables import PERSON_FIELDS, identifiers, identity, imports, record_versions, records

pytestmark = pytest.mark.slow

GIVEN = ("Anne", "Élise", "anne", "Zoé", "Marc", "marc", "Denis", "Olga", "Karim", "Hugo", "Irène", "Farah")
FAMILY = ("Roy", "Caron", "Nguyen", "Okafor", "Lavoie", "Singh", "Fortin", "Gagnon")
LARGE = Settings(match=MatchSettings(catch_up_from=10, catch_up_share=0.5))


def add(store: Store, lake: Lake, load: int, people: Sequence[tuple[int, str, str, str]]) -> None:
    """Records as a load would leave them: number, given name, family name, telephone. Their keys are their names."""
    numbers, given, family, phones = (list(column) for column in zip(*people, strict=True))
    count = len(people)
    keys = [f"{first} {last} {number}" for number, first, last, _phone in people]
    said = dict.fromkeys(PERSON_FIELDS, [None] * count) | {
        "given_name": given, "family_name": family, "phone": phones,
    }  # fmt: skip
    fixed = {"record": numbers, "fact": numbers, "import_id": [load] * count, "line": [1] * count}
    with store.write() as connection:
        told = {name: [""] for name in ("file", "file_hash", "source", "kind", "mapping", "formats")}
        rows.insert(
            connection,
            imports,
            pa.table({"import_id": [load], **told, "state": ["done"], "started_us": [1]}),
        )
        named = {"record": numbers, "source": ["till"] * count, "source_key": keys}
        rows.insert(connection, records, pa.table(named))
        texts = {name: pa.array(values, pa.string()) for name, values in said.items()}
        version = {**fixed, "content_hash": ["0"] * count, "seen_us": [1] * count, **texts}
        rows.insert(connection, record_versions, pa.table(version))
        held = {"record": numbers, "type": ["phone"] * count, "value": phones, "fact": numbers}
        rows.insert(connection, identifiers, pa.table({**held, "import_id": [load] * count}))
        lake.rewrite(connection, record_versions, load).enter(connection)


def people(store: Store) -> dict[int, int]:
    with store.read() as connection:
        now = select(identity.c.record, identity.c.person).where(identity.c.until_us.is_(None))
        return {row.record: row.person for row in connection.execute(now)}


def test_what_comes_between_full_matches_is_placed_on_every_store(store: Store, tmp_path: Path) -> None:
    lake, engine = Lake(tmp_path / "lake"), DuckDBEngine(tmp_path)
    crowd = [
        (n + 1, given, family, f"+1418555{n:04}")
        for n, (given, family) in enumerate((given, family) for given in GIVEN for family in FAMILY)
    ]
    add(store, lake, 1, crowd)
    match(store, engine, LARGE, now_us=10, lake=lake)
    size = len(crowd)
    known = crowd[7]
    add(store, lake, 2, [(size + 1, *known[1:]), (size + 2, "Ulla", "Berg", "+15145550001")])
    last = last_run(store, lake, LARGE.match, 20)
    assert last is not None
    assert set(last.unplaced) == {size + 1, size + 2}
    with store.write() as connection:
        place(connection, last, [size + 1, size + 2], 20)
    assert people(store)[size + 1] == people(store)[known[0]] != people(store)[size + 2]
    merge(store, size + 2, crowd[0][0], "anne", 30)
    assert match(store, engine, LARGE, now_us=40, lake=lake).placed < size
    assert people(store)[size + 2] == people(store)[crowd[0][0]]
    unmerge(store, [size + 2], "anne", 50)
    match(store, engine, LARGE, now_us=60, lake=lake)
    apart = people(store)
    assert apart[size + 2] != apart[crowd[0][0]]
    assert match(store, engine, LARGE, now_us=70, lake=lake, full=True).corrected == 0
    assert people(store) == apart


@pytest.mark.parametrize("count", [1, 3, 64, 65, 200])
def test_rows_about_some_numbers_are_found_however_many_they_are(store: Store, count: int) -> None:
    with store.write() as connection:
        named = [(number, "till", str(number)) for number in range(1, 301)]
        rows.put(connection, records, ("record", "source", "source_key"), named)
        asked = "select record, source_key from records where record in ({some}) and record in ({some})"
        some = range(100, 100 + count)
        found = rows.read_among(connection, asked, some)
        assert sorted(found) == [(number, str(number)) for number in some]
        assert rows.read_among(connection, asked, []) == []


def test_what_a_store_cannot_do_is_said_in_a_sentence_by_way_of_a_cursor_too(store: Store) -> None:
    if store.database.dialect.name == "sqlite":
        with pytest.raises(Unavailable, match="not written"):
            _write_where_nothing_may_be(store)
    else:
        with pytest.raises(Unavailable, match="does not answer"), store.read() as connection:
            rows.read(connection, "select pg_terminate_backend(pg_backend_pid())")


def _write_where_nothing_may_be(store: Store) -> None:
    with store.read() as connection:
        rows.read(connection, "pragma query_only = on")
        rows.drop(connection, records, ("record",), [(1,)])
