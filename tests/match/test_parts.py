"""What holds of every group, whatever links, words and contradictions there are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from regulars.match.arrays import Numbers, Pair
from regulars.match.people import few
from regulars.match.people.claims import BIRTH, EMAIL, NUMBER, PHONE, Own
from regulars.match.people.cluster import CLUSTERINGS, Evidence, Links
from regulars.match.people.few import each_once, together
from regulars.match.people.parts import A_MAILBOX, A_NUMBER, A_WORD, EITHER, HOLDS, Link, PairEvidence, decide

Groups = set[frozenset[int]]


@dataclass(frozen=True)
class Graph:
    """Some cards, and all that is said of them."""

    size: int
    links: tuple[Link, ...]
    bits: Mapping[Pair, float]  #: of pairs that say something
    told_apart: frozenset[Pair]
    claims: tuple[Own, ...]
    by: str = "weighed"

    @property
    def words(self) -> list[Link]:
        """What people said, the last word first."""
        return sorted((link for link in self.links if link.human), key=lambda link: -link.strength)


@dataclass
class Result:
    """The groups of a graph, and what became of each link, by its number."""

    groups: Groups
    fate: dict[int, int] = field(default_factory=dict)


@st.composite
def graphs(draw: st.DrawFn, by: str = "weighed") -> Graph:
    size = draw(st.integers(3, 7))
    pairs = [*combinations(range(size), 2)]
    said = st.one_of(st.none(), st.just(-math.inf), st.integers(-9, 3), st.integers(4, 9))
    bits = {pair: float(told) for pair in pairs if (told := draw(said)) is not None}
    found: list[Link] = []

    def link(pair: Pair, strength: float, *, model: bool = False, human: bool = False) -> None:
        found.append(Link(len(found), *pair, strength, model, human))

    for pair, told in bits.items():
        if told > 3:
            link(pair, told, model=True)
    some = st.lists(st.sampled_from(pairs), max_size=3, unique=True)
    for kind in (A_MAILBOX, A_NUMBER):
        for pair in draw(some):
            link(pair, kind + draw(st.integers(1, 2)))
    for number, pair in enumerate(draw(some)):
        link(pair, A_WORD + number, human=True)
    kinds, values = st.sampled_from([EMAIL, PHONE, BIRTH, NUMBER, NUMBER + 1]), st.integers(0, 2)
    claims = draw(st.lists(st.builds(Own, st.integers(0, size - 1), kinds, values), max_size=8, unique=True))
    return Graph(size, tuple(found), bits, frozenset(draw(some)), tuple(claims), by)


def grouped(graph: Graph) -> Result:
    """The groups by the way of many records, which are those by the way of a few."""
    of_few = _by_few(graph)
    assert _by_many(graph) == of_few
    return of_few


def _inside(graph: Graph, groups: Iterable[Iterable[int]]) -> list[Pair]:
    """The pairs that are looked at: as those of groups of three and more."""
    pairs = [pair for cards in groups if len([*cards]) > 2 for pair in combinations(sorted(cards), 2)]
    return [pair for pair in pairs if pair in graph.bits]


def _by_few(graph: Graph) -> Result:
    def weigh(groups: Sequence[Sequence[int]]) -> PairEvidence:
        bits = {pair: graph.bits[pair] for pair in _inside(graph, groups)}
        return PairEvidence(
            bits=bits, fields=lambda pairs: [[(bits[pair],)] for pair in pairs], claims=graph.claims
        )

    groups, lost = few.CLUSTERINGS[graph.by](graph.size, graph.links, graph.told_apart, weigh)
    return Result({frozenset(cards) for cards in groups}, {n.n: lost.get(n.n, HOLDS) for n in graph.links})


def _by_many(graph: Graph) -> Result:
    def weigh(label: Numbers) -> Evidence:
        pairs = _inside(graph, [np.flatnonzero(label == one).tolist() for one in set(label.tolist())])
        a, b = (np.array([pair[end] for pair in pairs], np.int64) for end in (0, 1))
        bits = np.array([graph.bits[pair] for pair in pairs], np.float64)
        return Evidence(a=a, b=b, bits=bits, claims=graph.claims)

    columns = {name: [getattr(link, name) for link in graph.links] for name in Link._fields}
    links = Links(
        a=np.array(columns["a"], np.int64),
        b=np.array(columns["b"], np.int64),
        strength=np.array(columns["strength"], np.float64),
        model=np.array(columns["model"], np.bool_),
        human=np.array(columns["human"], np.bool_),
    )
    found = CLUSTERINGS[graph.by](graph.size, links, graph.told_apart, weigh)
    groups = {frozenset(np.flatnonzero(found.label == one).tolist()) for one in set(found.label.tolist())}
    return Result(groups, {link.n: int(found.fate[n]) for n, link in enumerate(graph.links)})


def _words_that_hold(graph: Graph) -> set[int]:
    """The words by their number, without those that would join two whom people told apart; the later stands."""
    held: list[Link] = []
    for word in graph.words:
        with_whom = together(range(graph.size), [(link.a, link.b) for link in (*held, word)])
        if not any(with_whom[one] is with_whom[other] for one, other in graph.told_apart):
            held.append(word)
    return {word.n for word in held}


def _anew(graph: Graph, links: Iterable[Link]) -> Graph:
    """The same graph with other links, numbered from 0."""
    return replace(graph, links=tuple(link._replace(n=n) for n, link in enumerate(links)))


BOTH = st.sampled_from(["weighed", "chained"]).flatmap(graphs)


@given(BOTH)
def test_nobody_is_with_whom_people_told_them_apart_and_every_other_word_holds(graph: Graph) -> None:
    found = grouped(graph)
    for one, other in graph.told_apart:
        assert not any({one, other} <= group for group in found.groups)
    assert {word.n for word in graph.words if found.fate[word.n] == HOLDS} == _words_that_hold(graph)


@given(BOTH, st.data())
def test_the_order_of_links_and_of_cards_changes_nothing(graph: Graph, data: st.DataObject) -> None:
    found = grouped(graph)
    shuffled = data.draw(st.permutations(graph.links))
    anew = grouped(_anew(graph, shuffled))
    assert anew.groups == found.groups
    assert [anew.fate[n] for n in range(len(shuffled))] == [found.fate[link.n] for link in shuffled]


@given(BOTH, st.data())
def test_other_numbers_of_the_cards_change_nothing_where_no_two_links_are_equally_strong(
    graph: Graph, data: st.DataObject
) -> None:
    links = [link._replace(strength=link.strength + link.n / 100) for link in graph.links]
    graph = replace(graph, links=tuple(links))
    number = data.draw(st.permutations(range(graph.size)))

    def pair(of: Pair) -> Pair:
        one, other = sorted((number[of[0]], number[of[1]]))
        return one, other

    relabelled = replace(
        graph,
        links=tuple(link._replace(a=pair(link[1:3])[0], b=pair(link[1:3])[1]) for link in links),
        bits={pair(of): bits for of, bits in graph.bits.items()},
        told_apart=frozenset(map(pair, graph.told_apart)),
        claims=tuple(own._replace(card=number[own.card]) for own in graph.claims),
    )
    found = grouped(graph)
    expected = {frozenset(number[card] for card in group) for group in found.groups}
    assert grouped(relabelled) == Result(expected, found.fate)


@given(BOTH)
def test_a_word_joins_two_people_as_they_are_and_parts_nobody(graph: Graph) -> None:
    graph = replace(graph, told_apart=frozenset())
    without = grouped(_anew(graph, [link for link in graph.links if not link.human]))
    ties = [(link.a, link.b) for link in graph.words]
    ties += [(min(group), card) for group in without.groups for card in group]
    joined = {frozenset(group) for group in each_once(together(range(graph.size), ties))}
    found = grouped(graph)
    if EITHER not in without.fate.values():
        assert found.groups == joined
    assert all(any(group <= larger for larger in found.groups) for group in joined)


@given(graphs(), st.data())
def test_a_link_that_does_not_hold_changes_nothing(graph: Graph, data: st.DataObject) -> None:
    """But for one that joins a card to either of two: without it the card may be the other's, as it may where an e-mail
    joins two whom the model would join as well, or a human joined the two."""
    links = [link for link in graph.links if not link.human]
    said = PairEvidence(
        bits=graph.bits, fields=lambda pairs: [[(graph.bits[of],)] for of in pairs], claims=graph.claims
    )
    fate = decide(links, said, graph.told_apart)
    pairs = Counter((link.a, link.b) for link in links)
    alone = [link for link in links if pairs[link.a, link.b] == 1]
    lost = [link for link in alone if fate[link.n] not in (HOLDS, EITHER)]
    assume(lost)
    gone = data.draw(st.sampled_from(lost))
    rest = [link for link in links if link != gone]
    assert decide(rest, said, graph.told_apart) == {n: what for n, what in fate.items() if n != gone.n}


def _one_group(graph: Graph) -> bool:
    return grouped(graph).groups == {frozenset(range(graph.size))}


def _graph(links: Sequence[Link], bits: Mapping[Pair, float], *told_apart: Pair) -> Graph:
    size = 1 + max(max(link.a, link.b) for link in links)
    numbered = tuple(link._replace(n=n) for n, link in enumerate(links))
    return Graph(size, numbered, bits, frozenset(told_apart), ())


def _email(a: int, b: int) -> Link:
    return Link(0, a, b, A_MAILBOX + 1, False, False)


def _word(a: int, b: int) -> Link:
    return Link(0, a, b, A_WORD, False, True)


def _likeness(a: int, b: int, bits: float = 6.0) -> Link:
    return Link(0, a, b, bits, True, False)


def test_who_shares_an_e_mail_with_nobody_else_stays_with_them_when_one_is_merged_with_a_third() -> None:
    bits = {(0, 1): -5.0, (0, 2): -9.0, (1, 2): -9.0}
    assert _one_group(_graph([_email(0, 1)], bits))
    assert _one_group(_graph([_email(0, 1), _word(0, 2)], bits))


def test_two_people_of_many_records_can_be_merged() -> None:
    of_one = [_email(card, card + 1) for card in [*range(29), *range(30, 59)]]
    alike = dict.fromkeys(combinations(range(60), 2), 9.0)
    found = grouped(_graph(of_one, alike))
    assert sorted(map(len, found.groups)) == [30, 30]
    assert _one_group(_graph([*of_one, _word(0, 59)], alike))
    assert len(grouped(_graph([*of_one, _email(0, 59)], alike)).groups) == 60


def test_who_is_like_either_of_two_is_both_s_once_they_are_said_to_be_one() -> None:
    like_both, bits = [_likeness(0, 2), _likeness(1, 2)], {(0, 1): -9.0, (0, 2): 6.0, (1, 2): 6.0}
    assert not _one_group(_graph(like_both, bits))
    assert _one_group(_graph([*like_both, _word(0, 1)], bits))


def test_who_is_like_either_of_two_is_the_one_s_once_told_apart_from_the_other() -> None:
    like_both, bits = [_likeness(0, 2), _likeness(1, 2)], {(0, 1): -9.0, (0, 2): 6.0, (1, 2): 6.0}
    assert grouped(_graph(like_both, bits, (0, 2))).groups == {frozenset({0}), frozenset({1, 2})}


def test_who_is_said_to_be_one_of_two_alike_brings_the_other_not_along() -> None:
    like_both, bits = [_likeness(0, 2), _likeness(1, 2)], {(0, 1): -math.inf, (0, 2): 6.0, (1, 2): 6.0}
    found = grouped(_graph([*like_both, _word(0, 2)], bits))
    assert found.groups == {frozenset({0, 2}), frozenset({1})}
