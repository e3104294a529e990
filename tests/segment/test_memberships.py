"""Who was in a segment, from which evening to which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, insert, select

from properties import tried
from regulars.segment.history import change, first_evening, moves
from regulars.segment.writes import undo_memberships, write_memberships
from regulars.store.tables import memberships, metadata, persons, segment_sizes


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = create_engine(f"sqlite:///{tmp_path_factory.mktemp('store') / 'shop.db'}")
    metadata.create_all(database, tables=[memberships, persons, segment_sizes])
    with database.connect() as connection:
        yield connection
    database.dispose()


def _build(store: Connection, day: int, people: set[int]) -> None:
    changed = change(store, "loyal", day, pa.array(sorted(people), pa.int64()))
    write_memberships(store, changed.written)
    undo_memberships(store, "loyal", day, changed.undone)


def _empty(store: Connection) -> None:
    for table in (memberships, persons):
        store.execute(delete(table))


PEOPLE = st.sets(st.integers(1, 6))


@tried(100)
@given(
    builds=st.lists(st.tuples(st.integers(0, 3), PEOPLE), min_size=1, max_size=8),
    since=st.integers(0, 20),
)
def test_the_members_of_any_evening_are_those_that_its_last_build_found(
    store: Connection, builds: list[tuple[int, set[int]]], since: int
) -> None:
    _empty(store)
    day, last = 0, dict[int, set[int]]()
    for later, people in builds:
        day += later
        last[day] = people
        _build(store, day, people)
    then = (
        last[max((day for day in last if day <= since), default=min(last))] if since >= min(last) else set()
    )
    found = moves(store, ["loyal"], since)["loyal"]
    assert (found.before, found.now) == (len(then), len(people))
    assert (set(found.entered), set(found.left)) == (people - then, then - people)
    rows = store.execute(select(memberships)).all()
    assert all(row.until is None or row.until > row.since for row in rows)


def test_building_an_evening_again_with_the_same_result_writes_nothing(store: Connection) -> None:
    _empty(store)
    _build(store, 10, {1, 2})
    again = change(store, "loyal", 10, pa.array([1, 2], pa.int64()))
    assert (again.written.num_rows, len(again.undone)) == (0, 0)
    assert first_evening(store) == 10


def test_who_was_joined_to_somebody_else_has_not_left(store: Connection) -> None:
    _empty(store)
    store.execute(
        insert(persons),
        [{"person": 1, "born_us": 0, "merged_into": None}, {"person": 2, "born_us": 0, "merged_into": 1}],
    )
    _build(store, 10, {1, 2, 3})
    _build(store, 11, {1})
    assert moves(store, ["loyal"], 10)["loyal"].left == [3]


def test_nothing_is_kept_before_the_first_build(tmp_path: Path) -> None:
    database = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    metadata.create_all(database, tables=[memberships])
    with database.connect() as connection:
        assert first_evening(connection) == 0
    database.dispose()
