"""Which articles and categories of a cohort stand out: more came true of who had them than of those alike, or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from regulars.measure.assortment.cohorts import Cohort
from regulars.measure.assortment.evidence import Flags, Floats, Ints, Shares, alike_expected, shares
from regulars.measure.assortment.findings import LEADING, MOST, Finding, Footing, Kind, Scope
from regulars.measure.assortment.reasons import Beside, Had, compared, count, in_both, percent
from regulars.words import both

PEOPLE = 200  #: in a cohort, to say anything
CAME = 20  #: of whom it came true, and of whom it did not
HAD = 20  #: who had an article, to say anything of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """The articles, by their number, and the categories."""

    ids: Sequence[str]
    names: Sequence[str]
    category: Ints  #: of each article, a place in `categories`; -1: none
    categories: Sequence[str]


def won(cohort: Cohort, goods: Goods, scope: Scope) -> tuple[list[Finding], Footing]:
    """What those begin with who become regulars."""
    kept = scope.holds(cohort.place, cohort.persona)
    n, share = _ground(cohort, kept)
    if not _enough(n, share):
        return [], Footing(
            kind="wins", enough=False, n=n, days=cohort.days,
            note=both(
                "What wins regulars takes {needed} customers who began {days} days ago or more, {came} of whom became"
                " regulars and {came} did not; so far: {n} and {there}.",
                needed=PEOPLE, days=cohort.days, came=CAME, n=n, there=round(n * share),
            ),
        )  # fmt: skip
    note = in_both(
        "Of {n} customers whose first order is known, {share} became regulars within {days} days: three orders or more,"
        " more than three fifths of all have, and still coming.",
        n=count(n), share=percent(share), days=count(cohort.days),
    )  # fmt: skip
    found, compared = _standing_out(cohort, goods, kept, ("first_order",), ("wins", "passes"))
    return found, Footing(
        kind="wins", enough=True, n=n, share=share, days=cohort.days, compared=compared, note=note
    )


def lost(cohort: Cohort, goods: Goods, scope: Scope) -> tuple[list[Finding], Footing]:
    """What regulars had who stayed away, and who did not."""
    kept = scope.holds(cohort.place, cohort.persona)
    n, share = _ground(cohort, kept)
    if not _enough(n, share):
        return [], Footing(
            kind="loses", enough=False, n=n, days=cohort.days,
            note=both(
                "What loses regulars takes {needed} times that one was looked at, {came} of them followed by {days}"
                " days without an order and {came} not; so far: {n} and {there}.",
                needed=PEOPLE, days=cohort.days, came=CAME, n=n, there=round(n * share),
            ),
        )  # fmt: skip
    note = in_both(
        "{n} times a regular was looked at on an evening of the past: {share} then stayed away for {days} days.",
        n=count(n), share=percent(share), days=count(cohort.days),
    )  # fmt: skip
    found, compared = _standing_out(
        cohort, goods, kept, ("bought", "returned", "complained"), ("loses", "keeps")
    )
    return found, Footing(
        kind="loses", enough=True, n=n, share=share, days=cohort.days, compared=compared, note=note
    )


def tried(cohort: Cohort, kept: Flags, how: str, group: Ints) -> tuple[Ints, Shares]:
    """The groups of articles that enough people of a cohort had, and what came of these people."""
    row, item = cohort.had[how]
    of = group[item] if len(group) else item
    mine = kept[row] & (of >= 0)
    groups = int(group.max(initial=-1)) + 1
    key = np.unique(row[mine] * max(groups, 1) + of[mine])
    row, of = key // max(groups, 1), key % max(groups, 1)
    due: Floats = np.zeros(len(kept))
    due[kept] = alike_expected(cohort.stratum[kept], cohort.came[kept])
    people = np.bincount(of, minlength=groups)
    came = np.bincount(of, weights=cohort.came[row], minlength=groups).astype(np.int64)
    expected = np.asarray(np.bincount(of, weights=due[row], minlength=groups), dtype=float)
    # who is all that is known of their stratum, or nearly, is compared with nobody
    enough = np.flatnonzero((people >= HAD) & (2 * people <= kept.sum()))
    return enough, shares(people[enough], came[enough], expected[enough])


def _standing_out(
    cohort: Cohort, goods: Goods, kept: Flags, had: Sequence[Had], kinds: tuple[Kind, Kind]
) -> tuple[list[Finding], int]:
    """What stands out, and how many were compared."""
    found, compared = [], 0
    articles = np.arange(len(goods.ids))
    groups = (
        ("article", articles, goods.ids, goods.names),
        ("category", goods.category, *[goods.categories] * 2),
    )
    for how, (of, group, keys, names) in product(had, groups):
        which, marks = tried(cohort, kept, how, group)
        compared += len(which)
        stands = (
            (kinds[0], marks.above, MOST),
            (kinds[1], marks.below, MOST),
            (kinds[0], marks.leads, LEADING),
        )
        for kind, places, most in stands:
            found += [
                _finding(marks, at, kind, how, of, (keys[which[at]], names[which[at]]), cohort.days)
                for at in _strongest(places, which, marks)[:most]
            ]
    return found, compared


def _strongest(places: Flags, which: Ints, marks: Shares) -> list[int]:
    found = np.flatnonzero(places)
    return [int(at) for at in found[np.lexsort((which[found], -marks.strength[found]))]]


def _finding(
    marks: Shares, at: int, kind: Kind, how: Had, of: str, named: tuple[str, str], days: int
) -> Finding:
    sure = bool(marks.above[at] or marks.below[at])
    low, high = (float(marks.low[at]), float(marks.high[at])) if sure else marks.plain(at)
    what = Beside(
        people=int(marks.people[at]), share=float(marks.share[at]), alike=float(marks.alike[at]), low=low, high=high,
        sure=sure,
    )  # fmt: skip
    return Finding(
        kind=kind, how=how, of=of, key=named[0], name=named[1], sure=sure, people=what.people, share=what.share,
        alike=what.alike, low=low, high=high, chance=float(marks.chance[at]),
        reason=compared(how, named[1], days, what),
    )  # fmt: skip


def _ground(cohort: Cohort, kept: Flags) -> tuple[int, float]:
    n = int(kept.sum())
    return n, float(cohort.came[kept].mean()) if n else 0.0


def _enough(n: int, share: float) -> bool:
    return n >= PEOPLE and min(n * share, n * (1 - share)) >= CAME - 0.5
