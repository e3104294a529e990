"""People -> households: who lives behind one door and belongs together, with ids that last as those of people do.

A household makes nobody one person, and nothing of a person hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.arrays import Numbers
from regulars.match.people.cluster import components
from regulars.match.people.identity import ROWS_A_TURN, look_up, owners
from regulars.model.text import plain_words
from regulars.store import Store, ledgers, rows
from regulars.store.tables import household_members, households

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: A door behind which more people live is a house of many flats, an office or a pick-up point: nobody's household.
LARGEST_HOUSEHOLD = 8
_NO_SIGN = re.compile(r"[^a-z0-9]+")


class Address(NamedTuple):
    """An address in standard form, as the facts have it; None for what it does not tell."""

    house_number: str | None = None
    unit: str | None = None
    street: str | None = None
    city: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Members:
    """Who lives with whom as the last run left it: an entry a person, persons ascending."""

    person: Numbers
    household: Numbers
    since_us: Numbers


def write(store: Store, session: Session, now_us: int, no_homes: Mapping[str, Address]) -> int:
    """Find the households of the people in `grouped`, and write what changed; returns how many there are.

    Nobody lives at an address of `no_homes`, each under the value that names it: behind its door anywhere, or in its
    town where it tells one. The cards at such a door are in `at_blocked_doors` from now on.
    """
    session.table("blocked_doors", _doors(no_homes))
    session.create("at_blocked_doors", _SQL["at_blocked_doors"])
    session.create("at_home", _SQL["at_home"], {"largest": LARGEST_HOUSEHOLD})
    session.create("names_and_numbers", _SQL["names_and_numbers"])
    found = session.rows(_SQL["living_together"])
    a, b = found["a"].to_numpy(), found["b"].to_numpy()
    person = np.unique(np.concatenate([a, b]))
    label = components(len(person), np.searchsorted(person, a), np.searchsorted(person, b))
    before, stays = _past(store)
    session.table("stays", stays)
    session.table("living", pa.table({"person": person, "label": label}))
    again = session.rows(_SQL["again"])
    own = look_up(again["label"].to_numpy(), again["household"].to_numpy(), label)
    was = look_up(before.person, before.household, person)
    household = _name_new(store, label, owners(label, _homes_of(was, own))[0], now_us)
    _write_merged(store, was, household, own)
    _write_members(store, before, person, household, now_us)
    return len(np.unique(label))


def _doors(addresses: Mapping[str, Address]) -> pa.Table:
    """Addresses as cards say them (`folded` of `cards.sql`): value, door, unit, street, city, postcode."""
    doors = [
        {
            "value": value,
            "door": _signs(one.house_number),
            "unit": _signs(one.unit),
            "street": _words(one.street),
            "city": _words(one.city),
            "postcode": _signs(one.postcode),
        }
        for value, one in addresses.items()
    ]
    names = ("value", "door", "unit", "street", "city", "postcode")
    return pa.Table.from_pylist(doors, schema=pa.schema([(name, pa.string()) for name in names]))


def _words(text: str | None) -> str | None:
    return plain_words(text or "") or None


def _signs(text: str | None) -> str | None:
    return _NO_SIGN.sub("", (text or "").lower()) or None


def _homes_of(was: Numbers, own: Numbers) -> Numbers:
    """The household that each person speaks for (0: none): that which their group was before, their `own`; else where
    they live now, unless another group was it.

    >>> _homes_of(np.array([7, 7, 7, 0, 8]), np.array([0, 0, 9, 9, 0])).tolist()
    [7, 7, 9, 9, 8]
    >>> _homes_of(np.array([7, 0, 7]), np.array([7, 7, 0])).tolist()
    [7, 7, 0]
    """
    return np.where(own > 0, own, np.where(np.isin(was, own), 0, was))


def _past(store: Store) -> tuple[_Members, pa.Table]:
    """Who lives where now, and every stay that was ever written."""
    member = household_members.c
    with store.read() as connection:
        stays = rows.fetch(connection, select(household_members).order_by(member.person, member.since_us))
    now = stays.filter(pc.is_null(stays["until_us"]))
    return _Members(**{name: now[name].to_numpy() for name in ("person", "household", "since_us")}), stays


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


def _write_merged(store: Store, was: Numbers, household: Numbers, own: Numbers) -> None:
    """Say which household an id stands for from now on, where it has become part of another, or is itself again.

    `was`, `household` and `own` are where each person lived, where they live now, and what their group was before.
    """
    houses, first = np.unique(was, return_index=True)
    gone = ~np.isin(houses, household) & (houses > 0)
    into: dict[int, int | None] = dict.fromkeys(np.setdiff1d(own, [0, *houses]).tolist())
    into |= dict(zip(houses[gone].tolist(), household[first[gone]].tolist(), strict=True))
    changed = [(after, house) for house, after in into.items()]
    for at in range(0, len(changed), ROWS_A_TURN):
        with store.write() as connection:
            turn = changed[at : at + ROWS_A_TURN]
            rows.mend(connection, households, ("merged_into",), ("household",), turn)


def _write_members(store: Store, before: _Members, person: Numbers, household: Numbers, now_us: int) -> None:
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


def come_back(connection: Connection, returned: Collection[int], now_us: int) -> None:
    """Some people are somebody again: they live where they lived last, with those of then who live nowhere else."""
    lived = rows.read_among(connection, _SQL["lived_together"], returned)
    together: dict[int, dict[int, bool]] = {}
    for household, person, is_there in lived:
        together.setdefault(household, {})[person] = bool(is_there)
    come = [
        (person, now_us, None, household)
        for household, people in together.items()
        if len(people) > 1
        for person, is_there in people.items()
        if not is_there
    ]
    names = ("person", "since_us", "until_us", "household")
    rows.put(connection, household_members, names, come, again=True)


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
