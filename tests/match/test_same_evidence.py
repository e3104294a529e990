"""What the pairs inside a group say is the same, whether all records are matched or one comes later."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from small_shop import Person, Shop, person
from test_same_weight import _crowd

from regulars.engine import Session
from regulars.match import exact, merge, pairs
from regulars.match.grouping import group_table
from regulars.match.live.neighbourhood import Found, Neighbourhood, paired
from regulars.match.live.since import LastRun, last_run
from regulars.match.people.parts import A_WORD
from regulars.match.records import LARGEST_PERSON, make_cards, read_records
from regulars.match.weight.by_field import in_rows

#: A suffix each, and nothing that can be compared; one number, and names that speak against it; a junior's namesake.
ODD = (
    person("junior", source="till", given_name="Zacharie jr"),
    person("senior", source="web", family_name="Trottemenu sr"),
    person("card", source="till", given_name="Zoé", family_name="Xu", numbers={"member": "n°7"}),
    person("card too", source="web", given_name="Zoé", family_name="Berg", numbers={"member": "n°7"}),
    person("fils", source="till", given_name="Ovide", family_name="Caron fils", postcode="G5L 9Z9"),
    person("père?", source="web", given_name="Ovide", family_name="Caron", postcode="G5L 9Z9"),
)


def _again(draw: random.Random, people: Sequence[Person]) -> list[Person]:
    """The same people at another source, which knows less of them."""
    return [
        person(f"{one.key} again", "web", **{k: v for k, v in one.said.items() if v and draw.random() > 0.3})
        for one in people
    ]


@pytest.fixture
def shop(new_shop: Callable[..., Shop]) -> Shop:
    shop = new_shop(catch_up_from=1)
    crowd = _crowd(random.Random(5), 160)
    shop.add([*ODD, *crowd, *_again(random.Random(6), crowd[:60])])
    shop.match()
    merge(shop.store, shop.record("card"), shop.record("card too"), "anne", shop.now_us)
    shop.match(full=True)
    return shop


@pytest.fixture
def last(shop: Shop) -> LastRun:
    assert shop.lake
    found = last_run(shop.store, shop.lake, shop.settings.match, shop.now_us)
    assert found
    return found


@pytest.fixture
def session(shop: Shop, last: LastRun) -> Iterator[Session]:
    """All records in groups that are as large as can be, without regard to who they are; and their pairs."""
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            size = read_records(connection, session)
        model = last.rules.model.model
        make_cards(session, shop.settings.match, model.kinds)
        exact.link(session)
        pairs.score(session, model.kinds, model, shop.settings.match, anew=False)
        order = np.argsort(session.rows("select record from numbered order by card")["record"].to_numpy())
        label = np.empty(size, np.int64)
        label[order] = np.arange(size) // LARGEST_PERSON  # the first records are the odd ones
        group_table(session, label)
        pairs.score_inside(session, model, LARGEST_PERSON)
        yield session


def test_live_says_of_every_pair_of_a_group_what_a_full_match_says(
    shop: Shop, last: LastRun, session: Session
) -> None:
    found = session.rows("select * from evidence_inside order by a, b")
    record = session.rows("select record from numbered order by card")["record"].to_pylist()
    said = [
        paired(record[a], record[b])
        for a, b in zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True)
    ]
    here = Neighbourhood(last.known)
    group = session.rows("select record, person from grouped").to_pylist()
    inside = [
        paired(one["record"], other["record"])
        for one, other in combinations(group, 2)
        if one["person"] == other["person"]
    ]
    reasons = {
        pair: link for pair in inside if (link := here.exact(here.card(pair[0]), [pair[1]]).get(pair[1]))
    }
    by_hand = paired(shop.record("card"), shop.record("card too"))
    reasons[by_hand] = Found(kind="human", rule="anne", strength=A_WORD)
    live = {pair: bits for pair in inside if (bits := here.bits(*pair, reasons)) is not None}
    assert sorted(live) == sorted(said)
    bits = np.array([live[pair] for pair in said])
    assert np.allclose(bits, found["bits"].to_numpy(), rtol=0, atol=1e-6)
    assert live[by_hand] >= 8
    assert live[paired(shop.record("junior"), shop.record("senior"))] == -np.inf
    fields = pairs.said_by_field(session, last.rules.model.model, found)
    nothing = (np.nan,) * 3
    of_live = [[bits or nothing for bits in here.by_field(pair, reasons)] for pair in said]
    assert np.allclose(of_live, fields, rtol=0, atol=1e-6, equal_nan=True)
    of_full = [[bits or nothing for bits in pair] for pair in in_rows(fields)]
    assert np.array_equal(of_full, fields, equal_nan=True)


def test_live_joins_whom_a_full_match_joins(shop: Shop, last: LastRun, session: Session) -> None:
    """By identifiers and by the model; but whose parcel a card is, live sees from the one side alone."""
    review = 0.01  # so that there are many
    settings = replace(shop.settings.match, review=review)
    pairs.score_few(session, last.rules.model.model, settings)
    record = session.rows("select record from numbered order by card")["record"].to_pylist()

    def found(statement: str) -> set[tuple[int, int]]:
        return {paired(record[row["a"]], record[row["b"]]) for row in session.rows(statement).to_pylist()}

    here = Neighbourhood(last.known)
    by_rule, by_model = set(), set()
    for one in record:
        card = here.card(one)
        by_rule |= {paired(one, other) for other in here.exact(card)}
        near = here.likely(card, [other for other in record if other != one], review)
        by_model |= {paired(one, other) for other in here.by_model(card, near, review)}
    assert by_rule == found("select a, b from exact_links")
    assert len(by_rule) > 40
    anyone_s = found(
        "select a, b from scored where not personal and (a in (from anyones) or b in (from anyones))"
    )
    joined = found("select a, b from joinable")
    assert by_model - anyone_s == joined - anyone_s
    assert len(joined - anyone_s) > 40
