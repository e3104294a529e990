"""Consent: may we write to somebody, on which channel, for what, and how do we know?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ConsentState = Literal["granted", "denied", "withdrawn", "unknown"]
Channel = Literal["email", "sms", "phone", "post"]

#: From the strictest to the loosest: when two records of one person differ, the stricter wins.
STRICTNESS: tuple[ConsentState, ...] = ("withdrawn", "denied", "unknown", "granted")
MARKETING = "marketing"  #: the purpose of every message that is not about an order
ASSERTED = "asserted"  #: the basis of a plain "yes" in a file: the import says so, and nothing else does
EXPRESS = "express"  #: the basis of a yes that came with its date and its source
IMPLIED = "implied"  #: the basis of somebody who bought, and was not asked; it expires


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFact:
    """One thing known about consent: somebody's answer, on one channel, for one purpose."""

    state: ConsentState
    basis: str  #: asserted, express, implied, …
    at_us: int  #: when it was said; for an answer without its date, when it was loaded
    expires_us: int | None = None


def current(facts: Iterable[ConsentFact], as_of_us: int) -> ConsentFact | None:
    """The one fact that holds for a channel and purpose at an instant; None when nothing is known.

    - What is said after `as_of_us` is not known yet; a yes that has expired no longer counts.
    - A no (denied, withdrawn) stands until an *express* yes that is later than it. An asserted or implied yes never
      overrides it, whatever its date; at the same instant the no wins.
    - Of several noes that stand, the strictest, then the latest. Of several yeses, express before implied before
      asserted, then the latest.
    - Where nothing is said but "unknown", or every yes has expired, the latest `unknown`, or None.

    >>> no = ConsentFact(state="withdrawn", basis=EXPRESS, at_us=5)
    >>> current([no, ConsentFact(state="granted", basis=ASSERTED, at_us=9)], 10).state
    'withdrawn'
    >>> current([no, ConsentFact(state="granted", basis=EXPRESS, at_us=9)], 10).state
    'granted'
    """
    known = [fact for fact in facts if fact.at_us <= as_of_us]
    yeses = [
        fact
        for fact in known
        if fact.state == "granted" and (fact.expires_us is None or fact.expires_us > as_of_us)
    ]
    lifted_us = max((fact.at_us for fact in yeses if fact.basis == EXPRESS), default=None)
    noes = [
        fact
        for fact in known
        if fact.state in ("denied", "withdrawn") and (lifted_us is None or fact.at_us >= lifted_us)
    ]
    if noes:
        return min(noes, key=lambda fact: (STRICTNESS.index(fact.state), *_latest(fact)))
    if yeses:
        return min(yeses, key=lambda fact: (_BASES.get(fact.basis, 0), *_latest(fact)))
    return min((fact for fact in known if fact.state == "unknown"), key=_latest, default=None)


def _latest(fact: ConsentFact) -> tuple[int, str, bool, int]:
    """Sorts the latest first, and equals by a rule, so that the order of arrival does not matter."""
    return -fact.at_us, fact.basis, fact.expires_us is not None, -(fact.expires_us or 0)


#: Yeses from the best known to the least; a basis of the shop's own words stands with express.
_BASES = {EXPRESS: 0, IMPLIED: 1, ASSERTED: 2}
