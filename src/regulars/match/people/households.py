"""People -> households: who lives behind one door and belongs together, with ids that last as those of people do.

A household makes nobody one person, and nothing of a person hangs on it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, select, update

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.people.cluster import components
from regulars.match.people.identity import ROWS_A_TURN, look_up, owners
from regulars.store import Store, ledgers, rows
from regulars.store.tables import household_members, households

Numbers = NDArray[np.int64]
_SQL = statements(Path(__file__).with_suffix(".sql"))
#: A door behind which more people live is a house of many flats, an office or a pick-up point: nobody's household.
LARGEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Who lives with whom as the last run left it: an entry a person, persons ascending."""

    person: Numbers
    household: Numbers
    since_us: Numbers


def write(store: Store, session: Session, now_us: int) -> int:
    """Find the households of the people in `grouped`, and write what changed; returns how many there are."""
    session.create("at_home", _SQL["at_home"], {"largest": LARGEST})
    session.create("names_and_numbers", _SQL["names_and_numbers"])
    found = session.rows(_SQL["living_together"])
    a, b = found["a"].to_numpy(), found["b"].to_numpy()
    person = np.unique(np.concatenate([a, b]))
    label = components(len(person), np.searchsorted(person, a), np.searchsorted(person, b))
    with store.read() as connection:
        before = _standing(connection)
        former = rows.read(connection, _SQL["former"])
    lived, where = np.array(former, np.int64).reshape(-1, 2).T
    last = look_up(lived, where, person)
    home = _again(label, look_up(before.person, before.household, person), last)
    household, house, stands = owners(label, home)
    household = _name_new(store, label, household, now_us)
    _write_merged(store, house, stands)
    _write_members(store, before, person, household, now_us)
    return len(np.unique(label))


def _again(label: Numbers, home: Numbers, last: Numbers) -> Numbers:
    """The household of each person (0: none), and that where they lived `last` for those who live together again as
    they did, and nobody else: a merge that was taken back had parted them.

    >>> _again(np.array([0, 0, 2, 2]), np.array([0, 0, 0, 0]), np.array([7, 7, 7, 8])).tolist()
    [7, 7, 0, 0]
    """
    lowest, highest = last.copy(), last.copy()  # by label
    np.minimum.at(lowest, label, last)
    np.maximum.at(highest, label, np.maximum(last, np.where(home > 0, np.iinfo(np.int64).max, 0)))
    return np.where(lowest[label] == highest[label], last, home)


def _standing(connection: Connection) -> _Standing:
    member = household_members.c
    statement = select(member.person, member.household, member.since_us).where(member.until_us.is_(None))
    found = rows.fetch(connection, statement.order_by(member.person))
    return _Standing(**{name: found[name].to_numpy() for name in ("person", "household", "since_us")})


def _name_new(store: Store, label: Numbers, household: Numbers, now_us: int) -> Numbers:
    """Give the groups that have no household yet a new id, in the order of their first people."""
    new = household == 0
    groups, place = np.unique(label[new], return_inverse=True)
    if not len(groups):
        return household
    with store.write() as connection:
        start = ledgers.next_numbers(connection, "household", len(groups))
    ids = np.arange(start, start + len(groups))
    for at in range(0, len(ids), ROWS_A_TURN):
        born = ids[at : at + ROWS_A_TURN]
        with store.write() as connection:
            told = {"household": born, "born_us": np.full(len(born), now_us)}
            rows.insert(connection, households, pa.table(told))
    household = household.copy()
    household[new] = start + place
    return household


def _write_merged(store: Store, house: Numbers, stands: Numbers) -> None:
    """Say which household an id stands for from now on, where it has become part of another."""
    gone = np.flatnonzero(house != stands)
    for at in range(0, len(gone), ROWS_A_TURN):
        turn = gone[at : at + ROWS_A_TURN]
        with store.write() as connection:
            for of, into in zip(house[turn].tolist(), stands[turn].tolist(), strict=True):
                this = households.c.household == of
                connection.execute(update(households).where(this).values(merged_into=into))


def _write_members(store: Store, before: _Standing, person: Numbers, household: Numbers, now_us: int) -> None:
    """Write who moved, came or left, some people a turn: who moves leaves and comes in one."""
    moved = household != look_up(before.person, before.household, person)
    left = ~np.isin(before.person, person[~moved])
    changed = np.union1d(before.person[left], person[moved])
    for at in range(0, len(changed), ROWS_A_TURN):
        turn = changed[at : at + ROWS_A_TURN]
        gone, come = left & np.isin(before.person, turn), moved & np.isin(person, turn)
        ended = _spans(before.person[gone], before.household[gone], before.since_us[gone], now_us)
        since = np.full(int(come.sum()), now_us)
        with store.write() as connection:
            rows.upsert(connection, household_members, ended)
            rows.upsert(connection, household_members, _spans(person[come], household[come], since, None))


def leave(connection: Connection, ceased: Collection[int], now_us: int) -> None:
    """Some people are no more: they live with nobody, nor does whoever is left alone."""
    homes = rows.read_among(connection, _SQL["homes"], ceased)
    _end(connection, [(person, since_us) for _house, person, since_us in homes], now_us)
    if homes:
        left = rows.read_among(connection, _SQL["alone"], {house for house, *_stay in homes})
        _end(connection, left, now_us)


def _end(connection: Connection, stays: Sequence[tuple[int, int]], now_us: int) -> None:
    """Some people (each with since when) live no more where they do."""
    ended = [(now_us, *stay) for stay in stays]
    rows.mend(connection, household_members, ("until_us",), ("person", "since_us"), ended)


def _spans(person: Numbers, household: Numbers, since_us: Numbers, until_us: int | None) -> pa.Table:
    return pa.table(
        {
            "person": person,
            "since_us": since_us,
            "until_us": pa.repeat(pa.scalar(until_us, pa.int64()), len(person)),
            "household": household,
        }
    )
