"""Who is who, from beginning to end: identifiers, model, groups, ids, evidence."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Engine, Session
from regulars.engine.statements import statements
from regulars.match import evidence, exact, identity, pairs, training, verdicts
from regulars.match.cluster import LARGEST, Links, Numbers, components, group
from regulars.match.contradictions import judge
from regulars.match.records import make_cards, read_records
from regulars.settings import MatchSettings, Settings
from regulars.store import Store
from regulars.words import _

SQL = statements(Path(__file__).with_name("run.sql"))
Progress = Callable[[str], None]
#: A model is learnt anew when the records have grown or shrunk by this share since.
_STALE = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """What a run found."""

    records: int
    people: int
    auto_merged: int  #: records that joined an earlier record of the same person, without a human
    to_review: int  #: pairs that a human should look at
    seconds: float
    model: str | None  #: version of the model; None when there are too few records for one
    untrained: tuple[str, ...] = ()  #: fields that the records have and that could not be learnt


def match(
    store: Store, engine: Engine, settings: Settings, *, now_us: int, progress: Progress | None = None
) -> MatchReport:
    """Find out which records are the same person, and write what changed.

    On unchanged records nothing is written and no id changes.
    """
    began = time.perf_counter()
    say = progress or (lambda _sentence: None)
    with engine.session() as session:
        say(_("reading the records"))
        with store.read() as connection:
            size = read_records(connection, session)
            session.table("standing", verdicts.standing(connection))
            past = identity.read_past(connection)
        kinds = make_cards(session, settings.match)
        exact.link(session)
        say(_("learning what agreement is worth"))
        model = _model(store, session, kinds, size, now_us)
        say(_("comparing {records} records", records=size))
        pairs.score(session, model.model if model else None, settings.match.review)
        links, columns = _links(session, settings.match, model.version if model else None)
        groups = group(size, columns, _told_apart(session), lambda label: _vetoed(session, label))
        say(_("writing who is who"))
        records = session.rows("select record from numbered order by card")["record"].to_numpy()
        order = np.argsort(records)
        person = np.empty(size, np.int64)
        person[order] = identity.write(store, past, records[order], groups.label[order], now_us)
        evidence.write_links(store, session, links.filter(pa.array(groups.used)), now_us)
        _group_table(session, person)
        review = session.rows(pairs.SQL["review_pairs"], _limits(settings.match))
        evidence.write_review(store, review)
        by_itself = groups.used & ~columns.human
        return MatchReport(
            records=size,
            people=len(np.unique(person)),
            auto_merged=size - len(np.unique(components(size, columns.a[by_itself], columns.b[by_itself]))),
            to_review=review.num_rows,
            seconds=round(time.perf_counter() - began, 2),
            model=model.version if model else None,
            untrained=model.model.untrained if model else (),
        )


def _model(
    store: Store, session: Session, kinds: tuple[str, ...], size: int, now_us: int
) -> evidence.KeptModel | None:
    """The model kept, while it fits the shop; else one learnt now."""
    kept = evidence.last_model(store)
    if kept and kept.model.kinds == kinds and abs(size - kept.model.records) <= _STALE * kept.model.records:
        return kept
    learnt = training.train(session, kinds)
    return evidence.keep_model(store, learnt, now_us) if learnt else None


def _links(session: Session, settings: MatchSettings, version: str | None) -> tuple[pa.Table, Links]:
    """Every link, as rows of evidence and as columns to group by."""
    session.create("model_links", pairs.SQL["model_links"], {"threshold": settings.threshold})
    session.create("every_link", SQL["every_link"], {"version": version})
    found = session.rows("select * from every_link order by a, b, kind, rule")
    columns = Links(
        a=found["a"].to_numpy(),
        b=found["b"].to_numpy(),
        strength=found["strength"].to_numpy(),
        model=found["kind"].to_numpy() == "model",
        human=found["kind"].to_numpy() == "human",
    )
    return found.drop_columns(["a", "b", "strength"]), columns


def _told_apart(session: Session) -> set[tuple[int, int]]:
    session.create("told_apart", SQL["told_apart"])
    return _pairs(session.rows("select a, b from told_apart"))


def _vetoed(session: Session, label: Numbers) -> set[tuple[int, int]]:
    """Pairs inside the groups that contradict each other."""
    _group_table(session, label)
    judge(session, "inside", pairs.SQL["pairs_in_groups"].format(largest=LARGEST))
    return _pairs(session.rows(pairs.SQL["torn"]))


def _group_table(session: Session, label: Numbers) -> None:
    session.table("labels", pa.table({"card": np.arange(len(label)), "person": label}))
    session.create("grouped", SQL["grouped"])


def _pairs(table: pa.Table) -> set[tuple[int, int]]:
    return set(zip(table["a"].to_pylist(), table["b"].to_pylist(), strict=True))


def _limits(settings: MatchSettings) -> dict[str, object]:
    return {"threshold": settings.threshold, "review": settings.review}
