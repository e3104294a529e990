"""Build: profiles, indicators and segments as of a shop day, and whatever they need that is stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars import figures
from regulars.clean.one import clean_one
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.flow import Ground, Progress
from regulars.flow.chain import stale
from regulars.flow.chain.memberships import keep_memberships
from regulars.flow.chain.profiling import RULED, segment_people, tell_happened
from regulars.flow.dropping import drop_columns
from regulars.flow.facts import lay_out, lay_out_outside, lay_out_reach
from regulars.flow.loading.withdrawing import recover
from regulars.flow.retention import Forgotten, forget_old
from regulars.flow.searches import lay_out_searches
from regulars.flow.turn import takes_turn
from regulars.indicators import compute
from regulars.indicators.writes import freeze_norms
from regulars.match.people.households import Address
from regulars.match.run import MatchReport, match
from regulars.measure.assortment import results as assortment
from regulars.measure.baseline import baseline_figures, write_baseline
from regulars.model.clock import day_date, day_number, evening_us, from_us
from regulars.model.report import ModelReport
from regulars.predict import PREDICTORS, Evening
from regulars.predict.writes import earlier_report, write_reports
from regulars.profile.golden import golden_cards
from regulars.profile.outside import from_outside
from regulars.profile.writes import changed_cards, remove_cards, write_cards
from regulars.segment.personas import finding
from regulars.segment.writes import write_sizes
from regulars.settings import Settings
from regulars.store import ledgers
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import consents, events, imports, locks, order_lines, persons, products, touched
from regulars.words import _

_STALE_DAYS = 30
_CARDS_A_WRITE = 2_000
#: The derived tables of a build, by name.
RESULTS = {
    "indicators": "select * from indicators order by person",
    **RULED,
    "outside_kinds": "select * from outside_kinds order by source, field",
    **finding.RESULTS,
    **assortment.RESULTS,
    **{name: sql for one in PREDICTORS.values() for name, sql in one.results.items()},
}
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    as_of: int  #: day number
    as_of_reason: str  #: why this day, when nobody named it
    warning: str  #: what is odd about the day, when somebody named it
    people: int
    lines: int  #: order lines up to that day that hang on people
    segments: dict[str, int | None]  #: None: not known, for want of data
    converted: dict[str, int]  #: order lines in another currency, counted at the rate of their day
    left_out: dict[str, int]  #: order lines in another currency without a rate: their money is in no sum
    mended: tuple[
        str, ...
    ]  #: files of the lake that were missing or damaged, and were written anew from the store
    forgotten: Forgotten  #: what the shop had kept as found for long enough
    seconds: float


def day_of(ground: Ground, at_us: int) -> int:
    """The shop day of an instant."""
    return day_number(from_us(at_us, ground.settings.shop.time_zone).date())


def default_as_of(ground: Ground) -> tuple[int, str]:
    """Today; or the newest fact's day, when the newest order is over 30 days old; and why."""
    today = day_of(ground, ground.now_us())
    with ground.store.read() as connection:
        ordered = connection.execute(select(func.max(order_lines.c.day))).scalar()
        happened = connection.execute(select(func.max(events.c.day))).scalar()
    if ordered is None or today - ordered <= _STALE_DAYS:
        return today, _("today")
    newest = min(max(ordered, happened or ordered), today)
    return newest, _("the newest order is of {day}, over 30 days ago", day=figures.day(ordered))


def odd_day(ground: Ground, day: int) -> str:
    """What is to be said of a day of which little can be known: one to come, or one before the first fact; else ''."""
    today = day_of(ground, ground.now_us())
    if day > today:
        return _(
            "{day} is still to come: what is bought until then is not known, so all look as if they stayed away",
            day=day_date(day).isoformat(),
        )
    with ground.store.read() as connection:
        firsts = [connection.execute(select(func.min(one.c.day))).scalar() for one in (order_lines, events)]
    known = [first for first in firsts if first is not None]
    if known and day < min(known):
        return _(
            "nothing is known up to {day}: the first order or event is of {first}",
            day=day_date(day).isoformat(),
            first=day_date(min(known)).isoformat(),
        )
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What a build makes of a day, before it becomes the current state."""

    cards: pa.Table  #: golden cards, one a person
    norms: pa.Table
    reports: list[ModelReport]  #: what each model says of itself
    sizes: dict[str, int | None]  #: of each ready segment
    figures: pa.Table  #: of the baseline
    lines: int
    converted: dict[str, int]
    left_out: dict[str, int]
    results: dict[str, tuple[Path, int]]  #: the file of each derived table, and its rows


@takes_turn
def build(ground: Ground, *, as_of: int | None = None, progress: Progress | None = None) -> Built:
    """Build everything of a shop day; facts after its evening are not seen."""
    started_us = ground.now_us()
    recover(ground)
    day, reason = (as_of, "") if as_of is not None else default_as_of(ground)
    with ground.store.write() as connection:
        mended = ground.lake.forget_damaged(connection)
    dropped = drop_columns(ground)
    step = _steps(progress, 6)
    step(_("who is who"))
    match_if_stale(ground)
    step(_("the lake"))
    refresh_lake(ground)
    made = _make(ground, day, step)
    _keep(ground, day, made)
    keep_memberships(ground, day)
    forgotten = forget_old(ground)
    if dropped:
        refresh_lake(ground)  # the derived tables of before go too
    seconds = (ground.now_us() - started_us) / 1_000_000
    return Built(
        as_of=day,
        as_of_reason=reason,
        warning="" if as_of is None else odd_day(ground, as_of),
        people=made.cards.num_rows,
        lines=made.lines,
        segments=made.sizes,
        converted=made.converted,
        left_out=made.left_out,
        mended=tuple(mended),
        forgotten=replace(forgotten, dropped=dropped),
        seconds=seconds,
    )


def _make(ground: Ground, day: int, step: Callable[[str], None]) -> _Made:
    """Make everything of a shop day from the facts; nothing of the store is written."""
    with ground.engine.session() as session, ground.store.read() as connection:
        lay_out(session, ground, connection)
        for table in (consents, locks):
            session.table(table.name, fetch(connection, columns_of(table)))
        _lay_out_products(session, ground, connection)
        step(_("profiles"))
        cards = golden_cards(session, ground.settings, as_of_us=ground.now_us())
        session.table("people", cards)
        lay_out_reach(session)
        lay_out_outside(session, connection, day_of(ground, ground.now_us()))
        from_outside(
            session,
            until_us=evening_us(day, ground.settings.shop.time_zone),
            home=ground.settings.shop.country,
        )
        step(_("indicators"))
        norms = compute.compute(session, as_of=day, currency=ground.settings.shop.currency)
        step(_("predictions"))
        evening = Evening(as_of=day, currency=ground.settings.shop.currency)
        reports = [report for one in PREDICTORS.values() for report in one.predict(session, evening)]
        step(_("segments"))
        tell_happened(session)
        before = earlier_report(connection, "personas", day)
        reports.append(finding.find(session, day, before.parameters if before else {}))
        lay_out_searches(session, connection, day)
        assortment.describe(session, day, ground.settings.shop.currency)
        sizes = segment_people(session, ground, day)
        converted, left_out = _foreign(session, ground)
        return _Made(
            cards=cards,
            norms=norms,
            reports=reports,
            sizes=sizes,
            figures=baseline_figures(session, as_of=day),
            lines=session.rows("select count(*) as n from lines").column("n")[0].as_py(),
            converted=converted,
            left_out=left_out,
            results={name: _write_result(session, ground, name, sql, day) for name, sql in RESULTS.items()},
        )


def _lay_out_products(session: Session, ground: Ground, connection: Connection) -> None:
    """Every telling of every article, also those that newer ones replaced, and the shop day on which it was loaded."""
    loaded = fetch(connection, select(imports.c.import_id, imports.c.started_us))
    days = [day_of(ground, at) for at in loaded.column("started_us").to_pylist()]
    session.table("product_loads", loaded.append_column("day", pa.array(days, pa.int64())))
    session.table("product_tellings", fetch(connection, columns_of(products)))
    session.create("products", _SQL["products"])


def match_if_stale(ground: Ground, progress: Progress | None = None) -> None:
    """Match again when records or settings changed since the last time, or people decided something."""
    with ground.store.read() as connection:
        never = connection.execute(select(func.count()).select_from(persons)).scalar() == 0
        changed = connection.execute(select(func.count()).select_from(touched)).scalar()
        otherwise = not stale.match_is_of_now(connection, ground)
    if never or changed or otherwise:
        match_all(ground, progress=progress)


@takes_turn
def match_all(ground: Ground, progress: Progress | None = None, *, full: bool = False) -> MatchReport:
    """Find out who is who: of a large shop only what changed is looked at, unless it is `full` or a day has gone."""
    recover(ground)
    refresh_lake(ground)

    def say(what: str) -> None:
        """Tell what is being done; how long it takes nobody knows."""
        if progress:
            progress(what, 0, None)

    report = match(
        ground.store,
        ground.engine,
        ground.settings,
        now_us=ground.now_us(),
        lake=ground.lake,
        full=full,
        no_homes=blocked_addresses(ground.settings),
        progress=say,
    )
    with ground.store.write() as connection:
        ledgers.settle_touched(connection)
        stale.remember_match(connection, ground)
    return report


def blocked_addresses(settings: Settings) -> dict[str, Address]:
    """The values that the shop blocked which are a house in a street, each in the form in which those of files are
    kept."""
    found = {}
    for value in settings.match.blocked_values:
        read = clean_one({"address": value}, settings, now_us=0).values
        address = Address(**{name: read.get(name) for name in Address._fields})
        if address.house_number and address.street:
            found[value] = address
    return found


@takes_turn
def refresh_lake(ground: Ground) -> None:
    """Write dirty and missing files anew from the store, and sweep what is not on the manifest."""
    ground.lake.refresh(ground.store)


def _foreign(session: Session, ground: Ground) -> tuple[dict[str, int], dict[str, int]]:
    """How many order lines in each other currency have a rate, and how many have none."""
    found = session.rows(_SQL["currencies"]).to_pylist()
    foreign = [row for row in found if row["currency"] != ground.settings.shop.currency]
    converted, left_out = (
        {row["currency"]: int(row[name]) for row in foreign if row[name]}
        for name in ("converted", "left_out")
    )
    return converted, left_out


def _write_result(session: Session, ground: Ground, name: str, sql: str, day: int) -> tuple[Path, int]:
    path = ground.lake.result_path(name, day)
    return path, session.write_parquet(sql, path)


def _keep(ground: Ground, day: int, made: _Made) -> None:
    """Make what was built the current state, in short transactions."""
    with ground.store.read() as connection:
        changed, gone = changed_cards(connection, made.cards)
    for at in range(0, changed.num_rows, _CARDS_A_WRITE):
        with ground.store.write() as connection:
            write_cards(connection, changed.slice(at, _CARDS_A_WRITE))
    with ground.store.write() as connection:
        remove_cards(connection, gone)
        ledgers.settle_unbuilt(connection)
        freeze_norms(connection, made.norms, day)
        write_reports(connection, day, made.reports)
        write_sizes(connection, day, made.sizes)
        write_baseline(connection, made.figures)
        stale.remember_build(connection, ground)
        for name, (path, rows) in made.results.items():
            ground.lake.enter_result(connection, name, path, as_of=day, rows=rows, built_us=ground.now_us())


def _steps(progress: Progress | None, of: int) -> Callable[[str], None]:
    done = -1

    def step(what: str) -> None:
        """Tell which step begins, and that the one before is done."""
        nonlocal done
        done += 1
        if progress:
            progress(what, done, of)

    return step
