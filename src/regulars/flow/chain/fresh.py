"""Fresh: who was touched since the last build, counted anew by its own statements and laid over what it made.

Norms, predictions, personas and what people say stay those of the build, and so does its evening: what is counted anew
is what the next build of that evening would count. What is made is kept until something else is touched, so that one
rule after another is counted in no time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, and_, func, or_, select, union

from regulars.engine import Session
from regulars.errors import Refused, Unavailable
from regulars.flow import Ground
from regulars.flow.chain.profiling import RULED, segment_people, tell_happened
from regulars.flow.facts import lay_out_outside, lay_out_reach, lay_out_some
from regulars.flow.turn import takes_turn
from regulars.indicators.compute import compute
from regulars.indicators.writes import read_norms
from regulars.model.clock import day_number, evening_us, from_us
from regulars.model.person import CROWD_FACTS
from regulars.profile.golden import golden_cards
from regulars.profile.outside import KINDS, from_outside
from regulars.store import ledgers
from regulars.store.rows import columns_of, fetch, fetch_where_in
from regulars.store.tables import NOBODY, consents, identity, locks, records, results, touched, unbuilt
from regulars.words import _

#: How many people are counted anew at most; of more, all are counted as the last build found them.
AT_MOST = 2_000
_MADE = "freshened"
_FACTS = pa.schema([("person", pa.int64()), ("facts_lifetime", pa.int64())])
#: What of a build stays as it is, and is read beside what is counted anew.
_KEPT = ("predictions", "voice_people", "personas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """How what is counted stands to what is known by now."""

    anew: int  #: people counted anew, for something of theirs was touched since the build
    unplaced: int  #: new records of whom nobody knows yet who they are: they are in no count
    unmatched: int  #: records touched since the last match: whose they are may yet change
    passed_over: (
        int  #: touched records that are counted as the last build found them: they are too many, another
    )
    #: command is at work on the shop, or they are of an account of many people


def laid_over(session: Session, ground: Ground, names: Sequence[str], prefix: str = "") -> None:
    """Make these relations of `RULED` as of the last build, with whom was touched since laid over.

    They are named with the prefix. `Refused` before the first build.
    """
    fresh = freshened(ground)
    with ground.store.read() as connection:
        found = {name: ground.lake.result(connection, name) for name in names}
        over = {name: ground.lake.result(connection, f"fresh_{name}") for name in ("people", *names)}
        behind = _is_behind(connection)
    for name, built in found.items():
        if built is None:
            raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
        newer, people = over[name], over["people"]
        if fresh is None or not fresh.anew or behind or newer is None or people is None:
            session.parquet(prefix + name, [built[0]], pa.schema([]))
            continue
        lay_over(session, prefix + name, built[0], newer[0], people[0])


def lay_over(session: Session, name: str, built: Path, fresh: Path, people: Path) -> None:
    """Make a relation of two files: what is fresh, and what was built of all but the `people` it is of."""
    session.parquet("fresh_people", [people], pa.schema([]))
    session.parquet(f"built_{name}", [built], pa.schema([]))
    session.parquet(f"fresh_{name}", [fresh], pa.schema([]))
    session.view(
        name,
        f"select * from built_{name} where person not in (select person from fresh_people)"
        f" union all by name select * from fresh_{name}",
    )


def freshened(ground: Ground) -> Fresh | None:
    """What is counted anew, which is made when it is not there yet; None when nothing was touched or can be made."""
    with ground.store.read() as connection:
        mark = _mark(connection)
        made = ledgers.recall(connection, _MADE)
    if mark is None:
        return None
    kept = json.loads(made) if made else {}
    if kept.get("mark") == mark:
        return Fresh(**kept["fresh"])
    try:
        return _make(ground)
    except Unavailable:  # another command is at work: what stands is counted, and it is said
        return Fresh(anew=0, unplaced=0, unmatched=0, passed_over=mark[1] + mark[3])


def has_changed(connection: Connection, person: int) -> bool:
    """Whether a record that somebody has, or had at the last build, came, went or changed since then."""
    built_us = connection.execute(select(results.c.built_us).where(results.c.name == "profiles")).scalar()
    if built_us is None:
        return False
    span = identity.c
    changed = union(select(touched.c.record), select(unbuilt.c.record))
    later = or_(span.since_us > built_us, span.until_us > built_us)
    theirs = select(span.record).where(
        span.person == person,
        or_(later, and_(span.until_us.is_(None), span.record.in_(changed))),
    )
    return connection.execute(theirs.limit(1)).first() is not None


def _is_behind(connection: Connection) -> bool:
    """Whether what was counted anew is older than the build, for one ended since."""
    names = ("profiles", "fresh_people")
    rows = connection.execute(
        select(results.c.name, results.c.built_us).where(results.c.name.in_(names))
    ).all()
    at_us: dict[str, int] = {row.name: row.built_us for row in rows}
    return at_us.get("fresh_people", 0) < at_us.get("profiles", 0)


def _mark(connection: Connection) -> list[int] | None:
    """What tells one state of touched records from another; None when none is touched, or nothing is built."""
    built = connection.execute(select(results.c.built_us).where(results.c.name == "profiles")).scalar()
    counted = [
        connection.execute(select(func.count(), func.max(table.c.at_us)).select_from(table)).one()
        for table in (touched, unbuilt)
    ]
    if built is None or not any(count for count, _at in counted):
        return None
    return [built, *(value or 0 for one in counted for value in one)]


@takes_turn
def _make(ground: Ground) -> Fresh | None:
    """Count those anew who were touched, and keep what comes of it."""
    with ground.store.read() as connection:
        mark = _mark(connection)
        if mark is None:
            return None
        both = union(select(touched.c.record), select(unbuilt.c.record)).subquery()
        changed = [r for r in connection.execute(select(both.c.record)).scalars() if r != NOBODY]
        if len(changed) > AT_MOST:
            return _remember(ground, mark, Fresh(anew=0, unplaced=0, unmatched=0, passed_over=len(changed)))
        spans = fetch_where_in(
            connection, columns_of(identity, "record", "person", "until_us"), [identity.c.record], changed
        ).to_pylist()
        there = fetch_where_in(connection, columns_of(records, "record"), [records.c.record], changed)
        unmatched = connection.execute(select(func.count()).select_from(touched)).scalar_one()
        result = ground.lake.result(connection, "profiles")
    if result is None:
        return None
    people = {row["person"] for row in spans if row["until_us"] is None or row["until_us"] > mark[0]}
    crowds = _crowds(ground, people)
    placed = {row["record"] for row in spans if row["until_us"] is None}
    fresh = Fresh(
        anew=len(people - crowds),
        unplaced=len(set(there["record"].to_pylist()) - placed),
        unmatched=unmatched,
        passed_over=sum(row["person"] in crowds and row["until_us"] is None for row in spans),
    )
    _write(ground, sorted(people - crowds), result[1])
    return _remember(ground, mark, fresh)


def _crowds(ground: Ground, people: set[int]) -> set[int]:
    """Those of these people who are accounts of many: they are counted at builds alone."""
    with ground.store.read() as connection:
        built = ground.lake.result(connection, "indicators")
    with ground.engine.session() as session:
        session.parquet("indicators", [built[0]] if built else [], _FACTS)
        sql = f"select person from indicators where facts_lifetime > {CROWD_FACTS}"
        return people & set(session.rows(sql)["person"].to_pylist())


def _write(ground: Ground, people: list[int], day: int) -> None:
    """Write the relations of `RULED` of these people, by the statements of the build."""
    with ground.engine.session() as session, ground.store.read() as connection:
        norms = read_norms(connection, day)
        kept = {name: ground.lake.result(connection, name) for name in _KEPT}
        kinds = ground.lake.result(connection, "outside_kinds")
        lay_out_some(session, ground, connection, people)
        # of an import that was taken back, records are gone that the last match still knew
        session.table(
            "identity", session.rows("select i.* from identity as i semi join records as r using (record)")
        )
        own = session.rows("select record from identity").column("record").to_pylist()
        session.table("consents", fetch_where_in(connection, columns_of(consents), [consents.c.record], own))
        session.table("locks", fetch(connection, columns_of(locks)))
        session.table("people", golden_cards(session, ground.settings, as_of_us=ground.now_us()))
        for name, found in kept.items():
            session.parquet(name, [found[0]] if found else [], pa.schema([]))
        lay_out_reach(session)
        lay_out_outside(session, connection, _today(ground), own)
        session.parquet("known_kinds", [kinds[0]] if kinds else [], KINDS)
        until_us = evening_us(day, ground.settings.shop.time_zone)
        from_outside(session, until_us=until_us, home=ground.settings.shop.country, known_kinds="known_kinds")
        compute(session, as_of=day, currency=ground.settings.shop.currency, norms=norms)
        tell_happened(session)
        segment_people(session, ground, day)
        session.table("touched_people", pa.table({"person": pa.array(people, pa.int64())}))
        statements = {"people": "select person from touched_people order by person", **RULED}
        made = {name: _written(session, ground, name, sql, day) for name, sql in statements.items()}
    with ground.store.write() as connection:
        for name, (path, rows) in made.items():
            ground.lake.enter_result(
                connection, f"fresh_{name}", path, as_of=day, rows=rows, built_us=ground.now_us()
            )


def _today(ground: Ground) -> int:
    return day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())


def _written(session: Session, ground: Ground, name: str, sql: str, day: int) -> tuple[Path, int]:
    path = ground.lake.result_path(f"fresh_{name}", day)
    return path, session.write_parquet(sql, path)


def _remember(ground: Ground, mark: list[int], fresh: Fresh) -> Fresh:
    with ground.store.write() as connection:
        ledgers.remember(connection, _MADE, json.dumps({"mark": mark, "fresh": asdict(fresh)}))
    return fresh
