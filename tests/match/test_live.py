"""Records that come later find their person without a full run, and a full run agrees."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_shop import GIVEN, Shop, person
from sqlalchemy import select
from test_same_weight import _crowd

from regulars.errors import Unavailable
from regulars.match import merge, unmerge
from regulars.match.live.index import rules
from regulars.match.live.since import last_run, place
from regulars.match.records import cards as cards_room
from regulars.store.tables import audit, records, review_pairs


def _grown(shop: Shop, size: int, later: int) -> None:
    """A crowd of which some came after the full run, a few at a time."""
    crowd = _crowd(random.Random(3), size)
    shop.add(crowd[:-later])
    assert shop.match().placed == size - later
    for at in range(size - later, size, 10):
        shop.add(crowd[at : at + 10])
        assert shop.match().placed <= later


@pytest.mark.parametrize("size", [700, 2000])
def test_late_records_are_placed_as_a_full_run_would(new_shop: Callable[..., Shop], size: int) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, size, size // 25)
    report = shop.match(full=True)
    assert report.placed == size
    assert report.corrected is not None
    assert report.corrected <= size // 25 // 8  # of those who came late


def test_a_junior_and_his_father_are_placed_apart(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 700, 20)
    name = {"given_name": "Ovide", "house_number": "88", "street": "rue des Cèdres", "postcode": "G0A 9Z9"}
    shop.add(
        [
            person("junior", family_name="Trottemenu fils", email="o@menu.ca", **name),
            person("father", family_name="Trottemenu", email="o@menu.ca", phone="+14185559911", **name),
            person("father again", source="web", family_name="Trottemenu", phone="+14185559911", **name),
            person("either", source="web", given_name="Ovide", family_name="Trottemenu", email="o@menu.ca"),
            person(
                "other mailbox", family_name="Trottemenu", email="ot@autre.ca", phone="+14185559922", **name
            ),
        ]
    )
    assert shop.match().placed <= 30
    apart = {frozenset({"junior"}), frozenset({"father", "father again"}), frozenset({"other mailbox"})}
    assert apart <= shop.groups()
    shop.match(full=True)
    assert apart <= shop.groups()


def test_a_man_and_a_woman_of_one_initial_are_placed_apart(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 700, 20)
    home = {
        "family_name": "Trottemenu",
        "house_number": "88",
        "street": "rue des Cèdres",
        "postcode": "G0A 9Z9",
    }
    born = home | {"birth_date": "1971-04-09"}
    shop.add(
        [
            person("initial", **born, given_name="O", gender="M", phone="+14185559911"),
            person(
                "by telephone", source="web", **home, given_name="Odile", gender="F", phone="+14185559911"
            ),
            person("by birth date", source="app", **born, given_name="Olga", gender="F"),
            person("himself", source="web", **born, given_name="Ovide", gender="M", phone="+14185559911"),
        ]
    )
    assert shop.match().placed <= 30
    placed = shop.groups()
    himself = next(group for group in placed if "himself" in group)
    assert himself.isdisjoint({"by telephone", "by birth date"})
    shop.match(full=True)
    assert shop.groups() == placed


@pytest.mark.parametrize("clustering", ["weighed", "chained"])
def test_late_records_make_groups_as_a_full_run_does(new_shop: Callable[..., Shop], clustering: str) -> None:
    shop = new_shop(catch_up_from=100, clustering=clustering)
    _grown(shop, 500, 10)
    shop.add(
        [
            person("he", given_name="Ovide", family_name="Trottemenu", email="o@menu.ca"),
            person("between", source="web", email="o@menu.ca", phone="+14185559911"),
            person("she", given_name="Zélie", family_name="Bonenfant", phone="+14185559911"),
        ]
    )
    assert shop.match().placed <= 20
    at_once = shop.groups()
    chain = frozenset({"he", "between", "she"})
    assert (chain in at_once) == (clustering == "chained")
    shop.match(full=True)
    assert {group for group in shop.groups() if group & chain} == {
        group for group in at_once if group & chain
    }


def test_nobody_is_asked_about_a_couple_that_shares_a_telephone(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 700, 20)
    home = {
        "family_name": "Trottemenu",
        "phone": "+14185559911",
        "house_number": "88",
        "street": "rue des Cèdres",
    }
    shop.add([person("one", given_name="Ovide", **home), person("other", given_name="Hermance", **home)])
    asked = select(review_pairs.c.record_a).where(
        review_pairs.c.record_a == shop.record("one"), review_pairs.c.record_b == shop.record("other")
    )
    for full in (False, True):
        shop.match(full=full)
        with shop.store.read() as connection:
            assert connection.execute(asked).all() == []
    assert shop.person("one") != shop.person("other")


def test_what_people_say_is_placed_at_once(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 500, 20)
    (one, *_rest), (other, *_more) = sorted(map(sorted, shop.groups()))[:2]
    ids = shop.person(one), shop.person(other)
    merge(shop.store, shop.record(one), shop.record(other), "anne", shop.now_us)
    report = shop.match()
    assert report.placed < report.records
    assert report.set_aside is None  # not looked at
    assert shop.person(one) == shop.person(other) == min(ids)
    unmerge(shop.store, [shop.record(other)], "anne", shop.now_us)
    assert shop.match().placed < report.records
    assert shop.person(one) != shop.person(other)


def test_a_second_run_writes_nothing(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 500, 20)
    before = shop.contents()
    shop.match()
    assert shop.contents() == before


def test_too_many_changes_are_matched_with_all_others(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    crowd = _crowd(random.Random(3), 400)
    shop.add(crowd[:300])
    shop.match()
    shop.add(crowd[300:])
    assert shop.match().placed == 400


def test_nobody_is_placed(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    shop.add([person("walk-in", given_name="Walk-in", family_name="Customer")])
    report = shop.match()
    assert report.placed == 0
    assert "walk-in" not in shop.people()


def test_a_shared_number_that_becomes_hot_joins_nobody_new(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100, identifier_limit=5)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    shop.add([person(f"card{n}", loyalty_card="7000", given_name="Zoé") for n in range(6)])
    shop.match()
    assert len({shop.person(f"card{n}") for n in range(6)}) == 6


@pytest.mark.parametrize("holders", [7, 60])
def test_a_number_of_the_till_on_many_new_records_joins_none_of_them(
    new_shop: Callable[..., Shop], holders: int
) -> None:
    shop = new_shop(catch_up_from=100, identifier_limit=5)
    shop.add(_crowd(random.Random(3), 1500))
    shop.match()
    shop.add([person(f"sale{n}", phone="+14185550777", family_name="Roy") for n in range(holders)])
    shop.match()
    assert len({shop.person(f"sale{n}") for n in range(holders)}) == holders


def test_an_id_is_never_a_stranger_s(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add([*_crowd(random.Random(3), 300), person("gone", given_name="Zoé", family_name="Xu")])
    shop.match()
    before = shop.person("gone")
    shop.retell(person("gone", given_name="Walk-in", family_name="Customer"))
    same = {"given_name": "Ulla", "family_name": "Berg", "email": "ulla.berg@example.ca"}
    shop.add([person("ulla", **same), person("ulla again", **same)])
    assert shop.match().placed == 3
    assert shop.person("ulla") == shop.person("ulla again") != before
    assert "gone" not in shop.people()


def test_cards_that_were_cut_off_are_written_anew(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    assert shop.lake
    (kept,) = shop.lake.cards.glob("*/kept.txt")
    kept.write_bytes(kept.read_bytes()[:-10])
    shop.add([person("late", given_name="Ulla", family_name="Berg")])
    assert shop.match().placed == 301


def test_who_still_holds_cards_that_were_replaced_is_told_to_open_the_new_ones(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    assert shop.lake
    held = last_run(shop.store, shop.lake, shop.settings.match, shop.now_us)
    assert held
    shop.add([person("late", given_name="Ulla", family_name="Berg")])
    with shop.store.write() as connection:
        assert list(place(connection, held, [shop.record("late")], shop.now_us).person) == [
            shop.record("late")
        ]
    shop.match(full=True)
    with pytest.raises(Unavailable), shop.store.write() as connection:
        place(connection, held, [shop.record("late")], shop.now_us)


def test_a_known_customer_s_next_order_is_no_change(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    crowd = _crowd(random.Random(3), 300)
    shop.add([*crowd, person("anne", given_name="Anne", family_name="Roy", email="anne@roy.ca")])
    shop.match()
    shop.order("anne", email="anne@roy.ca")
    assert shop.match().placed == 0
    shop.order("anne", email="anne@lavoie.ca")
    assert shop.match().placed == 1
    for one in crowd[:60]:  # more than a twentieth
        shop.order(
            one.key, **one.numbers, **{k: v for k, v in one.said.items() if k in ("email", "phone") and v}
        )
    assert shop.match().placed == 0
    before = shop.contents()
    shop.match()
    assert shop.contents() == before


def test_who_share_a_family_name_alone_are_not_called_a_household_late_or_in_a_full_run(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(catch_up_from=100, review=0.02)
    _grown(shop, 700, 20)
    name = {"family_name": "Trottemenu"}
    home = {"family_name": "Quenouille", "house_number": "8", "street": "rue du Nid", "postcode": "G1A1A1"}
    shop.add([person("one", given_name="Ovide", city="Mingan", birth_date="1970-01-02", **name)])
    shop.add([person("other", source="web", city="Mingan", **name)])
    shop.add([person("at home", given_name="Zoé", **home), person("at home too", source="web", **home)])
    said = []
    for full in (False, True):
        report = shop.match(full=full)
        assert full or report.placed <= 30
        said.append(
            {pair: _asked_for(shop, *pair) for pair in (("one", "other"), ("at home", "at home too"))}
        )
    assert list(said[0].values()) == ["same family name", "same household"]
    assert said[0] == said[1]


def _asked_for(shop: Shop, one: str, other: str) -> str | None:
    """Why a human is asked about two records."""
    pair = review_pairs.c.record_a == shop.record(one), review_pairs.c.record_b == shop.record(other)
    with shop.store.read() as connection:
        return connection.execute(select(review_pairs.c.reason).where(*pair)).scalar()


def test_two_people_are_asked_about_once(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100, catch_up_share=0.5, review=0.3)
    _grown(shop, 500, 20)
    for n in range(8):  # more and more records of a couple that shares what a household does
        home = {
            "family_name": "Trottemenu",
            "house_number": "88",
            "street": "rue des Cèdres",
            "city": "Lévis",
        }
        one = {
            "given_name": "Ovide",
            "birth_date": "1970-01-02",
            "email": "ovide@t.ca",
            "phone": "+14185559911",
        }
        other = {
            "given_name": "Ovila",
            "birth_date": "1970-02-01",
            "email": "ovila@t.ca",
            "phone": "+14185559911",
        }
        shop.add([person(f"one{n}", source=f"s{n}", **home, **(one if n % 2 else other))])
        assert shop.match().placed <= 50
    whose = shop.people()
    with shop.store.read() as connection:
        names = {row.record: row.source_key for row in connection.execute(select(records))}
        asked = [
            frozenset(whose[names[record]] for record in row)
            for row in connection.execute(select(review_pairs.c.record_a, review_pairs.c.record_b))
        ]
    assert asked
    assert len(set(asked)) == len(asked)


def test_joins_by_hand_are_not_counted_as_found(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    _grown(shop, 500, 20)
    shop.add(
        [
            person("zoé", given_name="Zoé", family_name="Xu"),
            person("ulla", given_name="Ulla", family_name="Berg"),
        ]
    )
    before = shop.match()
    merge(shop.store, shop.record("zoé"), shop.record("ulla"), "anne", shop.now_us)
    after = shop.match()
    assert after.placed < after.records
    assert (after.people, after.auto_merged) == (before.people - 1, before.auto_merged)
    full = shop.match(full=True)
    assert full.auto_merged == full.records - full.people - 1


def test_what_the_store_took_back_is_forgotten(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    assert shop.lake
    held = last_run(shop.store, shop.lake, shop.settings.match, shop.now_us)
    assert held
    ulla = {"given_name": "Ulla", "family_name": "Berg", "email": "ulla.berg@example.ca"}
    with shop.store.rehearse() as connection:
        shop.write(connection, [person("ulla", **ulla)])
        place(connection, held, [301], shop.now_us)
        assert 301 in held.known
    assert 301 not in held.known
    shop.add([person("somebody else", given_name="Karim", family_name="Singh")])
    shop.add([person("ulla", **ulla)])
    with shop.store.write() as connection:
        placed = place(connection, held, [shop.record("somebody else"), shop.record("ulla")], shop.now_us)
    assert len(set(placed.person.values())) == 2
    assert 301 in held.known


@pytest.mark.parametrize("changed", ["NO_MAILBOXES", "NO_VALUES"])
def test_cards_made_by_other_rules_are_not_used(
    new_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    shop.match()
    assert shop.match().placed == 0
    rules.cache_clear()
    monkeypatch.setattr(cards_room, changed, getattr(cards_room, changed)[:-1])
    assert shop.match().placed == 300
    monkeypatch.undo()
    rules.cache_clear()


DEVICE = {"device": "77-tablet"}


@pytest.mark.parametrize("first", ["anonymous", "known"])
def test_known_beats_anonymous_always(new_shop: Callable[..., Shop], first: str) -> None:
    shop = new_shop(catch_up_from=100)
    known = person("known", given_name="Zoé", family_name="Xu", email="zoe@xu.ca", loyalty_card="9001")
    anonymous = person("anonymous", source="web", numbers=DEVICE)
    shop.add(_crowd(random.Random(3), 300))
    for one in (known, anonymous) if first == "known" else (anonymous, known):
        shop.add([one])
        shop.match()
    ids = shop.person("known"), shop.person("anonymous")
    assert ids[0] != ids[1]
    shop.order("known", **DEVICE)
    shop.now_us += 1_000
    assert shop.match().placed == 1
    assert shop.person("known") == shop.person("anonymous") == ids[0]
    shop.match(full=True)
    assert shop.person("known") == shop.person("anonymous") == ids[0]
    unmerge(shop.store, [shop.record("anonymous")], "anne", shop.now_us)
    shop.match()
    assert (shop.person("known"), shop.person("anonymous")) == ids


def test_a_device_of_two_known_people_is_neither_s(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    couple = [
        person("zoé", given_name="Zoé", family_name="Xu", birth_date="1980-01-02", numbers=DEVICE),
        person("hugo", given_name="Hugo", family_name="Xu", birth_date="1979-03-04", numbers=DEVICE),
    ]
    shop.add([*_crowd(random.Random(3), 300), *couple])
    shop.match()
    before = shop.people()
    shop.add([person("anonymous", source="web", numbers=DEVICE)])
    assert shop.match().placed == 1
    assert {key: one for key, one in shop.people().items() if key != "anonymous"} == before
    assert shop.person("anonymous") not in before.values()


def test_a_placing_that_joins_people_is_in_the_audit_log(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    zoe = {"given_name": "Zoé", "family_name": "Xu"}
    mail, card = {"email": "zoe@xu.ca"}, {"loyalty_card": "9001"}
    shop.add([*_crowd(random.Random(3), 300), person("mail", **zoe, **mail), person("card", **zoe, **card)])
    shop.match()
    elder, younger = shop.person("mail"), shop.person("card")
    assert elder != younger
    shop.add([person("alone", given_name="Ulla", family_name="Berg")])
    shop.match()
    assert _noted(shop) == []
    shop.add([person("both", source="web", **zoe, **mail, **card)])
    shop.match()
    assert shop.person("card") == shop.person("both") == elder
    assert _noted(shop) == [("match", "placed", str(shop.record("card")), f"P{younger} P{elder}")]


def _noted(shop: Shop) -> list[tuple[str, str, str, str]]:
    with shop.store.read() as connection:
        noted = select(audit.c.who, audit.c.action, audit.c.subject, audit.c.detail)
        return [tuple(row) for row in connection.execute(noted)]


def test_a_record_that_is_told_anew_is_compared_with_its_own_whoever_is_nearer(
    new_shop: Callable[..., Shop],
) -> None:
    """Robert has nothing but the family name as Bob has it, and so have many others."""
    shop = new_shop(catch_up_from=100, precision=0.5, threshold=0.5, review=0.4)
    shop.add(_crowd(random.Random(3), 300))
    shop.add([person(f"kin{n}", given_name=name, family_name="Trottemenu") for n, name in enumerate(GIVEN)])
    bob = {"given_name": "Bob", "family_name": "Trottemenu", "middle_name": "Marie"}
    told = bob | {"birth_date": "1961-04-09", "email": "trottemenu77@exemple.ca"}
    near = {"birth_date": "1951-04-09", "email": "rtottemenu77@exemple.ca"}
    shop.add(
        [person("robert", **told | near | {"given_name": "Robert"}), person("bob", source="web", **told)]
    )
    shop.match()
    assert shop.person("bob") == shop.person("robert")
    shop.retell(person("bob", source="web", **told, gender="male"))
    assert shop.match().placed == 1
    assert shop.person("bob") == shop.person("robert")
