"""Who is who, from beginning to end: identifiers, model, groups, ids, evidence."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from regulars.engine import Engine, Session
from regulars.engine.statements import statements
from regulars.match import exact, pairs
from regulars.match.arrays import Numbers
from regulars.match.explain.chain import holding
from regulars.match.grouping import Grouped, group_table, grouped
from regulars.match.learning.training import FEWEST_RECORDS
from regulars.match.live import since
from regulars.match.live.index import Mark
from regulars.match.people import evidence, households, identity
from regulars.match.people.cluster import Links, components
from regulars.match.records import (
    LARGEST_PERSON,
    make_cards,
    no_births,
    read_records,
    remember_no_births,
    set_aside,
)
from regulars.match.review import verdicts
from regulars.match.review.precision import Precision, precision
from regulars.match.unmet import Unmet, unmet
from regulars.match.weight.model import Model
from regulars.settings import MatchSettings, Settings
from regulars.store import Store, rows
from regulars.store.lake import Lake
from regulars.store.tables import identity as identity_table
from regulars.store.tables import records as records_table
from regulars.words import _, plural

SQL = statements(Path(__file__).with_name("run.sql"))
Progress = Callable[[str], None]
#: What comparing may take in megabytes, beside the columns in which records and links come and go: so many, and more
#: for each million records above the first. More makes it no faster.
_MEGABYTES, _MEGABYTES_A_MILLION = 1_200, 1_000
_SHARE_OF_THE_MACHINE = 0.5
#: A model is learnt anew when the records have grown or shrunk by this share since.
_STALE = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A value that too many records have to name anybody: the shop's own telephone, a placeholder of a system. Or a
    filler that the shop allows."""

    type: str  #: email, phone, loyalty_card, …, or birth_date
    value: str
    records: int
    allowed: bool = (
        False  #: the shop allows it, and more records have it than one person may be, or it is a filler
    )
    filler: bool = False  #: it stands where nothing is known, and names nobody however few have it


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """What a run found."""

    records: int
    people: int
    nobodies: int  #: records beside these that name nobody: a till's account for whoever walks in
    auto_merged: int  #: records that joined an earlier record of the same person, without a human
    merged_by_hand: (
        int  #: records that did by nothing but a human's word: `records` - `people` is the sum of both
    )
    to_review: int  #: pairs that a human should look at
    set_aside: (
        tuple[SetAside, ...] | None
    )  #: values that count for nobody, since too many records have them; None when not all records were looked at
    households: int  #: of two people or more
    seconds: float
    model: str | None  #: version of the model; None when there is nothing that one could compare
    learnt: bool  #: the model is of the shop's own records; else they are too few, and it is one of shops in general
    threshold: float | None  #: probability, 0..1, from which the model joins two records by itself
    less_sure: (
        float | None
    )  #: the share of these joins, 0..1, that should be right, where it is less than is asked
    precision: (
        Precision | None
    )  #: how many of them are right, as people checked; None when all records were looked at and the model joins nobody
    placed: int  #: records that were looked at: all of them, or those that changed since the last full run
    corrected: (
        int | None
    )  #: records that a full run took from where such runs had placed them; None when there were none
    unmet: tuple[Unmet, ...] | None = (
        None  #: values that the settings block or allow and no record has; None when not all records were looked at
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a full run read of the store."""

    at: Mark  #: how far the store had come
    size: int  #: records that are somebody
    nobodies: int
    past: identity.Before  #: who was who


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What a full run wrote."""

    people: int
    moved: int  #: records that were somebody else before
    to_review: int


def match(
    store: Store,
    engine: Engine,
    settings: Settings,
    *,
    now_us: int,
    lake: Lake | None = None,
    full: bool = False,
    no_homes: Mapping[str, households.Address] | None = None,
    progress: Progress | None = None,
) -> MatchReport:
    """Find out which records are the same person, and write what changed.

    On unchanged records nothing is written and no id changes. A `lake` must be up to date; it is read in place of the
    store where it has the same, and keeps the cards of a large shop: there only the records that changed since are
    placed, until a `full` run is asked for, or due. At an address of `no_homes` there is no household.
    """
    began = time.perf_counter()
    say = progress or (lambda _sentence: None)
    last = since.last_run(store, lake, settings.match, now_us) if lake else None
    if last:
        since.catch_up(
            store, last, lambda done, of: say(_("placing {done} of {of} records", done=done, of=of))
        )
    report = (
        _report_of(store, last, settings.match)
        if last and not (full or last.due)
        else _full(
            store,
            engine,
            settings.match,
            now_us=now_us,
            lake=lake,
            no_homes=no_homes or {},
            country=settings.shop.country,
            corrects=bool(last),
            say=say,
        )
    )
    return replace(report, seconds=round(time.perf_counter() - began, 2))


def _report_of(store: Store, last: since.LastRun, settings: MatchSettings) -> MatchReport:
    """How things stand when only what changed was placed."""
    with store.read() as connection:
        ((records, people, nobodies, to_review, homes),) = rows.read(connection, SQL["as_it_is"])
        by_hand = _joined_by_hand(connection, settings)
        ((answers, right),) = rows.read(connection, SQL["checked"], [last.rules.threshold])
    return MatchReport(
        records=records,
        people=people,
        nobodies=nobodies,
        auto_merged=records - people - by_hand,
        merged_by_hand=by_hand,
        to_review=to_review,
        set_aside=None,
        households=homes,
        seconds=0.0,
        model=last.rules.model.version,
        learnt=last.rules.model.model.learnt,
        threshold=last.rules.threshold,
        less_sure=last.rules.model.model.less_sure,
        precision=precision(answers, right),
        placed=len(last.unplaced),
        corrected=None,
    )


def _full(
    store: Store,
    engine: Engine,
    settings: MatchSettings,
    *,
    now_us: int,
    lake: Lake | None,
    no_homes: Mapping[str, households.Address],
    country: str,
    corrects: bool,
    say: Progress,
) -> MatchReport:
    """Match all records with each other."""
    with store.read() as connection:
        known = connection.execute(select(func.count()).select_from(records_table)).scalar_one()
    with engine.session(megabytes=_memory(known)) as session:
        say(_("reading the records"))
        read = _read(store, session, lake, now_us)
        common = _set_aside(store, session, settings)
        births = [one.value for one in common if one.type == "birth_date"]
        kinds = make_cards(session, settings, births=births)
        exact.link(session)
        say(plural("comparing {count} record", "comparing {count} records", read.size))
        kept = _model(store, session, settings, kinds, read.size, now_us)
        found = grouped(session, read.size, kept, settings.clustering)
        say(_("writing who is who"))
        written = _write(store, session, settings, read, kept, found, now_us)
        _remember_heard(store, read.at.last_verdict)
        if lake and kept and read.size >= settings.catch_up_from:
            since.keep(store, session, lake, kept, settings, read.at)
        homes = households.write(store, session, now_us, no_homes)
        report = _full_report(session, read, kept, found, written)
        mistyped = unmet(session, settings, country) if read.size else ()
    moved = written.moved if corrects else None
    return replace(report, set_aside=common, unmet=mistyped, households=homes, corrected=moved)


def _read(store: Store, session: Session, lake: Lake | None, now_us: int) -> _Read:
    """Read the records, what people said of them (relation `standing`), and who is who so far."""
    with store.read() as connection:
        at = since.mark(connection, now_us)
        size = read_records(connection, session, lake=lake)
        nobodies = session.rows("select count(*) as n from nobodies")["n"][0].as_py()
        session.table("standing", verdicts.standing(connection))
        past = identity.read_past(connection)
    return _Read(at=at, size=size, nobodies=nobodies, past=past)


def _write(
    store: Store,
    session: Session,
    settings: MatchSettings,
    read: _Read,
    kept: evidence.KeptModel | None,
    found: Grouped,
    now_us: int,
) -> _Written:
    """Write who is who, why, and what a human should look at."""
    records = session.rows("select record from numbered order by card")["record"].to_numpy()
    person = _write_people(store, session, read.past, records, found.groups.label, now_us)
    evidence.write_links(store, session, found.groups.used, now_us)
    review = pairs.to_review(session, kept.model if kept else None, settings, LARGEST_PERSON)
    evidence.write_review(store, review)
    return _Written(
        people=len(np.unique(person)),
        moved=identity.moved(read.past, records, person),
        to_review=int(review.num_rows),
    )


def _full_report(
    session: Session, read: _Read, kept: evidence.KeptModel | None, found: Grouped, written: _Written
) -> MatchReport:
    """What a full run found, but for what it set aside and the households."""
    model, used = kept.model if kept else None, found.groups.used
    joined = _auto_merged(read.size, found.links, used)
    return MatchReport(
        records=read.size,
        people=written.people,
        nobodies=read.nobodies,
        auto_merged=joined,
        merged_by_hand=read.size - written.people - joined,
        to_review=written.to_review,
        set_aside=(),
        households=0,
        seconds=0.0,
        model=kept.version if kept else None,
        learnt=bool(model and model.learnt),
        threshold=model.threshold if model else None,
        less_sure=model.less_sure if model else None,
        precision=_precision(session, model) if _by_likeness(read.size, found.links, used) else None,
        placed=read.size,
        corrected=None,
    )


def _remember_heard(store: Store, last: int) -> None:
    """Keep that what people said up to a number is so now."""
    with store.read() as connection:
        known = verdicts.heard(connection)
    if known != last:
        with store.write() as connection:
            verdicts.remember_heard(connection, last)


def _memory(size: int) -> int:
    """The megabytes that comparing so many records may take: no more than a part of what the machine has."""
    wanted = _MEGABYTES + _MEGABYTES_A_MILLION * max(0, size - 1_000_000) // 1_000_000
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    return min(wanted, max(_MEGABYTES, int(_SHARE_OF_THE_MACHINE * machine)))


def _set_aside(store: Store, session: Session, settings: MatchSettings) -> tuple[SetAside, ...]:
    """What too many records have; the birth dates of it are kept for those who look at a few records only."""
    found = tuple(SetAside(**row) for row in set_aside(session, settings).to_pylist())
    births = [one.value for one in found if one.type == "birth_date"]
    with store.read() as connection:
        known = no_births(connection)
    if sorted(births) != known:
        with store.write() as connection:
            remember_no_births(connection, births)
    return found


def _model(
    store: Store, session: Session, settings: MatchSettings, kinds: tuple[str, ...], size: int, now_us: int
) -> evidence.KeptModel | None:
    """Weigh the candidate pairs by the model kept, while it fits the shop; else by one learnt now, which is kept."""
    kept = evidence.last_model(store)
    if kept and not _fits(kept.model, kinds, size):
        kept = None
    kept_at = {"since": kept.at_us if kept else 0}
    anew = session.rows(SQL["new_answers"], kept_at)["n"][0].as_py() > 0
    if kept and (kept.model.precision, kept.model.floor) != (settings.precision, settings.threshold):
        anew = True
    used = pairs.score(session, kinds, kept.model if kept else None, settings, anew=anew)
    if kept and not anew:
        return kept
    return evidence.keep_model(store, used, now_us) if used else None


def _precision(session: Session, model: Model | None) -> Precision | None:
    """How many of the pairs that likeness alone joins are right, by those of the sample that were checked."""
    if model is None:
        return None
    answers = pairs.answered(session, model)
    counted = answers.sampled & (answers.probability >= model.threshold)
    return precision(int(counted.sum()), int((counted & answers.same).sum()))


def _fits(model: Model, kinds: tuple[str, ...], size: int) -> bool:
    """Whether a model kept is still the shop's: of these kinds of identifiers, and of about so many records."""
    outgrown = not model.learnt and size >= FEWEST_RECORDS
    return model.kinds == kinds and abs(size - model.records) <= _STALE * model.records and not outgrown


def _write_people(
    store: Store, session: Session, past: identity.Before, records: Numbers, label: Numbers, now_us: int
) -> Numbers:
    """Write who is who; the person of each card, which `grouped` has from now on."""
    named = session.rows(SQL["named"])["named"].to_numpy(zero_copy_only=False).astype(np.bool_)
    order = np.argsort(records)
    person = np.empty(len(records), np.int64)
    person[order] = identity.write(store, past, records[order], label[order], named[order], now_us)
    group_table(session, person)
    return person


def _joined_by_hand(connection: Connection, settings: MatchSettings) -> int:
    """How many records joined an earlier one by nothing but the word of a human."""
    joined = [row[0] for row in rows.read(connection, SQL["joined_by_hand"])]
    now = select(identity_table.c.record, identity_table.c.person).where(identity_table.c.until_us.is_(None))
    theirs = rows.fetch_where_in(connection, now, [identity_table.c.person], joined)
    record, persons = theirs["record"].to_numpy(), len(set(theirs["person"].to_pylist()))
    order = np.sort(record)
    links = [link for link in holding(connection, set(order.tolist()), settings) if link.kind != "human"]
    a, b = (np.array([getattr(link, end) for link in links], np.int64) for end in ("record_a", "record_b"))
    alone = components(len(order), np.searchsorted(order, a), np.searchsorted(order, b))
    return len(np.unique(alone)) - persons


def _by_likeness(size: int, links: Links, used: NDArray[np.bool_]) -> bool:
    """Whether the model joins any two whom no identifier does."""
    pair = links.a * size + links.b
    return bool(np.setdiff1d(pair[used & links.model], pair[used & ~links.model & ~links.human]).size)


def _auto_merged(size: int, links: Links, used: NDArray[np.bool_]) -> int:
    """How many records joined an earlier one by links that no human made."""
    by_itself = used & ~links.human
    return size - len(np.unique(components(size, links.a[by_itself], links.b[by_itself])))
