"""Load, merge, unmerge, disjoin, tell apart, undo, erase in any order: who is who keeps its promises at every match."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from small_files import Clock, Filled, Write
from sqlalchemy import func, select, union

from properties import lives
from regulars.app import open_shop
from regulars.errors import Invalid, Refused, Unavailable
from regulars.match import disjoin, merge, resolve, tell_apart, unmerge
from regulars.match.live.since import LastRun, last_run, place
from regulars.match.review.verdicts import NAMED
from regulars.shop import Shop
from regulars.store import tables
from regulars.store.tables import (
    NOBODY,
    household_members,
    households,
    identity,
    links,
    persons,
    records,
    verdicts,
)

pytestmark = pytest.mark.slow

HEADER = "Customer ID,First Name,Last Name,Email,Phone,Birth Date,Address,City,Postal Code,Note"
KEYS = st.sampled_from(["K1", "K2", "K3", "K4", "K5", "K6", "K7"])
EMAILS = ["ann@x.ca", "bob@x.ca", "roy@x.ca", "les.roy@x.ca", "desk@x.ca"]
PHONES = ["514-555-0111", "514-555-0122"]
#: Two doors, with a family behind each.
DOORS = ["1 rue Un,Laval,H7A 1A1", "2 rue Deux,Laval,H7A 1A2"]
PEOPLE = st.tuples(
    KEYS,
    st.sampled_from(["Ann", "Annie", "Bob", "Simon", "Simone", ""]),
    st.sampled_from(["Roy", "Roy fils", "Lee"]),
    st.sampled_from([*EMAILS, "", "no mail"]),
    st.sampled_from([*PHONES, "", "call me"]),
    st.sampled_from(["1950-02-03", "1980-02-03", "1990-05-06", "", "soon"]),
    st.sampled_from([*DOORS, ",,"]),
)
#: Who gives no name: an e-mail or a telephone alone.
NAMELESS = st.tuples(
    KEYS,
    st.just(""),
    st.just(""),
    st.sampled_from([*EMAILS, ""]),
    st.sampled_from(PHONES),
    st.just(""),
    st.just(",,"),
)
ROWS = PEOPLE | PEOPLE | NAMELESS
#: A value on more than three records names nobody, but for the one that the shop allows.
SETTINGS = """
[match]
identifier_limit = 3
allowed_values = ["les.roy@x.ca"]
"""
#: Rows of which each can be understood.
GOOD_ROWS = ROWS.filter(lambda row: not {"no mail", "call me", "soon"} & set(row))
Groups = dict[int, frozenset[int]]  #: the records of each person
#: So many records of a crowd that was there before are merged, parted and erased as others are.
A_FEW = 3


class Life(RuleBasedStateMachine):
    """A tiny shop, and what was seen of it."""

    begun: Path  #: the folder of the shop with which each begins
    folder: Path
    settings = SETTINGS  #: further lines of its settings.toml

    def __init__(self) -> None:
        super().__init__()
        self.files = 0
        self.erased: dict[int, str] = {}  # SOURCE:KEY by record
        self.before: Groups = {}
        self.evidence: dict[int, Mapping[str, Any]] = {}
        self.absent: dict[int, list[int]] = {}  # at which matches a record was not there
        self.homes: Groups = {}  # the people of each household

    @initialize()
    def open(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.begun, self.folder / "shop")
        with (self.folder / "shop" / "settings.toml").open("a", encoding="utf-8") as file:
            file.write(self.settings)
        clock = Clock()
        clock.now += timedelta(hours=1)  # later than whatever happened in it
        self.shop: Shop = open_shop(self.folder / "shop", now=clock)
        self.store = self.shop.ground.store
        self.now = self.shop.ground.now_us
        self.crowd = max(self.standing(), default=0)

    @rule(source=st.sampled_from(["crm", "web"]), rows=st.lists(ROWS, min_size=1, max_size=4))
    def load(self, source: str, rows: list[tuple[str, ...]]) -> None:
        self.load_rows(source, rows)

    def load_rows(self, source: str, rows: list[tuple[str, ...]]) -> None:
        self.files += 1
        file = self.folder / f"{self.files}.csv"
        lines = [",".join([*row, f"note of {source}:{row[0]}"]) for row in rows]
        file.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
        try:
            (loaded,) = self.shop.load([file], source=source, kind="people")
        except Invalid:  # hardly a telephone in its column: the file is refused, and nothing of it is there
            return
        assert loaded.rows_in == loaded.accepted + loaded.rejected + loaded.duplicates == len(rows)

    @precondition(lambda self: len(self.at_hand()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        some = st.lists(st.sampled_from(self.at_hand()), min_size=2, max_size=2, unique=True)
        merge(self.store, *data.draw(some), "us", self.now())
        self.match()

    @precondition(lambda self: self.of_several())
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        own = data.draw(st.sampled_from(self.of_several()))
        apart = data.draw(st.lists(st.sampled_from(own), min_size=1, unique=True))
        unmerge(self.store, apart, "us", self.now())
        self.match()

    def of_several(self) -> list[list[int]]:
        """The records of each person who had several at the last match and has them still."""
        standing = set(self.at_hand())
        return [sorted(own & standing) for own in self.before.values() if len(own & standing) > 1]

    @precondition(lambda self: self.of_several())
    @rule(data=st.data())
    def disjoin(self, data: st.DataObject) -> None:
        own = data.draw(st.sampled_from(self.of_several()))
        two = data.draw(st.lists(st.sampled_from(own), min_size=2, max_size=2, unique=True))
        disjoin(self.store, *two, "us", self.now(), NAMED)
        self.match()

    @precondition(lambda self: len(self.at_hand()) > 1)
    @rule(data=st.data())
    def tell_apart(self, data: st.DataObject) -> None:
        some = st.lists(st.sampled_from(self.at_hand()), min_size=2, max_size=2, unique=True)
        try:
            tell_apart(self.store, *data.draw(some), "us", self.now())
        except Refused:
            return
        self.match()

    @precondition(lambda self: any(one.state == "done" for one in self.shop.imports()))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        numbers = [one.import_id for one in self.shop.imports() if one.state == "done"]
        self.shop.undo(data.draw(st.sampled_from(numbers)))

    @precondition(lambda self: self.at_hand())
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        every = self.names()
        names = {record: every[record] for record in self.at_hand()}
        some = data.draw(st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=2, unique=True))
        self.store.erase(some, self.shop.ground.lake, who="us", now_us=self.now())
        self.erased |= {record: names[record] for record in some}
        assert self.traces() == []

    @rule()
    def match(self) -> None:
        self.shop.match()
        now = self.groups()
        self.check_persons(now)
        self.check_verdicts(now)
        self.check_ids(now)
        self.check_spans(now)
        self.check_evidence()
        self.check_households(now)
        self.before = now

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.match()
            before = self.contents()
            self.shop.match()
            assert self.contents() == before, "a second match writes nothing"
            assert self.traces() == []
            self.shop.close()

    @staticmethod
    def goes_home(span: Mapping[str, Any], spans: list[Mapping[str, Any]], stands: Mapping[int, int]) -> bool:
        """Whether a record is again who it was once, or whom that one is by now (`stands`): those it was one person
        with in between are gone, perhaps."""
        own = [s for s in spans if s["record"] == span["record"] and s["since_us"] < span["since_us"]]
        return any(stands[s["person"]] == span["person"] for s in own)

    def check_persons(self, now: Groups) -> None:
        """Every record is one person's; every id resolves, and to somebody unless their last records are gone."""
        held = [record for own in now.values() for record in own]
        assert sorted(held) == self.standing()
        spans = self.rows(identity)
        with self.store.read() as connection:
            stands = {one["person"]: resolve(connection, one["person"]) for one in self.rows(persons)}
            for root in set(stands.values()):
                if root in now:
                    continue
                own = [span for span in spans if span["person"] == root]
                assert own, "an id that nobody ever had"
                end = max(span["until_us"] for span in own)
                last = {span["record"] for span in own if span["until_us"] == end}
                went = [s for s in spans if s["since_us"] == end and s["record"] in last]
                moved = {s["record"] for s in went if not self.goes_home(s, spans, stands)}
                assert moved == set(), f"P{root} went to somebody, and does not resolve to them"

    def check_verdicts(self, now: Groups) -> None:
        """Must-links and must-not-links hold, whatever the scores; the word that two differ is the stronger."""
        person = {record: one for one, own in now.items() for record in own}
        told = [row for row in self.rows(verdicts) if row["withdrawn_us"] is None]
        both = [row for row in told if row["record_a"] in person and row["record_b"] in person]
        same = [(row["record_a"], row["record_b"]) for row in both if row["verdict"] == "same"]
        apart = [(row["record_a"], row["record_b"]) for row in both if row["verdict"] == "different"]
        assert all(person[a] != person[b] for a, b in apart)
        joined = _components(person, same)
        torn = {joined[a] for a, b in apart if joined[a] == joined[b]}
        assert all(person[a] == person[b] for a, b in same if joined[a] not in torn)

    def check_ids(self, now: Groups) -> None:
        """The same records keep their id; of people who became one the elder's stands."""
        was = {own: person for person, own in self.before.items()}
        for person, own in now.items():
            assert was.get(own, person) == person, "an id changed with the same records"
            came = [one for one, before in self.before.items() if before & own]
            if came and all(self.before[one] <= own for one in came):
                assert person == min(came), "the elder survives"

    def check_spans(self, now: Groups) -> None:
        """Spans of a record never overlap, and have no gap while it is there."""
        of_record: dict[int, list[Mapping[str, Any]]] = {}
        for span in sorted(self.rows(identity), key=lambda span: (span["record"], span["since_us"])):
            of_record.setdefault(span["record"], []).append(span)
        there = {record for own in now.values() for record in own}
        for record, spans in of_record.items():
            assert all(s["until_us"] is None or s["since_us"] < s["until_us"] for s in spans)
            assert sum(s["until_us"] is None for s in spans) == (record in there)
            for earlier, later in pairwise(spans):
                away = [
                    at for at in self.absent.get(record, []) if earlier["until_us"] <= at < later["since_us"]
                ]
                assert earlier["until_us"] == later["since_us"] or (
                    earlier["until_us"] < later["since_us"] and away
                )
            if record not in there:
                self.absent.setdefault(record, []).append(self.now())

    def check_evidence(self) -> None:
        """Evidence is added to, and never changes; of erased records it goes."""
        rows = {row["link_id"]: row for row in self.rows(links)}
        gone = [
            row
            for number, row in self.evidence.items()
            if rows.get(number) != row and not {row["record_a"], row["record_b"]} & self.erased.keys()
        ]
        assert gone == []
        self.evidence = rows

    def check_households(self, now: Groups) -> None:
        """At least two of today's people live in each, and each in one at a time; the same people keep its id."""
        stays = self.rows(household_members)
        homes: dict[int, set[int]] = {}
        for stay in stays:
            if stay["until_us"] is None:
                homes.setdefault(stay["household"], set()).add(stay["person"])
        people = [person for own in homes.values() for person in own]
        assert len(people) == len(set(people))
        assert set(people) <= now.keys()
        assert all(len(own) > 1 for own in homes.values())
        was = {own: house for house, own in self.homes.items()}
        assert all(was.get(frozenset(own), house) == house for house, own in homes.items())
        into = {row["household"]: row["merged_into"] for row in self.rows(households)}
        assert {into[house] for house in homes} <= {None}, "somebody lives in one that is part of another"
        assert set(into.values()) - {None} <= into.keys()
        for one in stays:
            assert one["until_us"] is None or one["since_us"] < one["until_us"]
        self.homes = {house: frozenset(own) for house, own in homes.items()}

    def standing(self) -> list[int]:
        return sorted(self.names())

    def at_hand(self) -> list[int]:
        """The records that something is said of: those that came since it began, and a few of the others."""
        return [record for record in self.standing() if record > self.crowd or record <= A_FEW]

    def names(self) -> dict[int, str]:
        """SOURCE:KEY by record."""
        found = self.rows(records) if hasattr(self, "store") else []
        return {
            row["record"]: f"{row['source']}:{row['source_key']}" for row in found if row["record"] != NOBODY
        }

    def groups(self) -> Groups:
        found: dict[int, set[int]] = {}
        for row in self.rows(identity):
            if row["until_us"] is None:
                found.setdefault(row["person"], set()).add(row["record"])
        return {person: frozenset(own) for person, own in found.items()}

    def rows(self, table: Any) -> list[Mapping[str, Any]]:
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def contents(self) -> dict[str, str]:
        return {table.name: repr(self.rows(table)) for table in tables.metadata.sorted_tables}

    def traces(self) -> list[str]:
        """Where the note of an erased record stands: in a table or a file of the lake."""
        texts = [
            (table.name, json.dumps(self.rows(table), default=str)) for table in tables.metadata.sorted_tables
        ]
        for file in sorted((self.folder / "shop" / "lake").rglob("*.parquet")):
            found = pq.read_table(file, partitioning=None)
            kept = {record for record in self.erased if "record" in found.column_names}
            held = set(found["record"].to_pylist()) if kept else set()
            texts.append((file.name, " ".join(f"note of {self.erased[record]}" for record in kept & held)))
        return [
            f"{name}: {where}"
            for where, text in texts
            for name in self.erased.values()
            if f"note of {name}" in text
        ]


class LifeOfALargeShop(Life):
    """The same where a match places what changed; one service stays open for what arrives, whatever others do."""

    settings = SETTINGS + "catch_up_from = 1\ncatch_up_share = 1.0\n"

    def __init__(self) -> None:
        super().__init__()
        self.service: LastRun | None = None
        self.placed = 0

    def opened(self) -> LastRun | None:
        ground = self.shop.ground
        return last_run(self.store, ground.lake, ground.settings.match, self.now())

    @rule(source=st.sampled_from(["crm", "web"]), row=GOOD_ROWS, kept=st.booleans())
    def arrive(self, source: str, row: tuple[str, ...], kept: bool) -> None:
        """Somebody comes to the till, and is placed at once; now and then the writing fails at its end."""
        if self.service is None:
            self.match()
            self.service = self.opened()
        with self.store.read() as connection:
            last = connection.execute(select(func.max(tables.imports.c.import_id))).scalar() or 0
        self.load_rows(source, [row])
        if self.service is None:  # nobody was known
            return
        version, identifier = tables.record_versions.c, tables.identifiers.c
        told = union(
            select(version.record).where(version.import_id > last),
            select(identifier.record).where(identifier.import_id > last),
        )
        try:
            with self.store.write() if kept else self.store.rehearse() as connection:
                some = [record for record in connection.execute(told).scalars() if record != NOBODY]
                place(connection, self.service, some, self.now())
                self.placed += kept
        except Unavailable:
            self.service = None

    @rule()
    def match_all(self) -> None:
        """At night."""
        self.shop.match(full=True)
        self.match()


def _components(person: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    label = {record: record for record in person}
    for a, b in pairs:
        gone, kept = label[a], label[b]
        label = {record: kept if one == gone else one for record, one in label.items()}
    return label


@pytest.mark.parametrize("machine", [Life, LifeOfALargeShop])
def test_whatever_happens_in_any_order_who_is_who_keeps_its_promises(
    empty_shop: Path, tmp_path: Path, machine: type[Life]
) -> None:
    Life.begun, Life.folder = empty_shop, tmp_path / "life"
    run_state_machine_as_test(machine, settings=lives(3, steps=10))


def test_it_keeps_them_among_a_crowd_by_a_model_that_was_learnt(filled: Filled, tmp_path: Path) -> None:
    crowded = filled(_crowd)
    Life.begun, Life.folder = crowded.ground.folder, tmp_path / "life"
    crowded.close()
    run_state_machine_as_test(LifeOfALargeShop, settings=lives(3, steps=10))


def _crowd(shop: Shop, write: Write) -> None:
    """Couples of whom each is at the till and on the web; the first live behind the doors of those who will come."""
    draw, till, web = random.Random(9), [], []
    given, family = (
        ("Anne", "Hugo", "Irène", "Karim", "Olga", "Paul"),
        ("Caron", "Fortin", "Lavoie", "Nguyen", "Singh"),
    )
    for n in range(60):
        door = DOORS[n] if n < len(DOORS) else f"{n} rue Trois,Laval,H7A {n % 9}B{n % 7}"
        name, phone = draw.choice(family), f"514-555-{1000 + n}"
        for both in draw.sample(given, 2):
            email = draw.choice([f"{both}.{name}{n}@y.ca".lower(), f"les.{name}{n}@y.ca".lower()])
            birth = f"{draw.randint(1940, 2000)}-0{draw.randint(1, 9)}-{draw.randint(10, 28)}"
            till.append(f"T{len(till)},{both},{name},{email},{phone},{birth},{door},")
            web.append(
                f"W{len(web)},{both},{name},{email},,{draw.choice([birth, ''])},{draw.choice([door, ',,'])},"
            )
    shop.load([write("till.csv", HEADER, *till)], source="till", kind="people")
    shop.load([write("web.csv", HEADER, *web)], source="web shop", kind="people")
    assert shop.match().learnt
