"""People who are looked at together: those who began at the shop, and regulars on some evenings of the past.

Of each it is known what came true later (they became regulars; they stayed away), with whom they are compared, and
which articles they had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.measure.assortment.evidence import Flags, Ints, binned
from regulars.measure.assortment.visits import Visits

_SQL = statements(Path(__file__).with_name("purchases.sql"))
#: How long beginners are looked at, the longest for which a third of all have been seen so long.
HORIZONS = (365, 180, 90)
#: How long somebody must stay away to be away, the shortest after which most regulars would have lapsed.
_AWAY = (30, 60, 90, 120, 180)
_AWAY_GAPS = 2.5
_EVENINGS = 4  #: in the past, on which regulars are looked at
_MOST = 100_000  #: regulars an evening
_QUARTER = 91


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Some people, or people on some evenings, a row each."""

    days: int  #: how long each was looked at
    came: Flags  #: whether it came true
    stratum: Ints  #: those of one stratum are alike
    place: Ints  #: a place in `Visits.places`; -1: nobody told
    persona: Ints
    #: How they had articles -> rows and articles: "first_order"; "bought", "returned", "complained".
    had: Mapping[str, tuple[Ints, Ints]]

    def rows(self) -> int:
        """How many there are."""
        return len(self.came)


def beginners(session: Session, seen: Visits, as_of: int, since: int) -> Cohort:
    """Those whose first order is known and old enough; it came true when they became regulars.

    Whose first known order is of the first days of the data was a customer before. Alike are those who began in the
    same quarter with about as many articles.
    """
    known_from = max(since, int(seen.day.min(initial=as_of)) + int(2 * seen.gap_days))
    known = seen.first_day > known_from
    days = next(
        (h for h in HORIZONS if 3 * (known & (seen.first_day <= as_of - h)).sum() >= known.sum()),
        HORIZONS[-1],
    )
    chosen = known & (seen.first_day <= as_of - days)
    regular = seen.regular(seen.first_day + days, chosen)
    rows = np.flatnonzero(chosen)
    _ask(session, seen.ids[rows], seen.first_day[rows])
    had = _had(session.rows(_SQL["bought_first"]), seen.ids[rows])
    articles = np.bincount(had[0], minlength=len(rows))
    quarter = (as_of - seen.first_day[rows]) // _QUARTER
    return Cohort(
        days=days,
        came=regular[rows],
        stratum=quarter * 8 + binned(articles, 8),
        place=seen.place[seen.start[:-1]][rows],
        persona=seen.persona[rows],
        had={"first_order": had},
    )


def regulars(session: Session, seen: Visits, as_of: int, since: int) -> Cohort:
    """Regulars on some evenings, a row an evening; it came true when no order followed for long.

    Alike are those of the same evening who had ordered about as often, about as lately for their own rhythm, and about
    as many articles.
    """
    days = _away(seen, as_of)
    evenings = [as_of - n * days for n in range(1, _EVENINGS + 1) if as_of - n * days - days > since]
    parts = [_on(session, seen, evening, days, n) for n, evening in enumerate(evenings)]
    none = Cohort(
        days=days, came=np.zeros(0, bool), stratum=_NONE, place=_NONE, persona=_NONE,
        had=dict.fromkeys(("bought", "returned", "complained"), (_NONE, _NONE)),
    )  # fmt: skip
    parts.insert(0, none)
    before = np.cumsum([0, *(part.rows() for part in parts)])
    had = {
        how: (
            np.concatenate([part.had[how][0] + at for part, at in zip(parts, before, strict=False)]),
            np.concatenate([part.had[how][1] for part in parts]),
        )
        for how in none.had
    }
    came, stratum, place, persona = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("came", "stratum", "place", "persona")
    )
    return Cohort(days=days, came=came, stratum=stratum, place=place, persona=persona, had=had)


_NONE: Ints = np.zeros(0, np.int64)


def _away(seen: Visits, as_of: int) -> int:
    """After how many days without an order a regular has stayed away."""
    evening = np.full(len(seen.ids), as_of)
    often = seen.until(evening) >= 3
    if not often.any():
        return _AWAY[-1]
    span = seen.day[seen.last_until(evening)] - seen.first_day
    usual = float(np.median(span[often] / (seen.until(evening)[often] - 1)))
    return next((days for days in _AWAY if days >= _AWAY_GAPS * usual), _AWAY[-1])


def _on(session: Session, seen: Visits, evening: int, days: int, number: int) -> Cohort:
    on = np.full(len(seen.ids), evening)
    rows = np.flatnonzero(seen.regular(on, seen.until(on) > 0))
    rows = rows[:: max(1, -(-len(rows) // _MOST))]
    after = seen.until(on + days)[rows] == seen.until(on)[rows]
    _ask(session, seen.ids[rows], on[rows])
    between = {"after": evening - days, "until": evening}
    had = {
        how: _had(session.rows(_SQL[name].format(**between)), seen.ids[rows])
        for how, name in (
            ("bought", "bought_between"),
            ("returned", "brought_back"),
            ("complained", "complained_of"),
        )
    }
    articles = np.bincount(had["bought"][0], minlength=len(rows))
    alike = (binned(seen.until(on)[rows], 3) * 3 + binned(seen.waited(on)[rows], 3)) * 3 + binned(articles, 3)
    return Cohort(
        days=days,
        came=after,
        stratum=number * 27 + alike,
        place=seen.place[seen.last_until(on)][rows],
        persona=seen.persona[rows],
        had=had,
    )


def _ask(session: Session, people: Ints, days: Ints) -> None:
    session.table("asked_people", pa.table({"person": people, "day": days}))


def _had(rows: pa.Table, people: Ints) -> tuple[Ints, Ints]:
    """Rows of a cohort and articles, in order."""
    row = np.searchsorted(people, rows.column("person").to_numpy().astype(np.int64))
    item = rows.column("item").to_numpy().astype(np.int64)
    order = np.lexsort((item, row))
    return row[order], item[order]
