"""What customers may buy next, with its reason in words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from regulars import figures
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.words import LANGUAGES, Text, both

_SQL = statements(Path(__file__).with_suffix(".sql"))
_WEEK, _WEEKS_FROM, _MONTH, _MONTHS_FROM = 7, 14, 30.44, 61


def say_reasons(session: Session, only: str = "") -> None:
    """Make the view `said`: the relation `recommendations` with names of articles, `reason_en` and `reason_fr`.

    `only` is a condition on it, such as whose are wanted. Reads the relation `articles`, too.
    """
    session.view("wanted", f"select * from recommendations {only}")
    reasons = {
        "habit": both("bought {times} times, last on {day}, about {wait}", times="{times}", day="{day}", wait="{wait}"),
        "often": both("bought {times} times, last on {day}", times="{times}", day="{day}"),
        "once": both("bought once, on {day}", day="{day}"),
        "popular": both("many customers buy it"),
        "together": both("customers who bought {product} also buy it", product="{product}"),
        "taste": both("customers with similar purchases buy it"),
    }  # fmt: skip
    session.table("reasons", _said("why", reasons))
    days = session.rows(_SQL["days"]).column("last_day").to_pylist()
    session.table("days_said", _said("day", {day: _day(day) for day in days}))
    waits = session.rows(_SQL["waits"]).column("between_days").to_pylist()
    session.table("waits_said", _said("days", {wait: every(wait) for wait in waits}))
    session.view("said", _SQL["said"])


def every(days: int) -> Text:
    """How often, in words: in days, weeks or months.

    >>> every(21).en, every(7).en, every(90).en
    ('every 3 weeks', 'every 7 days', 'every 3 months')
    """
    if days >= _MONTHS_FROM:
        return both("every {count} months", count=round(days / _MONTH))
    if days >= _WEEKS_FROM:
        return both("every {count} weeks", count=round(days / _WEEK))
    return both("every {count} days", count=days) if days > 1 else both("every day")


def _day(day: int) -> Text:
    return Text(en=figures.day(day, "en"), fr=figures.day(day, "fr"))


def _said(key: str, words: Mapping[str, Text] | Mapping[int, Text]) -> pa.Table:
    of = pa.string() if key == "why" else pa.int64()
    columns: dict[str, pa.Array] = {key: pa.array(list(words), of)}
    for one in LANGUAGES:
        columns[one] = pa.array([text.in_language(one) for text in words.values()], pa.string())
    return pa.table(columns)
