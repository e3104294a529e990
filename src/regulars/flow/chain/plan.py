"""Plan: what happens to whom on the day after the evening of `as_of`, and the list that a mailing tool takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars import figures
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import Refused
from regulars.flow import Ground, Progress
from regulars.flow.chain import stale
from regulars.flow.chain.build import build, day_of, default_as_of, odd_day
from regulars.flow.turn import takes_turn
from regulars.segment.language import operands
from regulars.store import ledgers
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import decisions, imports, locks, people, results, touched, verdicts
from regulars.treat import catalogue, mailing
from regulars.treat.plan import audiences_of
from regulars.treat.plan import plan as decide
from regulars.treat.writes import newest_day, whole_days, write_plan
from regulars.words import _, language

SALT = "holdout_salt"
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A day's plan in numbers."""

    as_of: int
    day: int  #: the day of the action: as_of + 1
    people: int
    to_send: int
    held_out: int
    treatments: dict[str, tuple[int, int]]  #: treatment -> (to send, held out)
    warning: str  #: what is odd about the evening, or that it is another than the figures were of
    reasons: list[tuple[str, int]]  #: why the others are left out, the commonest first


@takes_turn
def plan(ground: Ground, *, as_of: int | None = None, progress: Progress | None = None) -> Planned:
    """Decide for everybody. Builds first when what was built is not of that day, or facts came since."""
    day, warning = build_if_stale(ground, as_of=as_of, progress=progress)
    with ground.engine.session() as session:
        table = _decide(session, ground, day)
        session.table("plan", table)
        numbers = _numbers(session, day, warning)
    write_plan(ground.store, day + 1, table, ground.now_us())
    return numbers


def build_if_stale(
    ground: Ground, *, as_of: int | None = None, progress: Progress | None = None
) -> tuple[int, str]:
    """Build unless profiles of that day stand and nothing came or was set otherwise since.

    The day they are of, and what is odd about it. When nobody names a day, that of the profiles that stand is kept.
    """
    with ground.store.read() as connection:
        built = connection.execute(select(results).where(results.c.name == "profiles")).mappings().first()
        fresh = built is not None and _nothing_changed(connection, ground, built["built_us"])
    usual, reason = default_as_of(ground)
    wanted = usual if as_of is None else as_of
    if as_of is None and fresh and built is not None and _goes_on(ground, built["built_us"], usual):
        wanted = built["as_of"]
    if not fresh or built is None or built["as_of"] != wanted:
        build(ground, as_of=wanted, progress=progress)
    if as_of is None and built is not None and built["as_of"] != wanted:
        return wanted, _(
            "your figures were of {before}; now they are of {day} ({reason}). `--as-of` chooses another day",
            before=figures.day(built["as_of"]),
            day=figures.day(wanted),
            reason=reason,
        )
    if as_of is None and built is None and wanted != day_of(ground, ground.now_us()):
        return wanted, _("as of {day}: {reason}", day=figures.day(wanted), reason=reason)
    return wanted, odd_day(ground, wanted)


def _nothing_changed(connection: Connection, ground: Ground, built_us: int) -> bool:
    """Whether nothing came, was decided or was set otherwise since that instant."""
    waiting = connection.execute(select(touched.c.record).limit(1)).first() is not None
    changed = (imports.c.finished_us, verdicts.c.at_us, locks.c.at_us, locks.c.released_us)
    newest = max(connection.execute(select(func.max(when))).scalar() or 0 for when in changed)
    return stale.build_is_of_now(connection, ground) and not waiting and built_us >= newest


def _goes_on(ground: Ground, built_us: int, usual: int) -> bool:
    """Whether a plan goes on with what was built then, whatever its day: it was today, or the shop's facts are old."""
    today = day_of(ground, ground.now_us())
    return usual != today or day_of(ground, built_us) == today


def write_mailing_list(ground: Ground, file: TextIO) -> int:
    """Write the plan made last as the CSV that a mailing tool takes; the number of messages."""
    with ground.store.read() as connection:
        day = connection.execute(newest_day()).scalar()
        if day is None:
            raise Refused(_("there is no plan yet"), _("run `regulars plan` first"))
        planned = fetch(connection, columns_of(decisions).where(decisions.c.day == day))
        cards = fetch(connection, columns_of(people))
    with ground.engine.session() as session:
        session.table("people", cards)
        return mailing.write_mailing(
            session, planned, catalogue.treatments(), file, shop=ground.settings.shop
        )


def salt(ground: Ground) -> str:
    """The shop's own salt for control groups, random and kept in the store."""
    with ground.store.read() as connection:
        kept = ledgers.recall(connection, SALT)
    if kept is None:
        raise Refused(_("this store has no salt"), _("it was not made by `regulars init`; make a new shop"))
    return kept


def profiles_file(ground: Ground) -> Path:
    """The file of the newest profiles."""
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "profiles")
    if found is None:
        raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
    return found[0]


def _decide(session: Session, ground: Ground, day: int) -> pa.Table:
    treatments = catalogue.treatments()
    session.parquet("profiles", [profiles_file(ground)], pa.schema([]))
    audiences = audiences_of(
        treatments, operands.catalogue(), day=day + 1, currency=ground.settings.shop.currency
    )
    with ground.store.read() as connection:
        past = columns_of(decisions, "person", "day", "treatment", "chosen")
        previous = fetch(connection, past.where(decisions.c.day.in_(whole_days())))
    return decide(
        session,
        treatments,
        audiences,
        day=day + 1,
        salt=salt(ground),
        settings=ground.settings,
        previous=previous,
    )


def _numbers(session: Session, day: int, warning: str) -> Planned:
    chosen = session.rows(_SQL["chosen"]).to_pylist()
    left_out = session.rows(_SQL["left_out"]).to_pylist()
    total = session.rows("select count(*) as n from plan").to_pylist()[0]["n"]
    return Planned(
        as_of=day,
        day=day + 1,
        people=total,
        to_send=sum(row["sent"] for row in chosen),
        held_out=sum(row["held"] for row in chosen),
        warning=warning,
        treatments={row["treatment"]: (row["sent"], row["held"]) for row in chosen},
        reasons=[(row[language()], row["n"]) for row in left_out],
    )
