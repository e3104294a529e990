"""What is found of an article, and on what ground: the rows that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from regulars.measure.assortment.evidence import Flags, Ints
from regulars.words import Text

#: wins: who begins with it becomes a regular more often than others alike; passes: less often. keeps: regulars who had
#: it stay away less often than others alike; loses: more often.
Kind = Literal["wins", "passes", "keeps", "loses", "together", "missing"]
ScopeName = Literal["shop", "store", "persona", "store_and_persona"]
MOST = 20  #: of one kind that are kept
LEADING = 3  #: of one kind that may be luck


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of whom something is found: of the whole shop, of a store, of a persona, or of a persona in a store."""

    store: str | None = None  #: its name; none: of all
    persona: str | None = None  #: its id; none: of all
    place: int = -1  #: the store's place in `Visits.places`
    kind_of: int = -1  #: the persona's place in `Visits.personas`

    @property
    def name(self) -> ScopeName:
        """What it is called."""
        if self.store is None:
            return "shop" if self.persona is None else "persona"
        return "store" if self.persona is None else "store_and_persona"

    def holds(self, place: Ints, persona: Ints) -> Flags:
        """Which rows are in it."""
        held = np.ones(len(place), bool)
        if self.store is not None:
            held &= place == self.place
        if self.persona is not None:
            held &= persona == self.kind_of
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found of an article or a category."""

    kind: Kind
    how: str  #: first_order; bought, returned, complained; receipt; out_of_stock, not_sold, viewed, asked, searched
    of: str = "article"  #: article, category, words
    key: str  #: number of the article, category, or what was searched for
    name: str
    sure: bool = True  #: by more than luck; else it leads its kind, and may be luck
    other_key: str | None = None  #: together: what is bought with it
    other_name: str | None = None
    people: int  #: who had it; loses and keeps: how many times a regular had it
    share: float | None = None  #: of them, of whom it came true
    alike: float | None = None  #: of others alike
    low: float | None = (
        None  #: 95 % interval of the share, or of the lift; drawn towards others alike where sure; missing: of people
    )
    high: float | None = None
    lift: float | None = None  #: together: how many times as often as by chance
    chance: float | None = None  #: false discovery rate at which it is named
    worth_a_year: int | None = None  #: missing: what the people spent on it in a year, minor units
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """On what ground something is found, or why nothing can be."""

    kind: Literal["wins", "loses", "together", "missing"]
    enough: bool
    n: int  #: beginners; times of regulars; receipts; people who miss something
    share: float | None = None  #: of them, of whom it came true
    days: int | None = None  #: how long they were looked at
    compared: int | None = None  #: how many articles and categories enough of them had
    note: Text


_ROWS = pa.schema([
    ("scope", pa.string()), ("store", pa.string()), ("persona", pa.string()), ("kind", pa.string()),
    ("how", pa.string()), ("of", pa.string()), ("rank", pa.int64()), ("sure", pa.bool_()), ("key", pa.string()),
    ("name", pa.string()), ("other_key", pa.string()), ("other_name", pa.string()), ("people", pa.int64()),
    ("share", pa.float64()), ("alike", pa.float64()), ("low", pa.float64()), ("high", pa.float64()),
    ("lift", pa.float64()), ("chance", pa.float64()), ("worth_a_year", pa.int64()), ("reason_en", pa.string()),
    ("reason_fr", pa.string()),
])  # fmt: skip
_FOOTINGS = pa.schema([
    ("scope", pa.string()), ("store", pa.string()), ("persona", pa.string()), ("kind", pa.string()),
    ("enough", pa.bool_()), ("n", pa.int64()), ("share", pa.float64()), ("days", pa.int64()), ("compared", pa.int64()),
    ("note_en", pa.string()), ("note_fr", pa.string()),
])  # fmt: skip


def rows(found: Sequence[tuple[Scope, Sequence[Finding]]]) -> pa.Table:
    """Findings as rows; those of one kind are ranked from 1 in the order they come."""
    kept = []
    for scope, findings in found:
        ranks: dict[str, int] = {}
        for one in findings:
            ranks[one.kind] = ranks.get(one.kind, 0) + 1
            told = {name: getattr(one, name) for name in _ROWS.names if hasattr(one, name)}
            said = {"reason_en": one.reason.en, "reason_fr": one.reason.fr}
            kept.append({**_named(scope), "rank": ranks[one.kind], **told, **said})
    return pa.Table.from_pylist(kept, _ROWS)


def footings(found: Sequence[tuple[Scope, Sequence[Footing]]]) -> pa.Table:
    """Footings as rows."""
    kept = [
        {
            **_named(scope), "kind": one.kind, "enough": one.enough, "n": one.n,
            "share": one.share, "days": one.days, "compared": one.compared,
            "note_en": one.note.en, "note_fr": one.note.fr,
        }
        for scope, all_of in found
        for one in all_of
    ]  # fmt: skip
    return pa.Table.from_pylist(kept, _FOOTINGS)


def _named(scope: Scope) -> dict[str, str | None]:
    return {"scope": scope.name, "store": scope.store, "persona": scope.persona}
