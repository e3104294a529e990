"""Ids of people through merges that are taken back in any order, written of all records or of a few."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from properties import tried
from regulars.match.people import identity
from regulars.match.people.homes import stays_in
from regulars.store import Store
from regulars.store.sqlite import sqlite
from regulars.store.tables import identity as identity_table

#: Groups of records: of the first each is somebody, and the smallest record of a group stands for it.
Groups = Sequence[Collection[int]]
APART = [{1}, {2}, {3}, {4}]


class Ids:
    """Who is who in a store of which nothing else is known."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(sqlite(folder / "shop.db"))
        self.now_us = 0

    def become(self, groups: Groups, *, few: bool, anonymous: Collection[int] = ()) -> dict[int, int]:
        """From now on these are together; the person of each record."""
        self.now_us += 1
        label = {record: min(group) for group in groups for record in group}
        records, named = sorted(label), [record not in anonymous for record in sorted(label)]
        labels = [label[record] for record in records]
        if few:
            with self.store.write() as connection:
                identity.settle(connection, records, labels, named, (), self.now_us)
        else:
            with self.store.read() as connection:
                past = identity.read_past(connection)
            columns = (np.array(column) for column in (records, labels, named))
            identity.write(self.store, past, *columns, self.now_us)
        now = select(identity_table.c.record, identity_table.c.person)
        with self.store.read() as connection:
            return dict(map(tuple, connection.execute(now.where(identity_table.c.until_us.is_(None)))))

    def resolve(self, person: int) -> int:
        with self.store.read() as connection:
            return identity.resolve(connection, person)


@pytest.fixture
def new_ids(tmp_path: Path) -> Iterator[Callable[[], Ids]]:
    made: list[Ids] = []

    def make() -> Ids:
        made.append(Ids(tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


@pytest.mark.parametrize("few", [False, True], ids=["of all", "of a few"])
@pytest.mark.parametrize(
    "become",
    [
        ([{1}, {2, 3}], [{1, 2, 3}], [{1, 2}, {3}]),
        ([{1}, {2}, {3, 4}], [{1}, {2, 3, 4}], [{1, 2, 3, 4}], [{1, 2, 4}, {3}], [{1, 2}, {3}, {4}]),
        ([{1}, {2}, {3, 4}], [{1}, {2, 3, 4}], [{1, 2, 3, 4}], [{1, 3, 4}, {2}], [{1, 4}, {2}, {3}]),
        ([{1, 2, 3}], [{1, 3}, {2}], [{1, 2, 3}], [{1, 2}, {3}]),
        ([{1}, {2, 3}], [{1, 2, 3}], [{1}, {2, 3}], [{1, 3}, {2}], [{1, 2, 3}], [{1, 2}, {3}]),
    ],
    ids=["the inner merge", "inside out", "from the middle", "the middle came back", "merged otherwise"],
)
def test_who_was_merged_has_the_id_again_whichever_merge_is_taken_back(
    new_ids: Callable[[], Ids], become: Sequence[Groups], few: bool
) -> None:
    ids = new_ids()
    ids.become(APART, few=few)
    for groups in become:
        found = ids.become(
            [*groups, *(own for own in APART if not any(own <= {*g} for g in groups))], few=few
        )
        stands = {record: min(group) for group in groups for record in group}
        assert found == {record: stands.get(record, record) for record in found}


@pytest.mark.parametrize("few", [False, True], ids=["of all", "of a few"])
def test_an_id_that_a_parting_gave_comes_back_too(new_ids: Callable[[], Ids], few: bool) -> None:
    ids = new_ids()
    together, apart = [{1, 2}], [{1}, {2}]
    ids.become(together, few=few)
    own = ids.become(apart, few=few)[2]
    assert own > 1
    assert ids.become(together, few=few) == {1: 1, 2: 1}
    assert ids.resolve(own) == 1
    assert ids.become(apart, few=few) == {1: 1, 2: own}


@pytest.mark.parametrize("few", [False, True], ids=["of all", "of a few"])
def test_an_id_does_not_change_where_a_record_tells_more_of_somebody_or_less(
    new_ids: Callable[[], Ids], few: bool
) -> None:
    ids = new_ids()
    ids.become([{1}, {2}], few=few, anonymous=[1])
    assert ids.become([{1, 2}], few=few, anonymous=[1]) == {1: 2, 2: 2}
    assert ids.become([{1, 2}], few=few) == {1: 2, 2: 2}
    assert ids.become([{1, 2}], few=few, anonymous=[2]) == {1: 2, 2: 2}


@pytest.mark.parametrize("few", [False, True], ids=["of all", "of a few"])
def test_an_id_goes_with_most_of_its_records_even_if_they_came_late(
    new_ids: Callable[[], Ids], few: bool
) -> None:
    """What settings that are changed far and back may leave behind: the same records keep the id they got meanwhile."""
    ids = new_ids()
    before = ids.become([{1, 2, 3, 4, 5, 6}, {7}], few=few)
    ids.become([{1, 2, 3, 4}, {5, 6, 7}], few=few)
    meanwhile = ids.become([{1, 2, 3, 4}, {5, 6}, {7}], few=few)
    assert (meanwhile[5], meanwhile[6]) == (before[7], before[7])
    assert meanwhile[7] not in before.values()
    after = ids.become([{1, 2, 3, 4, 5, 6}, {7}], few=few)
    assert after == before | {7: meanwhile[7]}
    assert ids.resolve(before[7]) == after[6]


#: Whom a merge or a parting is about: somebody, somebody else, who goes if anybody stays, and whether few are written.
STEPS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.sets(st.integers(1, 5), min_size=1), st.booleans())


#: Five is merged into four, and stays behind with one when four goes to two; once all are one again, it goes.
LEFT_BEHIND = [
    (4, 8, {1}, False), (0, 6, {1}, False), (8, 0, {1}, False), (0, 1, {1, 2, 3}, False), (0, 0, {1, 5}, False),
    (0, 5, {1}, False), (0, 0, {5}, False),
]  # fmt: skip


@given(steps=st.lists(STEPS, min_size=3, max_size=10))
@example(steps=LEFT_BEHIND)
@example(steps=[*LEFT_BEHIND, (0, 0, {1}, False)])
@example(steps=[(*step[:3], True) for step in LEFT_BEHIND])
@tried(10)
def test_merges_that_are_taken_back_in_any_order_give_every_id_back(
    steps: list[tuple[int, int, set[int], bool]],
) -> None:
    """People of two records each, merged and parted as wholes: the eldest of those who are together stands, always."""
    with TemporaryDirectory() as folder:
        ids = Ids(Path(folder))
        people = [{one} for one in range(1, 6)]
        for one, other, who, few in [(0, 0, {1}, False), *steps]:
            here, there = people[one % len(people)], people[other % len(people)]
            if 0 < len(here & who) < len(here):
                people += [here & who]
                here -= who
            elif here is not there:
                here |= there
                people = [own for own in people if own is not there]
            found = ids.become([{2 * n + side for n in own for side in (-1, 0)} for own in people], few=few)
            stands = {n: min(own) for own in people for n in own}
            assert found == {record: stands[(record + 1) // 2] for record in found}
            assert {n: ids.resolve(n) for n in stands} == stands
        ids.store.close()


def test_whoever_a_broken_off_run_left_with_a_merged_person_is_still_at_home_there() -> None:
    spans = pa.table(
        {"record": [1, 2], "person": [5, 5], "since_us": [1, 1], "until_us": pa.array([None, 3], pa.int64())}
    )
    born_us = np.array([0] * 5 + [1])
    assert stays_in(np.array([1, 2]), spans, born_us) == {0: [(5, True, True)], 1: [(5, False, True)]}
