"""What parts a group, and what does not: a human's word, an e-mail of either, mailboxes, pairs that hardly agree."""

from __future__ import annotations

import math

import pytest
from test_groups import ALIKE, MAILBOXES, _groups, _links

from regulars.match.people.claims import EMAIL, NUMBER, PHONE, Claim, numbered
from regulars.match.people.parts import A_MAILBOX, A_WORD


@pytest.mark.parametrize("apart", [-12.0, -math.inf])
def test_whose_a_record_is_that_shares_an_e_mail_with_two_its_likeness_tells_or_nothing(apart: float) -> None:
    def found(one: float, other: float, *shared: float) -> list[int]:
        links = _links([(n, 2, strength) for n, strength in enumerate(shared)])
        return _groups(3, links, {(0, 2): one, (1, 2): other, (0, 1): apart})

    of_both = [0, 1, 2] if apart == -math.inf else [0, 1, 0]
    assert found(6.0, 6.0, 6.0, 6.0) == [0, 1, 2]
    assert found(6.0, 6.0, A_MAILBOX, A_MAILBOX) == of_both
    assert found(7.9, 6.0, A_MAILBOX, A_MAILBOX) == of_both
    assert found(6.0, 7.9, A_MAILBOX, A_MAILBOX) == ([0, 1, 2] if apart == -math.inf else [0, 1, 1])
    assert found(6.0, 8.0, A_MAILBOX, A_MAILBOX) == [0, 1, 1]
    assert found(8.0, 6.0, A_MAILBOX, A_MAILBOX) == [0, 1, 0]
    assert found(8.0, 6.0, A_MAILBOX, A_MAILBOX + 1) == [0, 1, 1]
    assert found(6.0, 6.0, 6.0, A_MAILBOX) == [0, 1, 1]


def test_who_is_like_neither_of_two_whom_a_human_joined_is_not_joined_to_them() -> None:
    links = [(0, 1, 9.0), (1, 2, 6.0)]
    hardly = {(0, 1): 9.0, (1, 2): 0.5, (0, 2): 0.5}
    assert _groups(3, _links(links), hardly, own=MAILBOXES) == [0, 0, 2]
    assert _groups(3, _links(links, human={(0, 1)}), hardly, own=MAILBOXES) == [0, 0, 2]
    assert _groups(3, _links(links, human={(0, 1), (1, 2)}), hardly, own=MAILBOXES) == [0, 0, 0]


@pytest.mark.parametrize("against", [-9.0, -math.inf])
def test_a_word_about_one_record_of_a_person_is_about_all_of_them(against: float) -> None:
    nameless = _links([(0, 1, A_WORD), (0, 2, A_MAILBOX)], human={(0, 1)})
    assert _groups(3, nameless, {(0, 2): 6.0, (1, 2): against}) == [0, 0, 0]


@pytest.mark.parametrize("against", [-9.0, -math.inf])
def test_who_is_like_one_of_two_whom_a_human_joined_in_spite_of_all_is_joined_to_that_one(
    against: float,
) -> None:
    links = _links([(0, 1, A_WORD), (0, 2, 6.0), (2, 3, 6.0)], human={(0, 1)})
    bits = {(0, 1): against, (0, 2): 6.0, (1, 2): against, (2, 3): 6.0, (0, 3): 6.0, (1, 3): against}
    assert _groups(4, links, bits) == [0, 0, 0, 0]
    assert _groups(4, links, bits, {(1, 3)}) == [0, 0, 0, 3]


def test_a_pair_that_hardly_speaks_for_one_person_is_not_joined_by_an_e_mail() -> None:
    links = _links([(0, 1, 9.0), (1, 2, A_MAILBOX)])
    assert _groups(3, links, {(0, 1): 9.0, (1, 2): 0.5, (0, 2): 0.6}) == [0, 0, 2]
    assert _groups(3, links, {(0, 1): 9.0, (1, 2): 1.5, (0, 2): 1.6}) == [0, 0, 0]


def test_a_telephone_in_common_does_not_outweigh_two_mailboxes_and_two_cards() -> None:
    phone, cards = ((0, PHONE, 3), (1, PHONE, 3)), ((0, NUMBER, 4), (1, NUMBER, 5))
    assert _groups(2, _links([(0, 1, 9.0)]), ALIKE, own=(*MAILBOXES, *phone, *cards)) == [0, 1]


def test_a_mailbox_tells_to_which_of_two_telephones_a_record_does_not_belong() -> None:
    links = _links([(0, 1, 9.0), (0, 2, 9.0)])
    own = ((0, EMAIL, 3), (1, EMAIL, 4), (1, PHONE, 1), (2, PHONE, 2))
    assert _groups(3, links, ALIKE, own=own) == [0, 1, 0]


@pytest.mark.parametrize(
    ("one", "other", "mailboxes"),
    [
        ("amanda.jones@x.example", "amanda.jpnes@x.example", 1),
        ("ann@x.example", "anne@x.example", 2),
        ("j.doe.77@x.example", "j.doe.77@post.example", 1),
        ("john.doe@x.example", "john.doe@post.example", 2),
        ("john.doe7@x.example", "john.doe8@x.example", 2),
        ("b.77@x.example", "b.77@post.example", 2),
    ],
)
def test_two_mailboxes_are_one_a_slip_apart_or_with_one_number_at_two_providers(
    one: str, other: str, mailboxes: int
) -> None:
    found = numbered(Claim(0, card, EMAIL, value) for card, value in enumerate((one, other)))
    assert len({own.value for own in found}) == mailboxes
