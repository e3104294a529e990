"""What changed since the last full run, taken in without another one."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, event

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import Unavailable
from regulars.match.live import index as files
from regulars.match.live.index import About, Index, Mark
from regulars.match.live.joining import Rejoined, Rules, rejoin, take_in
from regulars.match.live.known import Known
from regulars.match.people.evidence import KeptModel, last_model
from regulars.match.records import most_holders, no_births
from regulars.match.review.verdicts import remember_heard
from regulars.settings import MatchSettings
from regulars.store import Store, ledgers, rows
from regulars.store.lake import CARDS, Lake
from regulars.words import _

SQL = statements(Path(__file__).with_suffix(".sql"))
#: Where the store says how far the records that changed were placed.
_PLACED = "match_placed"
#: Where something was told of more than this share of the records, it is not looked into what of it is new.
_MOST_TOLD = 0.5
#: A full run is due a day after the last one.
_STALE_US = 24 * 3600 * 1_000_000
#: Records read at once.
_A_READ = 1_000
#: Records placed in one transaction, so that other writers wait less than 50 ms.
_A_TURN = 50


def mark(connection: Connection, now_us: int) -> Mark:
    """How far the store has come."""
    ((last_import, undone, last_verdict),) = rows.read(connection, SQL["mark"])
    return Mark(last_import=last_import, last_verdict=last_verdict, undone=undone, at_us=now_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The last full run, as far as it still holds, with the cards of what changed since."""

    known: Known
    rules: Rules
    cards: str  #: the name of its folder of cards
    since: tuple[
        int, ...
    ]  #: the records that say something new since it, or about which somebody said something
    unplaced: tuple[int, ...]  #: those of them that are not placed yet
    now: Mark
    behind: bool  #: something was told since records were placed last, new or not
    due: bool  #: it is a day old


def last_run(store: Store, lake: Lake, settings: MatchSettings, now_us: int) -> LastRun | None:
    """What still holds of the last full run; None when nothing does, or too much changed since.

    A record of which imports told only what was known has not changed: an order of a known buyer is none.
    """
    model = last_model(store)
    with store.read() as connection:
        folder, now = lake.current_cards(connection), mark(connection, now_us)
        index = Index.open(folder) if folder else None
        if not index or not model or not _holds(index.about, model, settings, now):
            return None
        made = index.about.made
        told = _changed(connection, made, now)
        if len(told) > _MOST_TOLD * len(index):
            return None
        known = Known(index, model.model, settings, no_births(connection))
        new = _taken_in(connection, known, list(told))
        placed = _placed(connection, index.folder.name) or made
        before = _changed(connection, made, placed)
        later = _changed(connection, placed, now) if placed != made else told
    since = tuple(record for record, spoken in told.items() if spoken or record in new)
    if len(since) > settings.catch_up_share * len(index):
        return None
    _follow(store, known)
    return LastRun(
        known=known,
        rules=Rules(model=model, review=settings.review, clustering=settings.clustering),
        cards=index.folder.name,
        since=since,
        unplaced=tuple(
            record for record, spoken in later.items() if spoken or record in new or record in before
        ),
        now=now,
        behind=bool(later),
        due=now_us - made.at_us > _STALE_US,
    )


def _taken_in(connection: Connection, known: Known, told: Sequence[int]) -> set[int]:
    """Take in the cards of records; those of them that say something new."""
    new: set[int] = set()
    for at in range(0, len(told), _A_READ):
        new |= take_in(connection, known, told[at : at + _A_READ])
    return new


def _follow(store: Store, known: Known) -> None:
    """Let the cards follow the store: where what was written is taken back, so are the cards it brought."""
    of = weakref.ref(known)

    def taken_back(connection: Connection) -> None:
        known = of()
        if known and known.writer is connection:
            known.take_back()

    def kept(connection: Connection) -> None:
        known = of()
        if known and known.writer is connection:
            known.keep()

    for name, heard in (("rollback", taken_back), ("commit", kept)):
        event.listen(store.database, name, heard)
        weakref.finalize(known, event.remove, store.database, name, heard).atexit = False


def place(connection: Connection, last: LastRun, some: Sequence[int], now_us: int) -> Rejoined:
    """Find the people of a few records that came just now, in the transaction that brought them.

    `Unavailable` when another full run, or an erasure, took the cards away. When the transaction is rolled back, `last`
    forgets what it brought.
    """
    if ledgers.recall(connection, CARDS) != last.cards:
        raise Unavailable(_("all records were matched anew meanwhile"), _("try again"))
    last.known.writer = connection
    take_in(connection, last.known, some)
    return rejoin(connection, last.known, some, last.rules, now_us)


def catch_up(store: Store, last: LastRun, progress: Callable[[int, int], None]) -> None:
    """Place the unplaced records. It can be broken off anywhere: what is done stays, and the rest is done again."""
    for at in range(0, len(last.unplaced), _A_TURN):
        progress(at, len(last.unplaced))
        with store.write() as connection:
            last.known.writer = connection
            rejoin(connection, last.known, last.unplaced[at : at + _A_TURN], last.rules, last.now.at_us)
    if last.behind:
        with store.write() as connection:
            ledgers.remember(connection, _PLACED, json.dumps({"cards": last.cards} | asdict(last.now)))
            remember_heard(connection, last.now.last_verdict)


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
        largest=(*blocks, most_holders(settings)),
        sources=tuple(sources),
        settings=repr(settings),
        rules=files.rules(model.model.kinds),
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


def _changed(connection: Connection, since: Mark, to: Mark) -> dict[int, bool]:
    """The records that something was told of after one mark and up to another; whether a person said it."""
    imported = (since.last_import, to.last_import)
    said = (since.last_verdict, to.last_verdict, since.at_us, to.at_us)
    found = rows.read(connection, SQL["changed"], [*imported * 2, *said * 2])
    in_order = sorted(found, key=lambda row: row[2:])  # a store may sort letters in its own way
    return {record: bool(spoken) for record, spoken, _source, _key in in_order}
