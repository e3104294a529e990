"""The walk: it takes the rooms' results from one to the next and holds the transaction. It has no rule of its own.

    people        what the people of the shop look up and settle by hand
    export, groups, count, quality, baseline, backup: what else they ask for
    chain         whatever is stale is built, up to the list of tomorrow
    loading       files become facts: what a file is, the taking in of its rows, what was turned away
    facts         facts laid out for the engine, with the rates of exchange; retention: what goes after its time
    outputs       what a command writes for its user; turn: one command at a time

Each line imports only from lines below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regulars.engine import Engine
from regulars.model.clock import Now, to_us
from regulars.settings import Settings
from regulars.store import Store
from regulars.store.lake import Lake

__all__ = ["Ground", "Progress"]

#: Told how far long work is: (what, done, of how many, or None when nobody knows).
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every walk stands on: one shop's store, lake, engine, settings and clock."""

    folder: Path
    store: Store
    lake: Lake
    engine: Engine
    settings: Settings
    now: Now

    def now_us(self) -> int:
        """Microseconds since 1970."""
        return to_us(self.now())
