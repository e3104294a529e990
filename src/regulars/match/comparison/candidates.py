"""Candidate pairs: the pairs of cards worth comparing, found by keys that two records of one person often share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison.fields import Key, keys

SQL = statements(Path(__file__).with_name("candidates.sql"))
#: A key that more cards share tells too little for all of them to be compared.
_LARGEST_BLOCK = 150
#: A key may bring so many pairs a card in a small shop: a customer may well have ten records.
_PAIRS_A_CARD = 12
#: In a large one a telling key may bring so many pairs, or two a card, and a loose one so many. Its largest blocks are
#: left out until it does.
_TELLING_PAIRS, _LOOSE_PAIRS = 500_000, 250_000
#: Among so many pairs that a key alone finds there must be one that a human should see.
_WORTHWHILE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The keys of the cards of a session (relation `keyed`: card, h_0, h_1, …), by their number."""

    keys: tuple[Key, ...]
    largest: tuple[int, ...]  #: how many cards may share a key to be compared; 0 for a key not used
    pairs: int  #: how many pairs they bring, those brought by several counted as often

    @property
    def used(self) -> list[int]:
        """The numbers of the keys that are used."""
        return [n for n, size in enumerate(self.largest) if size]

    @property
    def limits(self) -> dict[str, object]:
        """How many cards may share each of these, as `agreeing` asks for it."""
        return {f"largest_{n}": self.largest[n] for n in self.used}


def seek(session: Session, kinds: Sequence[str], only: Collection[str] | None = None) -> Sought:
    """Make `keyed` from `cards`, and find how far each key is looked at; `only` some keys, by their values."""
    sought = _key(session, kinds)
    cards = int(session.rows("select count(*) as n from cards")["n"][0].as_py())
    found = [
        _largest_block(session, n, _most(key, cards)) if only is None or key.value in only else (0, 0)
        for n, key in enumerate(sought)
    ]
    return Sought(
        keys=tuple(sought),
        largest=tuple(largest for largest, _pairs in found),
        pairs=sum(pairs for _largest, pairs in found),
    )


def find(session: Session, sought: Sought) -> None:
    """Make the relation `candidates` (a, b; a < b, each pair once), and `blocks`, what is sought: n, largest."""
    agreeing = " union ".join(SQL["agreeing"].format(n=n) for n in sought.used)
    if agreeing:
        session.create("candidates", agreeing, sought.limits | {"one_in": 1})
    else:
        session.create("candidates", "select card as a, card as b from cards where false")
    session.table(
        "blocks", pa.table({"n": np.arange(len(sought.largest)), "largest": np.array(sought.largest)})
    )
    session.drop("keyed")


def find_some(session: Session, sought: Sought, pairs: int) -> int:
    """Make `some_candidates` (a, b, `found_by`: the numbers of the keys as bits), about so many of the candidate pairs.

    Returns for how many pairs one of them stands. Of the same cards they are the same.
    """
    one_in = ceil(sought.pairs / pairs)
    found = (
        f"select a, b, {1 << n}::bigint as key from ({SQL['agreeing'].format(n=n)})" for n in sought.used
    )
    some = SQL["some"].format(found=" union all ".join(found))
    session.create("some_candidates", some, sought.limits | {"one_in": one_in})
    return one_in


def worthwhile(sought: Sought, found: pa.Table) -> tuple[str, ...]:
    """The keys, by value, that find what those before them do not.

    `found` says of `some_candidates`, by the keys that found them (`found_by`), how many there are (`pairs`) and how
    many of them a human should see (`likely`).
    """
    found_by, pairs, likely = (found[name].to_numpy() for name in ("found_by", "pairs", "likely"))
    new = np.ones(len(found_by), dtype=np.bool_)
    chosen = []
    for n, key in enumerate(sought.keys):
        alone = new & (found_by >> n & 1 == 1)
        if n in sought.used and likely[alone].sum() * _WORTHWHILE >= pairs[alone].sum():
            chosen.append(key.value)
            new &= ~alone
    return tuple(chosen)


def would_meet(session: Session, kinds: Sequence[str]) -> bool:
    """Whether any two of the few cards of a session share a key."""
    sought = _key(session, kinds)
    agree = " or ".join(f"l.h_{n} = r.h_{n}" for n in range(len(sought)))
    met = session.rows(f"select 1 as met from keyed as l join keyed as r on l.card < r.card and ({agree})")
    return bool(met.num_rows)


def _most(key: Key, cards: int) -> int:
    """How many pairs a key may bring."""
    large = max(_TELLING_PAIRS, 2 * cards) if key.telling else _LOOSE_PAIRS
    return min(_PAIRS_A_CARD * cards, large)


def _key(session: Session, kinds: Sequence[str]) -> list[Key]:
    """Make the relation `keyed`; returns the keys."""
    sought = keys([f"id_{n}" for n in range(len(kinds))])
    hashed = ", ".join(
        f"case when {key.value} is not null then hash({key.value}) end as h_{n}"
        for n, key in enumerate(sought)
    )
    session.create("keyed", SQL["keyed"].format(hashed=hashed))
    return sought


def _largest_block(session: Session, n: int, most_pairs: int) -> tuple[int, int]:
    """The size of the largest blocks of a key that are compared, 0 when none are; and the pairs they bring."""
    pairs, largest = 0, 0
    for row in session.rows(SQL["blocks"].format(n=n), {"largest": _LARGEST_BLOCK}).to_pylist():
        more = row["blocks"] * row["cards"] * (row["cards"] - 1) // 2
        if pairs + more > most_pairs:
            break
        pairs, largest = pairs + more, row["cards"]
    return largest, pairs
