"""Candidate pairs: the pairs of cards worth comparing, found by keys that two records of one person often share."""

from __future__ import annotations

from pathlib import Path

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


def find(session: Session, kinds: tuple[str, ...]) -> None:
    """Make the relation `candidates` (a, b; a < b, each pair once) from `cards`.

    And `blocks`: for each key, by its number n, how many cards may share it to be compared; 0 for a key not used.
    """
    sought = _key(session, kinds)
    cards = int(session.rows("select count(*) as n from cards")["n"][0].as_py())
    largest = {n: _largest_block(session, n, _most(key, cards)) for n, key in enumerate(sought)}
    found = [SQL["agreeing"].format(n=n, largest=size) for n, size in largest.items() if size]
    session.create(
        "candidates", " union ".join(found) or "select card as a, card as b from cards where false"
    )
    session.table("blocks", pa.table({"n": list(largest), "largest": list(largest.values())}))
    session.drop("keyed")


def _most(key: Key, cards: int) -> int:
    """How many pairs a key may bring."""
    large = max(_TELLING_PAIRS, 2 * cards) if key.telling else _LOOSE_PAIRS
    return min(_PAIRS_A_CARD * cards, large)


def would_meet(session: Session, kinds: tuple[str, ...]) -> bool:
    """Whether any two of the few cards of a session share a key."""
    sought = _key(session, kinds)
    agree = " or ".join(f"l.h_{n} = r.h_{n}" for n in range(len(sought)))
    met = session.rows(f"select 1 as met from keyed as l join keyed as r on l.card < r.card and ({agree})")
    return bool(met.num_rows)


def _key(session: Session, kinds: tuple[str, ...]) -> list[Key]:
    """Make the relation `keyed` (card, h_0, h_1, …); returns the keys."""
    sought = keys([f"id_{n}" for n in range(len(kinds))])
    hashed = ", ".join(
        f"case when {key.value} is not null then hash({key.value}) end as h_{n}"
        for n, key in enumerate(sought)
    )
    session.create("keyed", SQL["keyed"].format(hashed=hashed))
    return sought


def _largest_block(session: Session, n: int, most_pairs: int) -> int:
    """The size of the largest blocks of a key that are compared, 0 when none are."""
    pairs, largest = 0, 0
    for row in session.rows(SQL["blocks"].format(n=n, largest=_LARGEST_BLOCK)).to_pylist():
        pairs += row["blocks"] * row["cards"] * (row["cards"] - 1) // 2
        if pairs > most_pairs:
            break
        largest = row["cards"]
    return largest
