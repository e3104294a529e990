"""Person ids last, verdicts hold, and nothing is written twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import Person, Shop, person
from sqlalchemy import delete

from properties import tried
from regulars.engine.duckdb import DuckDBEngine
from regulars.errors import Invalid, NotFound, Refused
from regulars.match import explain, merge, resolve, unmerge
from regulars.match.explain.chain import holding
from regulars.match.people.cluster import components
from regulars.match.people.identity import owners
from regulars.match.review.verdicts import standing
from regulars.store import Store
from regulars.store.sqlite import sqlite
from regulars.store.tables import records

pytestmark = pytest.mark.slow

ROBERT = [
    person("1", given_name="Robert", family_name="Smith", email="bob@smith.com"),
    person("2", source="web", given_name="Bob", family_name="Smith", email="bob@smith.com"),
    person("3", source="mail", email="bob@smith.com"),
]
OTHER = [
    person("4", given_name="Anne", family_name="Roy", email="anne@roy.ca"),
    person("5", source="web", given_name="Anne", family_name="Roy", email="anne@roy.ca"),
]


def test_matching_again_writes_nothing(shop: Shop) -> None:
    shop.add(ROBERT + OTHER)
    shop.match()
    before = shop.contents()
    shop.match()
    assert shop.contents() == before


def test_a_new_record_of_a_known_person_gets_the_known_id(shop: Shop) -> None:
    shop.add(ROBERT[:2])
    shop.match()
    known = shop.person("1")
    shop.add(ROBERT[2:])
    shop.match()
    assert shop.person("1") == shop.person("2") == shop.person("3") == known


def test_when_two_people_turn_out_to_be_one_the_elder_id_stands(shop: Shop) -> None:
    shop.add([*OTHER, person("6", source="app", given_name="Anne", phone="+15145551234")])
    shop.match()
    elder, younger = sorted({shop.person("4"), shop.person("6")})
    shop.add([person("7", source="desk", given_name="Anne", email="anne@roy.ca", phone="+15145551234")])
    shop.match()
    assert set(shop.people().values()) == {elder}
    with shop.store.read() as connection:
        assert resolve(connection, younger) == elder


def test_an_unmerge_holds_when_matching_again(shop: Shop) -> None:
    shop.add(ROBERT)
    shop.match()
    known = shop.person("1")
    unmerge(shop.store, [shop.record("2")], "owner", 5)
    shop.match()
    shop.match()
    assert shop.groups() == {frozenset({"1", "3"}), frozenset({"2"})}
    assert shop.person("1") == known


def test_merge_and_unmerge_give_back_the_same_people_and_the_same_ids(shop: Shop) -> None:
    shop.add(ROBERT + OTHER)
    shop.match()
    before = shop.people()
    merge(shop.store, shop.record("1"), shop.record("4"), "owner", 5)
    shop.match()
    assert set(shop.people().values()) == {min(before.values())}
    unmerge(shop.store, [shop.record("4"), shop.record("5")], "owner", 6)
    shop.match()
    assert shop.people() == before


def test_unmerge_and_merge_give_back_one_person(shop: Shop) -> None:
    shop.add(ROBERT)
    shop.match()
    before = shop.people()
    unmerge(shop.store, [shop.record("1"), shop.record("2")], "owner", 5)
    shop.match()
    merge(shop.store, shop.record("2"), shop.record("3"), "owner", 6)
    shop.match()
    assert shop.people() == before


def test_unmerging_all_records_of_a_person_leaves_each_alone(shop: Shop) -> None:
    shop.add(ROBERT)
    shop.match()
    unmerge(shop.store, [shop.record(key) for key in "123"], "owner", 5)
    assert shop.match().people == 3


def test_a_new_record_does_not_bring_together_what_was_unmerged(shop: Shop) -> None:
    shop.add(ROBERT[:2])
    shop.match()
    unmerge(shop.store, [shop.record("2")], "owner", 5)
    shop.match()
    shop.add(ROBERT[2:])
    shop.match()
    assert shop.person("1") != shop.person("2")


def test_a_record_that_is_gone_belongs_to_nobody(shop: Shop) -> None:
    shop.add(ROBERT[:2])
    shop.match()
    known = shop.person("1")
    with shop.store.write() as connection:
        connection.execute(delete(records).where(records.c.source_key == "2"))
    shop.match()
    assert shop.people() == {"1": known}


def test_verdicts_on_nothing_are_errors(shop: Shop) -> None:
    shop.add(ROBERT[:1] + OTHER)
    shop.match()
    with pytest.raises(NotFound):
        merge(shop.store, shop.record("1"), 99, "owner", 5)
    with pytest.raises(Invalid):
        merge(shop.store, shop.record("1"), shop.record("1"), "owner", 5)
    with pytest.raises(Invalid):
        unmerge(shop.store, [shop.record("1"), shop.record("4")], "owner", 5)
    with pytest.raises(Refused):
        unmerge(shop.store, [shop.record("1")], "owner", 5)


def test_an_explanation_names_what_joins_and_what_parts(shop: Shop) -> None:
    shop.add(ROBERT + OTHER)
    shop.match()

    def why(one: str, other: str) -> str:
        return explain(shop.store, shop.engine, shop.settings, shop.record(one), shop.record(other)).sentence

    assert why("1", "2") == "They are one person: they have the same e-mail."
    assert "not alike enough" in why("1", "4")
    unmerge(shop.store, [shop.record("2")], "owner", 5)
    shop.match()
    assert why("1", "2").startswith("They are two people: owner said so on ")
    merge(shop.store, shop.record("3"), shop.record("4"), "Ada", 6)
    shop.match()
    assert why("3", "4") == "They are one person: Ada said so."


PHONES = st.sampled_from(["+15145550199", "+14185550123", None])
VALUES = st.sampled_from(["a@x.ca", "b@x.ca", "c@x.ca", None])
NAMES = st.sampled_from(["Jean", "Lucie", "Bob", "Robert", None])


@st.composite
def crowds(draw: st.DrawFn) -> list[Person]:
    """Few e-mails, telephones and names, so that they meet, contradict and bridge."""
    people = []
    for n in range(draw(st.integers(2, 9))):
        said = {
            "given_name": draw(NAMES),
            "email": draw(VALUES),
            "phone": draw(PHONES),
        }
        people.append(Person(key=str(n), source=draw(st.sampled_from(["till", "web"])), said=said))
    return people


@given(people=crowds(), seed=st.integers(0, 99))
@tried(5)
def test_any_order_of_the_same_records_gives_the_same_people(people: list[Person], seed: int) -> None:
    shuffled = random.Random(seed).sample(people, len(people))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert _groups(Path(one), people) == _groups(Path(other), shuffled)


@given(people=crowds(), seed=st.integers(0, 99), cuts=st.sets(st.integers(1, 8), min_size=1, max_size=4))
@tried(5)
def test_any_batches_of_the_same_records_give_the_same_people(
    people: list[Person], seed: int, cuts: set[int]
) -> None:
    """Each batch is matched before the next comes; ids may differ, who is together does not."""
    shuffled = random.Random(seed).sample(people, len(people))
    ends = [0, *sorted(cut for cut in cuts if cut < len(people)), len(people)]
    batches = [shuffled[start:end] for start, end in pairwise(ends)]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert _groups(Path(one), people) == _groups(Path(other), *batches)


def _groups(folder: Path, *batches: list[Person]) -> set[frozenset[str]]:
    store = Store(sqlite(folder / "shop.db"))
    try:
        shop = Shop(store=store, engine=DuckDBEngine(folder))
        for people in batches:
            shop.add(people)
            shop.match()
        return shop.groups()
    finally:
        store.close()


@st.composite
def webs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(st.integers(1, 30))
    card = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(card, card)))


@given(webs())
def test_components_are_what_walking_the_links_finds(case: tuple[int, list[tuple[int, int]]]) -> None:
    size, links = case
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    label = components(size, ends[:, 0], ends[:, 1])
    near = {n: {n} for n in range(size)}
    for one, other in links:
        near[one] |= near[other]
        for n in near[one]:
            near[n] = near[one]
    assert label.tolist() == [min(near[n]) for n in range(size)]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=12))
def test_no_two_groups_share_a_person_and_no_id_is_lost(rows: list[tuple[int, int]]) -> None:
    label, home = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    person, homes, stands = owners(label, home)
    for one in set(person.tolist()) - {0}:
        assert len(set(label[person == one].tolist())) == 1
    assert set(homes.tolist()) == set(home.tolist()) - {0}
    assert set(stands.tolist()) <= set(person.tolist())


def test_a_shop_of_nobody_has_no_people(new_shop: Callable[..., Shop]) -> None:
    report = new_shop().match()
    assert (report.records, report.people) == (0, 0)


def test_an_unmerge_puts_no_word_into_anybodys_mouth_that_is_not_needed(shop: Shop) -> None:
    """Records that hold together by themselves go together; of those that the rest held together it is said."""
    ann = {"given_name": "Ann", "family_name": "Roy"}
    shop.add(
        [
            person("a", **ann, email="ann@roy.ca"),
            person("a too", source="web", **ann, email="ann@roy.ca"),
            person("b", given_name="Bea", family_name="Roy", email="bea@roy.ca"),
            person("b too", source="web", given_name="Bea", family_name="Roy", email="bea@roy.ca"),
            person("hub", given_name="Cleo", email="cleo@roy.ca", phone="+15145550133"),
            person("c", source="web", given_name="Cleo", email="cleo@roy.ca"),
            person("c too", source="news", given_name="Cleo", phone="+15145550133"),
        ]
    )
    shop.match()
    merge(shop.store, shop.record("a"), shop.record("b"), "anne", shop.now_us)
    shop.match()
    with shop.store.read() as connection:
        links = holding(connection, {shop.record(key) for key in shop.people()}, shop.settings.match)
    held = [(link.record_a, link.record_b) for link in links if link.kind != "human"]
    unmerge(shop.store, [shop.record("b"), shop.record("b too")], "anne", shop.now_us, held=held)
    unmerge(shop.store, [shop.record("c"), shop.record("c too")], "anne", shop.now_us, held=held)
    shop.match()
    assert shop.groups() == {
        frozenset({"a", "a too"}), frozenset({"b", "b too"}), frozenset({"hub"}), frozenset({"c", "c too"}),
    }  # fmt: skip
    with shop.store.read() as connection:
        said = standing(connection).to_pylist()
    same = [(row["record_a"], row["record_b"]) for row in said if row["verdict"] == "same"]
    assert same == [(shop.record("c"), shop.record("c too"))]


def test_two_merges_that_are_taken_back_one_after_the_other_give_every_id_back(shop: Shop) -> None:
    shop.add([person(key, given_name=key, family_name="Roy") for key in ("Anne", "Bernard", "Chloé")])
    shop.match()
    before = shop.people()
    eldest, elder, younger = sorted(before, key=before.__getitem__)
    merge(shop.store, shop.record(elder), shop.record(younger), "owner", 5)
    shop.match()
    between = shop.people()
    merge(shop.store, shop.record(elder), shop.record(eldest), "owner", 6)
    shop.match()
    unmerge(shop.store, [shop.record(eldest)], "owner", 7)
    shop.match()
    assert shop.people() == between
    with shop.store.read() as connection:
        assert resolve(connection, before[younger]) == before[elder]
    unmerge(shop.store, [shop.record(younger)], "owner", 8)
    shop.match()
    assert shop.people() == before
