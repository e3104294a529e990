"""Which links make a group, when they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars import settings
from regulars.match.arrays import Floats, Numbers, Pair
from regulars.match.people import few
from regulars.match.people.claims import BIRTH, EMAIL, NUMBER, PHONE, Claim, Own, numbered
from regulars.match.people.cluster import CLUSTERINGS, Evidence, Links
from regulars.match.people.parts import A_MAILBOX, A_NUMBER, HOLDS, PairEvidence
from regulars.match.records import LARGEST_PERSON


def _links(pairs: list[tuple[int, int, float]], human: set[Pair] = frozenset()) -> Links:  # type: ignore[assignment]
    """Links of the model, of humans, and, from A_MAILBOX on, of identifiers."""
    a, b, strength = (np.array(column) for column in zip(*pairs, strict=True))
    by_hand = np.array([(one, other) in human for one, other, _ in pairs])
    return Links(a=a, b=b, strength=strength, model=~by_hand & (strength < A_MAILBOX), human=by_hand)


def _groups(
    size: int,
    links: Links,
    bits: dict[Pair, float],
    told_apart: set[Pair] = frozenset(),  # type: ignore[assignment]
    own: tuple[tuple[int, int, int], ...] = (),
    fields: dict[Pair, tuple[float, ...]] | None = None,
    by: str = "weighed",
) -> list[int]:
    """The groups by what pairs say; with `fields`, by field, nan where nothing is known."""
    if fields:
        bits = {pair: float(np.nansum(said)) for pair, said in fields.items()}

    def weigh(label: Numbers) -> Evidence:
        inside = [
            (a, b, bits.get((a, b), 0.0))
            for a in range(size)
            for b in range(a + 1, size)
            if label[a] == label[b]
        ]
        a, b, said = (
            (np.array(column) for column in zip(*inside, strict=True)) if inside else (np.array([]),) * 3
        )

        def by_field(places: Numbers) -> Floats:
            known = fields or {}
            rows = [known[inside[place][0], inside[place][1]] for place in places.tolist()]
            return np.repeat(np.array(rows)[:, :, None], 3, axis=2)

        return Evidence(
            a=a.astype(np.int64),
            b=b.astype(np.int64),
            bits=said.astype(float),
            claims=[Own(*each) for each in own],
            by_field=by_field if fields else None,
        )

    of_many, of_few = CLUSTERINGS[by], few.CLUSTERINGS[by]
    many = of_many(size, links, set(told_apart), weigh)
    rows = links.rows(np.arange(len(links.a)))

    def said(groups: Sequence[Sequence[int]]) -> PairEvidence:
        found = weigh(_label(size, groups))
        return found.inside(np.arange(len(found.a)))

    groups, lost = of_few(size, rows, set(told_apart), said)
    assert _label(size, groups).tolist() == many.label.tolist()
    assert [lost.get(n, HOLDS) for n in range(len(rows))] == many.fate.tolist()
    return many.label.tolist()


def _label(size: int, groups: Sequence[Sequence[int]]) -> Numbers:
    """The smallest card of the group of each."""
    label = np.empty(size, np.int64)
    for cards in groups:
        label[list(cards)] = min(cards)
    return label


TWO_FAMILIES = [(0, 1, 20.0), (2, 3, 20.0), (1, 2, 5.0)]
STRANGERS = {(0, 1): 20.0, (2, 3): 20.0, (1, 2): 5.0, (0, 2): -8.0, (0, 3): -8.0, (1, 3): -8.0}


def test_one_coincidence_does_not_make_one_person_of_two() -> None:
    assert _groups(4, _links(TWO_FAMILIES), STRANGERS) == [0, 0, 2, 2]


def test_pairs_of_which_no_field_is_known_speak_for_nobody() -> None:
    unknown = (float("nan"), float("nan"))
    fields = dict.fromkeys(combinations(range(3), 2), unknown) | {(0, 1): (20.0, 5.0)}
    assert _groups(3, _links([(0, 1, 20.0), (1, 2, 5.0)]), {}, fields=fields) == [0, 0, 2]


def test_groups_can_be_made_in_another_way() -> None:
    chain = _links(TWO_FAMILIES)
    assert _groups(4, chain, STRANGERS, by="chained") == [0, 0, 0, 0]
    assert _groups(4, chain, STRANGERS, told_apart={(0, 3)}, by="chained") == [0, 0, 2, 2]
    never = STRANGERS | {(0, 3): -np.inf}
    assert _groups(4, chain, never, by="chained") == [0, 0, 2, 2]


def test_settings_know_every_way_of_making_groups() -> None:
    assert set(CLUSTERINGS) == set(few.CLUSTERINGS) == set(settings.CLUSTERINGS)


def _chain(length: int, strength: float) -> list[tuple[int, int, float]]:
    return [(card, card + 1, strength) for card in range(length - 1)]


@pytest.mark.parametrize(
    "strength", [20.0, A_MAILBOX + 1, A_NUMBER + 1], ids=["model", "an e-mail", "a number"]
)
def test_a_chain_of_more_records_than_can_be_looked_at_joins_nobody(strength: float) -> None:
    alike = dict.fromkeys(combinations(range(60), 2), 9.0)
    assert _groups(LARGEST_PERSON, _links(_chain(LARGEST_PERSON, strength)), alike) == [0] * LARGEST_PERSON
    too_many = LARGEST_PERSON + 1
    assert _groups(too_many, _links(_chain(too_many, strength)), alike) == list(range(too_many))


def test_in_a_group_too_large_the_weaker_links_give_way() -> None:
    by_number = [(card, card + 1, A_NUMBER + 1) for card in range(0, 60, 2)]
    by_email = [(card, card + 1, A_MAILBOX + 1) for card in range(1, 59, 2)]
    alike = dict.fromkeys(combinations(range(60), 2), 9.0)
    assert _groups(60, _links([*by_number, *by_email]), alike) == [card - card % 2 for card in range(60)]


def test_a_link_holds_where_the_other_records_say_nothing() -> None:
    quiet = {**STRANGERS, (0, 2): 0.0, (0, 3): 0.0, (1, 3): 0.0}
    assert _groups(4, _links(TWO_FAMILIES), quiet) == [0, 0, 0, 0]


#: A name and an address, the second known of few.
NAME_ALONE, OTHER_DOOR = (9.0, np.nan), (9.0, -12.0)


def test_cards_that_tell_little_do_not_thin_out_what_others_tell() -> None:
    """Of two of one name with a door each, all other cards know nothing but the name."""
    two = {(0, 1): (30.0, np.nan), (2, 3): (30.0, np.nan), (0, 2): OTHER_DOOR}
    namesakes = two | dict.fromkeys([(0, 3), (1, 2), (1, 3)], NAME_ALONE)
    links = _links([(a, b, said[0]) for (a, b), said in namesakes.items() if (a, b) != (0, 2)])
    assert _groups(4, links, {}, fields=namesakes) == [0, 0, 2, 2]
    assert np.nansum(list(namesakes.values())) > 0
    moved = namesakes | {(0, 2): (9.0, -3.0)}
    assert _groups(4, links, {}, fields=moved) == [0, 0, 0, 0]


def test_who_says_several_times_that_the_door_is_another_says_it_once() -> None:
    """A name joins them; three cards beside it know nothing but another door."""
    same, door = (9.0, np.nan), (np.nan, -6.0)
    fields = {(0, 1): (30.0, np.nan), (2, 3): (30.0, np.nan), (1, 2): same} | dict.fromkeys(
        [(0, 2), (0, 3), (1, 3)], door
    )
    assert sum(np.nansum(fields[pair]) for pair in [(1, 2), (0, 2), (0, 3), (1, 3)]) < 0
    links = _links([(0, 1, 30.0), (2, 3, 30.0), (1, 2, 9.0)])
    assert _groups(4, links, {}, fields=fields) == [0, 0, 0, 0]


def test_who_is_like_either_of_two_is_neither_s_unless_an_identifier_joins_them() -> None:
    like_both, apart = [(0, 2, 6.0), (1, 2, 6.0)], {(0, 2): 6.0, (1, 2): 6.0, (0, 1): -1.0}
    assert _groups(3, _links(like_both), apart) == [0, 1, 2]
    for shared in ([(1, 2, A_MAILBOX), *like_both], [*like_both, (1, 2, A_MAILBOX)]):
        assert _groups(3, _links(shared), apart) == [0, 0, 0]


def test_what_a_human_joined_is_joined_and_what_a_human_parted_is_apart() -> None:
    assert _groups(4, _links(TWO_FAMILIES, human={(1, 2)}), STRANGERS) == [0, 0, 0, 0]
    assert _groups(4, _links(TWO_FAMILIES), dict.fromkeys(STRANGERS, 9.0), {(0, 3)}) == [0, 0, 2, 2]


def test_what_cannot_be_one_person_is_not_by_way_of_a_third() -> None:
    never = {(0, 1): 9.0, (1, 2): 9.0, (0, 2): -np.inf}
    assert _groups(3, _links([(0, 1, 9.0), (1, 2, 6.0)]), never) == [0, 0, 2]


def test_whose_a_record_is_that_two_people_could_own_alike_is_not_said() -> None:
    father_and_son = {(0, 1): 9.0, (1, 2): 9.0, (0, 2): -3.0}
    assert _groups(3, _links([(0, 1, 9.0), (1, 2, 8.0)]), father_and_son) == [0, 1, 2]


ALIKE = {(0, 1): 9.0, (0, 2): 9.0, (1, 2): 3.0}
MAILBOXES = ((0, EMAIL, 1), (1, EMAIL, 2))


def test_another_mailbox_and_another_telephone_or_card_are_another_person() -> None:
    couple = _links([(0, 1, 9.0)])
    for kind in (PHONE, NUMBER, NUMBER + 3):
        assert _groups(2, couple, ALIKE, own=(*MAILBOXES, (0, kind, 3), (1, kind, 4))) == [0, 1]
        assert _groups(
            2, _links([(0, 1, 9.0)], human={(0, 1)}), ALIKE, own=(*MAILBOXES, (0, kind, 3), (1, kind, 4))
        ) == [0, 0]
    assert _groups(2, couple, ALIKE, own=(*MAILBOXES, (0, PHONE, 3), (1, PHONE, 3))) == [0, 0]
    assert _groups(2, couple, ALIKE, own=(*MAILBOXES, (0, PHONE, 3), (1, NUMBER, 3))) == [0, 0]


def test_who_has_a_birth_date_or_a_card_in_common_may_have_two_mailboxes_and_two_telephones() -> None:
    for kind in (BIRTH, NUMBER):
        own = (*MAILBOXES, (0, PHONE, 3), (1, PHONE, 4), (0, kind, 5), (1, kind, 5))
        assert _groups(2, _links([(0, 1, 9.0)]), ALIKE, own=own) == [0, 0]


def test_a_telephone_tells_to_which_of_two_mailboxes_a_record_does_not_belong() -> None:
    """The first is as near to the second as to the third; the second has another telephone."""
    links = _links([(0, 1, 9.0), (0, 2, 9.0)])
    own = ((0, PHONE, 3), (1, PHONE, 4), (1, EMAIL, 1), (2, EMAIL, 2))
    assert _groups(3, links, ALIKE, own=own) == [0, 1, 0]


def test_mailboxes_a_slip_apart_are_one_whichever_is_told_first() -> None:
    """The third is two slips from each of the others; these are four apart."""
    typed = ["amanda.jones@mail.example", "amanda.jon@mail.example", "amanda.jonesxx@mail.example"]
    for told in permutations(typed):
        claims = (Claim(0, card, EMAIL, value) for card, value in enumerate([*told, "a.jones@x.example"]))
        found = [own.value for own in numbered(claims)]
        assert len(set(found[:3])) == 1
        assert len(set(found)) == 2


@given(st.data())
def test_the_order_of_the_links_changes_nothing(data: st.DataObject) -> None:
    size = 6
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    bits = {pair: float(data.draw(st.integers(-10, 10))) for pair in pairs}
    linked = [(*pair, said) for pair, said in bits.items() if said > 3] or [(0, 1, 4.0)]
    shuffled = data.draw(st.permutations(linked))
    assert _groups(size, _links(linked), bits) == _groups(size, _links(shuffled), bits)
