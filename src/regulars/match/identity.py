"""Groups -> person ids that last: kept when the members are the same, when some are added, and through merge and split.

A person's *home* ids: a record's home is the person it last belonged to before merges brought it where it is. Of the
homes of a group the eldest id stands, and the others resolve to it; when the group is split again, each part finds its
old id. So an unmerge gives back the ids that a merge took.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, select, tuple_, update

from regulars.store import Store, ledgers, rows
from regulars.store.tables import identity, persons

Numbers = NDArray[np.int64]
#: Rows written in one turn, so that other writers wait less than 50 ms.
_ROWS_A_TURN = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known before a run."""

    person: dict[int, int]  #: person of each record now
    since_us: dict[int, int]  #: since when
    home: dict[int, int]  #: home of each record
    merged_into: dict[int, int | None]  #: of every person


def resolve(connection: Connection, person: int) -> int:
    """The person that an id stands for now: itself, or the one it was merged into."""
    while True:
        after = connection.execute(select(persons.c.merged_into).where(persons.c.person == person)).scalar()
        if after is None:
            return person
        person = after


def read_past(connection: Connection) -> Past:
    """Read who is who now, and where records were at home."""
    known = connection.execute(select(persons.c.person, persons.c.merged_into))
    merged: dict[int, int | None] = {row.person: row.merged_into for row in known}
    now = connection.execute(
        select(identity.c.record, identity.c.person, identity.c.since_us).where(identity.c.until_us.is_(None))
    ).all()
    person = {row.record: row.person for row in now}
    home = dict(person)
    retired = [one for one, after in merged.items() if after is not None]
    before = rows.fetch_where_in(
        connection,
        select(identity.c.record, identity.c.person, identity.c.since_us),
        [identity.c.person],
        retired,
    )
    for row in sorted(before.to_pylist(), key=lambda row: int(row["since_us"])):
        if _root(merged, row["person"]) == person.get(row["record"]):
            home[row["record"]] = row["person"]
    return Past(
        person=person, since_us={row.record: row.since_us for row in now}, home=home, merged_into=merged
    )


def _root(merged: dict[int, int | None], person: int) -> int:
    while (after := merged.get(person)) is not None:
        person = after
    return person


def owners(records: Numbers, label: Numbers, home: Numbers) -> tuple[Numbers, dict[int, int]]:
    """The person of each record (0: a new one), and what each home resolves to.

    `records` ascending, with the group label and the home (0: none) of each. A home goes with the group that has most
    of its records (on a tie, the one with its smallest record); of several homes in a group the smallest id stands.

    >>> owners(np.array([1, 2, 3]), np.array([0, 0, 2]), np.array([7, 5, 7]))
    (array([5, 5, 0]), {7: 5, 5: 5})
    """
    votes: dict[int, dict[int, int]] = {}
    known = np.flatnonzero(home)
    for group, house in zip(label[known].tolist(), home[known].tolist(), strict=True):
        tally = votes.setdefault(house, {})
        tally[group] = tally.get(group, 0) + 1
    goes = {house: max(tally, key=tally.__getitem__) for house, tally in votes.items()}
    stands: dict[int, int] = {}
    for house, group in goes.items():
        stands[group] = min(house, stands.get(group, house))
    person = np.fromiter((stands.get(group, 0) for group in label.tolist()), np.int64, len(label))
    return person, {house: stands[group] for house, group in goes.items()}


def write(store: Store, past: Past, records: Numbers, label: Numbers, now_us: int) -> Numbers:
    """Give every record (ascending, with its group label) its person, and write what changed; returns the persons."""
    home = np.fromiter((past.home.get(record, 0) for record in records.tolist()), np.int64, len(records))
    person, resolved = owners(records, label, home)
    person = _name_new(store, label, person, now_us)
    _write_persons(store, past, resolved)
    old = np.fromiter((past.person.get(record, 0) for record in records.tolist()), np.int64, len(records))
    changed = np.flatnonzero(person != old)
    for at in range(0, len(changed), _ROWS_A_TURN):
        turn = changed[at : at + _ROWS_A_TURN]
        with store.write() as connection:
            _close(connection, past, records[turn].tolist(), now_us)
            new = {"record": records[turn], "since_us": np.full(len(turn), now_us), "person": person[turn]}
            nothing = pa.nulls(len(turn), pa.int64())
            rows.upsert(connection, identity, pa.table({**new, "until_us": nothing}))
            ledgers.touch(connection, pa.array(records[turn]), now_us)
    _forget_gone(store, past, set(records.tolist()), now_us)
    return person


def _name_new(store: Store, label: Numbers, person: Numbers, now_us: int) -> Numbers:
    """New ids for the groups that have none, in the order of their smallest record."""
    nameless = np.flatnonzero(person == 0)
    groups, first, place = np.unique(label[nameless], return_index=True, return_inverse=True)
    if not len(groups):
        return person
    with store.write() as connection:
        start = ledgers.next_numbers(connection, "person", len(groups))
    rank = np.empty(len(groups), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(groups))
    person = person.copy()
    person[nameless] = start + rank[place]
    ids = np.arange(start, start + len(groups))
    for at in range(0, len(ids), _ROWS_A_TURN):
        born = ids[at : at + _ROWS_A_TURN]
        with store.write() as connection:
            rows.insert(
                connection, persons, pa.table({"person": born, "born_us": np.full(len(born), now_us)})
            )
    return person


def _write_persons(store: Store, past: Past, resolved: dict[int, int]) -> None:
    wanted = {house: None if stands == house else stands for house, stands in resolved.items()}
    changes = [(house, into) for house, into in wanted.items() if past.merged_into.get(house) != into]
    for at in range(0, len(changes), _ROWS_A_TURN):
        with store.write() as connection:
            for house, into in changes[at : at + _ROWS_A_TURN]:
                connection.execute(update(persons).where(persons.c.person == house).values(merged_into=into))


def _close(connection: Connection, past: Past, records: list[int], now_us: int) -> None:
    keys = [(record, past.since_us[record]) for record in records if record in past.since_us]
    for at in range(0, len(keys), 500):
        key = tuple_(identity.c.record, identity.c.since_us)
        connection.execute(update(identity).where(key.in_(keys[at : at + 500])).values(until_us=now_us))


def _forget_gone(store: Store, past: Past, present: set[int], now_us: int) -> None:
    """Records that are no more (an import undone) belong to nobody from now on."""
    gone = sorted(set(past.person) - present)
    for at in range(0, len(gone), _ROWS_A_TURN):
        turn = gone[at : at + _ROWS_A_TURN]
        with store.write() as connection:
            _close(connection, past, turn, now_us)
            ledgers.touch(connection, pa.array(turn, pa.int64()), now_us)
