"""Groups -> person ids that last: kept when the members are the same, when some are added, and through merge and split.

A person's *home* ids: a record's home is the person it belonged to before merges, be they one in another, brought it
where it is. Of the homes of a group the id stands that stood before; of several the eldest, that of somebody known
before that of somebody anonymous. The others resolve to it; when the group is split again, each part finds its old
id. So unmerges give back the ids that merges took, in whatever order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from regulars.engine.statements import statements
from regulars.match.arrays import Numbers
from regulars.match.people.homes import Stay, home_of, stays_in
from regulars.match.records import fetch_by_record
from regulars.store import Store, ledgers, rows
from regulars.store.tables import identity, persons

#: Rows written in one turn, so that other writers wait less than 50 ms.
ROWS_A_TURN = 4_000
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Who was who before a run: one entry a record, records ascending."""

    record: Numbers
    person: Numbers
    since_us: Numbers
    home: Numbers
    into: Numbers  #: by person id: the person it was merged into; 0 when it stands for itself


class _Span(NamedTuple):
    """Who a record was for some time: a row of `spans` in `identity.sql`."""

    record: int
    since_us: int
    until_us: int | None  #: None: now
    person: int
    merged_into: int | None  #: whom the person was merged into
    ended: int  #: 1: nobody was that person any longer then, 0: others were
    born: int  #: 1: the person was a new one


def resolve(connection: Connection, person: int) -> int:
    """The person that an id stands for now: itself, or the one it was merged into."""
    while True:
        after = connection.execute(select(persons.c.merged_into).where(persons.c.person == person)).scalar()
        if after is None:
            return person
        person = after


def members_with(connection: Connection, wanted: Collection[int]) -> set[int]:
    """Some records, and all others of the people they are now."""
    now = identity.c.until_us.is_(None)
    persons_of = select(identity.c.person).where(identity.c.record.in_(wanted), now)
    theirs = select(identity.c.record).where(identity.c.person.in_(persons_of), now)
    return {*wanted, *connection.execute(theirs).scalars()}


def read_past(connection: Connection) -> Before:
    """Read who is who now, and where records were at home."""
    columns = select(*(identity.c[name] for name in ("record", "person", "since_us")))
    now = fetch_by_record(connection, columns.where(identity.c.until_us.is_(None)), identity.c.record)
    now = now.sort_by("record")
    record, person, since_us = (now[name].to_numpy() for name in ("record", "person", "since_us"))
    columns = select(*(persons.c[name] for name in ("person", "merged_into", "born_us")))
    known = rows.fetch(connection, columns.order_by(persons.c.person))
    ids = known["person"].to_numpy()
    into, born_us = (np.zeros(int(ids.max(initial=0)) + 1, np.int64) for _ in range(2))
    into[ids], born_us[ids] = known["merged_into"].fill_null(0).to_numpy(), known["born_us"].to_numpy()
    retired = np.flatnonzero(into)
    columns = select(*(identity.c[name] for name in ("record", "person", "since_us", "until_us")))
    spans = rows.fetch_where_in(connection, columns, [identity.c.person], retired.tolist())
    stays = stays_in(record, spans, born_us)
    merged = dict(zip(retired.tolist(), into[retired].tolist(), strict=True))
    home = person.copy()
    for at, those in stays.items():
        home[at] = home_of(int(person[at]), those, merged)
    return Before(record=record, person=person, since_us=since_us, home=home, into=into)


def ranks(home: Numbers, person: Numbers, named: NDArray[np.bool_]) -> Numbers:
    """How late the home of each record comes among those of a group: homes that stand go before those that were merged,
    then somebody known before somebody anonymous. `named` is whether a record tells who it is."""
    return np.where(home == person, 0, 2) + np.where(named, 0, 1)


def owners(label: Numbers, home: Numbers, rank: Numbers | None = None) -> tuple[Numbers, Numbers, Numbers]:
    """The person of each record (0: a new one); the homes; and the person that each home resolves to.

    `label` and `home` (0: none) are the group and the home of each record, in the order of the records. A home goes
    with the group that has most of its records (on a tie, the one with its first record); of several homes in a group
    that of the least rank stands (`rank`: by record, the least of its records counts), then that of the smallest id.

    >>> owners(np.array([4, 4, 2]), np.array([7, 5, 7]))
    (array([5, 5, 0]), array([5, 7]), array([5, 5]))
    >>> owners(np.array([4, 4]), np.array([7, 5]), np.array([0, 1]))[0]
    array([7, 7])
    """
    known = np.flatnonzero(home)
    order = known[np.lexsort((known, label[known], home[known]))]
    first = np.flatnonzero(_new(home[order], label[order]))
    votes = np.diff(np.append(first, len(order)))
    house, group, record = home[order[first]], label[order[first]], order[first]
    best = np.lexsort((record, -votes, house))
    best = best[_new(house[best])]
    house, group = house[best], group[best]
    late = np.zeros(len(house), np.int64) if rank is None else _least(house, home[known], rank[known])
    elder = np.lexsort((house, late, group))
    elder = elder[_new(group[elder])]
    groups, stands = group[elder], house[elder]
    return look_up(groups, stands, label), house, look_up(groups, stands, group)


def _least(keys: Numbers, of: Numbers, values: Numbers) -> Numbers:
    """The least value of each key (ascending)."""
    least = np.full(len(keys), np.iinfo(np.int64).max)
    np.minimum.at(least, np.searchsorted(keys, of), values)
    return least


def few_owners(
    label: Sequence[int], home: Sequence[int], rank: Sequence[int]
) -> tuple[list[int], dict[int, int]]:
    """The same of few records, for which arrays are slow: the persons, and what each home resolves to.

    >>> few_owners([4, 4, 2], [7, 5, 7], [0, 0, 0])
    ([5, 5, 0], {5: 5, 7: 5})
    """
    first: dict[tuple[int, int], int] = {}
    votes: dict[tuple[int, int], int] = {}
    for n, at in enumerate(zip(home, label, strict=True)):
        if at[0]:
            first.setdefault(at, n)
            votes[at] = votes.get(at, 0) + 1
    group: dict[int, int] = {}
    for house, of in sorted(votes, key=lambda at: (-votes[at], first[at])):
        group.setdefault(house, of)
    stands: dict[int, int] = {}
    for _late, house in sorted(zip(rank, home, strict=True)):
        if house:
            stands.setdefault(group[house], house)
    return [stands.get(of, 0) for of in label], {house: stands[group[house]] for house in sorted(group)}


def _new(*columns: Numbers) -> NDArray[np.bool_]:
    """Whether each entry of sorted columns differs from the one before."""
    changed = np.ones(len(columns[0]), np.bool_)
    changed[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return changed


def look_up(keys: Numbers, values: Numbers, wanted: Numbers) -> Numbers:
    """The value of each wanted key, 0 when there is none; `keys` ascending."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


def write(
    store: Store, past: Before, records: Numbers, label: Numbers, named: NDArray[np.bool_], now_us: int
) -> Numbers:
    """Give every record (ascending, with its group label, and whether it tells who it is) its person, and write what
    changed; returns the persons."""
    home, was = (look_up(past.record, of, records) for of in (past.home, past.person))
    person, house, stands = owners(label, home, ranks(home, was, named))
    person = _name_new(store, label, person, now_us)
    last = _write_persons(store, past, house, stands)
    changed = np.flatnonzero(person != was)
    for at in range(0, max(len(changed), 1 if last else 0), ROWS_A_TURN):
        turn = changed[at : at + ROWS_A_TURN]
        with store.write() as connection:
            rows.mend(connection, persons, ("merged_into",), ("person",), last if at == 0 else ())
            _close(connection, past, records[turn], now_us)
            rows.upsert(connection, identity, _spans(records[turn], person[turn], now_us, None))
            ledgers.touch(connection, pa.array(records[turn]), now_us)
    _forget_gone(store, past, np.setdiff1d(past.record, records), now_us)
    return person


def moved(past: Before, records: Numbers, person: Numbers) -> int:
    """How many records are somebody else now than they were, or were nobody, or are nobody now."""
    was = look_up(past.record, past.person, records)
    return int(np.count_nonzero(was != person)) + len(np.setdiff1d(past.record, records))


def _name_new(store: Store, label: Numbers, person: Numbers, now_us: int) -> Numbers:
    """New ids for the groups that have none, in the order of their first record."""
    nameless = np.flatnonzero(person == 0)
    groups, first, place = np.unique(label[nameless], return_index=True, return_inverse=True)
    if not len(groups):
        return person
    with store.write() as connection:
        start = ledgers.next_numbers(connection, "person", len(groups))
    rank = np.empty(len(groups), np.int64)
    rank[np.argsort(first)] = np.arange(len(groups))
    person = person.copy()
    person[nameless] = start + rank[place]
    ids = np.arange(start, start + len(groups))
    for at in range(0, len(ids), ROWS_A_TURN):
        born = ids[at : at + ROWS_A_TURN]
        with store.write() as connection:
            rows.insert(
                connection, persons, pa.table({"person": born, "born_us": np.full(len(born), now_us)})
            )
    return person


def _write_persons(
    store: Store, past: Before, house: Numbers, stands: Numbers
) -> list[tuple[int | None, int]]:
    """Say what each home resolves to, where that has changed; but for the last turn of it, which is returned: it is
    written with the first records that move, so that a run of few is done whole or not at all."""
    retired = np.flatnonzero(past.into)
    merged = dict(zip(retired.tolist(), past.into[retired].tolist(), strict=True))
    some = (house != stands) | (past.into[house] > 0)
    changed = _resolved(dict(zip(house[some].tolist(), stands[some].tolist(), strict=True)), merged)
    for at in range(0, len(changed) - ROWS_A_TURN, ROWS_A_TURN):
        with store.write() as connection:
            turn = changed[at : at + ROWS_A_TURN]
            rows.mend(connection, persons, ("merged_into",), ("person",), turn)
    return changed[-(len(changed) % ROWS_A_TURN or ROWS_A_TURN) :]


def _resolved(stands: Mapping[int, int], into: Mapping[int, int | None]) -> list[tuple[int | None, int]]:
    """What each home is merged into from now on, and the home, where that has changed: the nearest of those it was
    merged into that `stands` for the same person, so that of merges inside each other each can be taken back alone.

    >>> _resolved({1: 1, 2: 1, 3: 3, 4: 1}, {2: 1, 3: 2, 4: 3})
    [(None, 3), (2, 4)]
    """

    def now(one: int) -> int:
        while one not in stands and (after := into.get(one)) is not None:
            one = after
        return stands.get(one, one)

    changed = []
    for house, one in stands.items():
        after = into.get(house) if house != one else None
        while after is not None and now(after) != one:
            after = into.get(after)
        if house != one and after is None:
            after = one
        if after != into.get(house):
            changed.append((after, house))
    return changed


def _close(connection: Connection, past: Before, records: Numbers, now_us: int) -> None:
    """End what was true of some records."""
    known = records[np.isin(records, past.record)]
    at = np.searchsorted(past.record, known)
    rows.upsert(connection, identity, _spans(known, past.person[at], past.since_us[at], now_us))


def _spans(records: Numbers, person: Numbers, since_us: Numbers | int, until_us: int | None) -> pa.Table:
    return pa.table(
        {
            "record": records,
            "since_us": np.broadcast_to(since_us, len(records)),
            "until_us": pa.repeat(pa.scalar(until_us, pa.int64()), len(records)),
            "person": person,
        }
    )


def _forget_gone(store: Store, past: Before, gone: Numbers, now_us: int) -> None:
    """Records that are no more (an import undone) belong to nobody from now on."""
    for at in range(0, len(gone), ROWS_A_TURN):
        turn = gone[at : at + ROWS_A_TURN]
        with store.write() as connection:
            _close(connection, past, turn, now_us)
            ledgers.touch(connection, pa.array(turn), now_us)


def place(connection: Connection, wanted: Mapping[int, int], now_us: int) -> dict[int, int]:
    """Give new records their person, by record: one who stands already, or a new one (0), each its own."""
    new = [record for record, person in wanted.items() if not person]
    placed = dict(wanted) | _born(connection, new, now_us)
    names = ("record", "since_us", "until_us", "person")
    spans = [(record, now_us, None, person) for record, person in placed.items()]
    rows.put(connection, identity, names, spans, again=True)
    ledgers.touch_few(connection, list(placed), now_us)
    return placed


def settle(
    connection: Connection,
    records: Sequence[int],
    label: Sequence[int],
    named: Sequence[bool],
    gone: Collection[int],
    now_us: int,
) -> dict[int, int]:
    """The same as `write` for a few records, which are all records of the people they are, in one transaction.

    `label` is the group of each, `named` whether it tells who it is; records `gone` are nobody's from now on. Returns
    the person of each record.
    """
    found = rows.read_among(connection, _SQL["spans"], [*records, *gone])
    spans = [_Span(*row) for row in sorted(found, key=itemgetter(1), reverse=True)]
    now = {span.record: span.person for span in spans if span.until_us is None}
    into = _into(connection, {span.person: span.merged_into for span in spans})
    home = dict.fromkeys(records, 0) | now
    stays: dict[int, list[Stay]] = {}
    for span in spans:
        if span.merged_into is not None and span.record in now:
            stays.setdefault(span.record, []).append(Stay(span.person, bool(span.ended), bool(span.born)))
    home |= {record: home_of(now[record], those, into) for record, those in stays.items()}
    rank = [
        2 * (home[record] != now.get(record)) + (not told)
        for record, told in zip(records, named, strict=True)
    ]
    owner, stands = few_owners(label, [home[record] for record in records], rank)
    rows.mend(connection, persons, ("merged_into",), ("person",), _resolved(stands, into))
    nameless = dict.fromkeys(group for group, one in zip(label, owner, strict=True) if not one)
    born = _born(connection, list(nameless), now_us)  # in the order of their first record
    person = {record: one or born[group] for record, one, group in zip(records, owner, label, strict=True)}
    changed = [record for record in records if now.get(record) != person[record]]
    since = {span.record: span.since_us for span in spans if span.until_us is None}
    left = [(now_us, record, since[record]) for record in (*changed, *gone) if record in now]
    rows.mend(connection, identity, ("until_us",), ("record", "since_us"), left)
    names = ("record", "since_us", "until_us", "person")
    new = [(record, now_us, None, person[record]) for record in changed]
    rows.put(connection, identity, names, new, again=True)
    ledgers.touch_few(connection, [*changed, *(record for record in gone if record in now)], now_us)
    return person


def _into(connection: Connection, known: dict[int, int | None]) -> dict[int, int | None]:
    """The person that each of some ids, and each they lead to, was merged into; `known` are the first of them."""
    into = dict(known)
    while wanted := {after for after in into.values() if after is not None} - into.keys():
        into |= dict(rows.read_among(connection, _SQL["into"], wanted))
    return into


def _born(connection: Connection, some: Sequence[int], now_us: int) -> dict[int, int]:
    """A new person for each of some groups or records."""
    if not some:
        return {}
    first = ledgers.next_numbers(connection, "person", len(some))
    born = {one: first + n for n, one in enumerate(some)}
    rows.put(connection, persons, ("person", "born_us"), [(person, now_us) for person in born.values()])
    return born
