"""What changed since the last full run, taken in without another one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import Unavailable
from regulars.match.live import index as files
from regulars.match.live.index import About, Index, Mark
from regulars.match.live.joining import Rejoined, Rules, rejoin, take_in
from regulars.match.live.known import Known
from regulars.match.people.evidence import KeptModel, last_model
from regulars.match.records import no_births
from regulars.settings import MatchSettings
from regulars.store import Store, ledgers, rows
from regulars.store.lake import CARDS, Lake
from regulars.words import _

SQL = statements(Path(__file__).with_suffix(".sql"))
#: Where the store says how far the records that changed were placed.
_PLACED = "match_placed"
#: More changes than this share of the records are dealt with by a full run.
_MOST_CHANGED = 0.05
#: A full run is due a day after the last one.
_STALE_US = 24 * 3600 * 1_000_000
#: Records placed in one transaction, so that other writers wait less than 50 ms.
_A_TURN = 50


def mark(connection: Connection, now_us: int) -> Mark:
    """How far the store has come."""
    ((last_import, undone, last_verdict),) = rows.read(connection, SQL["mark"])
    return Mark(last_import=last_import, last_verdict=last_verdict, undone=undone, at_us=now_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The last full run, as far as it still holds."""

    known: Known
    rules: Rules
    cards: str  #: the name of its folder of cards
    since: tuple[int, ...]  #: the records that changed since it, or about which somebody said something
    waiting: tuple[int, ...]  #: those of them that are not placed yet
    now: Mark
    due: bool  #: it is a day old


def standing(store: Store, lake: Lake, settings: MatchSettings, now_us: int) -> Standing | None:
    """What still holds of the last full run; None when nothing does, or too much changed since."""
    model = last_model(store)
    with store.read() as connection:
        folder, now = lake.current_cards(connection), mark(connection, now_us)
        index = Index.open(folder) if folder else None
        if not index or not model or not _holds(index.about, model, settings, now):
            return None
        made = index.about.made
        changed = _changed(connection, made)
        placed = _placed(connection, index.folder.name) or made
        waiting = _changed(connection, placed) if placed != made else changed
        births = no_births(connection)
    if len(changed) > _MOST_CHANGED * len(index):
        return None
    return Standing(
        known=Known(index, model.model, settings, births),
        rules=Rules(model=model, review=settings.review),
        cards=index.folder.name,
        since=changed,
        waiting=waiting,
        now=now,
        due=now_us - made.at_us > _STALE_US,
    )


def place(connection: Connection, last: Standing, some: Sequence[int], now_us: int) -> Rejoined:
    """Find the people of a few records that came just now, in the transaction that brought them.

    `Unavailable` when another full run, or an erasure, took the cards away. After any error `last` is to be opened
    anew: it may know records that were not kept.
    """
    if ledgers.recall(connection, CARDS) != last.cards:
        raise Unavailable(_("all records were matched anew meanwhile"), _("try again"))
    take_in(connection, last.known, some)
    return rejoin(connection, last.known, some, last.rules, now_us)


def catch_up(store: Store, last: Standing, progress: Callable[[int, int], None]) -> None:
    """Place the records that wait. It can be broken off anywhere: what is done stays, and the rest is done again."""
    with store.read() as connection:
        for at in range(0, len(last.since), 1_000):
            take_in(connection, last.known, last.since[at : at + 1_000])
    for at in range(0, len(last.waiting), _A_TURN):
        progress(at, len(last.waiting))
        with store.write() as connection:
            rejoin(connection, last.known, last.waiting[at : at + _A_TURN], last.rules, last.now.at_us)
    if last.waiting:
        with store.write() as connection:
            ledgers.remember(connection, _PLACED, json.dumps({"cards": last.cards} | asdict(last.now)))


def keep(
    store: Store,
    session: Session,
    lake: Lake,
    model: KeptModel,
    settings: MatchSettings,
    at: Mark,
) -> None:
    """Write the cards of a full run to files, so that the next records are placed among them."""
    sources = session.rows("select distinct source from numbered order by source")["source"].to_pylist()
    blocks = session.rows("select largest from blocks order by n")["largest"].to_pylist()
    about = About(
        model=model.version,
        kinds=model.model.kinds,
        largest=(*blocks, settings.identifier_limit),
        sources=tuple(sources),
        settings=repr(settings),
        made=at,
    )
    written = files.write(session, lake.cards, about, settings.identifier_limit)
    with store.write() as connection:
        lake.enter_cards(connection, written)
    with store.read() as connection:
        lake.sweep_cards(connection)


def _holds(about: About, model: KeptModel, settings: MatchSettings, now: Mark) -> bool:
    """Whether the cards are still those that a full run would make, but for what changed."""
    return (about.model, about.settings, about.made.undone) == (model.version, repr(settings), now.undone)


def _placed(connection: Connection, cards: str) -> Mark | None:
    """How far records were placed among these cards."""
    kept = json.loads(ledgers.recall(connection, _PLACED) or "{}")
    return Mark(**kept) if kept.pop("cards", None) == cards else None


def _changed(connection: Connection, since: Mark) -> tuple[int, ...]:
    found = rows.read(connection, SQL["changed"].format(**asdict(since)))
    return tuple(record for (record,) in found)
