"""The groups of a few records: `cluster` for those for which arrays are slow."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from math import inf

from regulars.match.arrays import Pair
from regulars.match.people.parts import A_NUMBER, HOLDS, LEAST, TOO_LARGE, Link, PairEvidence, decide
from regulars.match.records import LARGEST_PERSON

#: Cards in groups, and what became of the links that do not hold, by their number.
Groups = tuple[list[list[int]], dict[int, int]]
#: What the pairs inside some groups say of each other.
Weigh = Callable[[Sequence[Sequence[int]]], PairEvidence]
#: How links make groups: as `cluster.Clustering`.
Clustering = Callable[[int, Sequence[Link], Set[Pair], Weigh], Groups]
#: What gives way in a group that is too large, and in what is left of it if it still is.
_WEAK: tuple[Callable[[Link], bool], ...] = (
    lambda link: link.model,
    lambda link: link.strength < A_NUMBER,
    lambda _link: True,
)


def weighed(size: int, links: Sequence[Link], told_apart: Set[Pair], weigh: Weigh) -> Groups:
    """`cluster.weighed`."""
    lost: dict[int, int] = {}
    with_whom = _no_larger(size, links, lost)
    said = weigh(each_once(with_whom))
    against = {pair[0] for pair, bits in said.bits.items() if bits < LEAST} | {
        own.card for own in said.claims
    }
    doubtful = {card for one in against for card in with_whom[one]}
    said_too = _linked(size, links, lost)
    torn = (said_too[one] for one, other in told_apart if said_too[one] is said_too[other])
    doubtful |= {card for cards in torn for card in cards}
    at_stake = [link for link in links if link.n not in lost and (link.human or link.a in doubtful)]
    fates = decide(at_stake, said, told_apart) if doubtful else {}
    lost |= {n: fate for n, fate in fates.items() if fate != HOLDS}
    return each_once(_linked(size, links, lost) if lost else said_too), lost


def chained(size: int, links: Sequence[Link], told_apart: Set[Pair], weigh: Weigh) -> Groups:
    """`cluster.chained`."""

    def never(groups: Sequence[Sequence[int]]) -> PairEvidence:
        said = weigh(groups).bits.items()
        return PairEvidence(
            bits={pair: bits for pair, bits in said if bits == -inf}, fields=lambda _pairs: ()
        )

    return weighed(size, links, told_apart, never)


#: By name, as those of `cluster`.
CLUSTERINGS: Mapping[str, Clustering] = {"weighed": weighed, "chained": chained}


def _linked(size: int, links: Sequence[Link], lost: Container[int]) -> dict[int, list[int]]:
    return together(range(size), ((link.a, link.b) for link in links if link.n not in lost))


def _no_larger(size: int, links: Sequence[Link], lost: dict[int, int]) -> dict[int, list[int]]:
    """Whom each card is with, without anybody's word, in groups that can be looked at pair by pair: `_no_larger` of
    `cluster`."""
    own = [link for link in links if not link.human]
    with_whom = _linked(size, own, lost)
    for weak in _WEAK:
        large = [link.n for link in own if weak(link) and len(with_whom[link.a]) > LARGEST_PERSON]
        if large:
            lost |= dict.fromkeys(large, TOO_LARGE)
            with_whom = _linked(size, own, lost)
    return with_whom


def together(cards: Iterable[int], ties: Iterable[Pair]) -> dict[int, list[int]]:
    """Who of a few is connected with each by some ties, itself among them; one list for all of them.

    >>> together([1, 2, 3, 4], [(3, 1), (1, 4)])
    {1: [3, 1, 4], 2: [2], 3: [3, 1, 4], 4: [3, 1, 4]}
    """
    with_whom = {card: [card] for card in cards}
    for one, other in ties:
        here, there = with_whom[one], with_whom[other]
        if here is not there:
            here += there
            with_whom |= dict.fromkeys(there, here)
    return with_whom


def each_once(with_whom: Mapping[int, list[int]]) -> list[list[int]]:
    """The groups that `together` found."""
    return [*{id(group): group for group in with_whom.values()}.values()]
