"""What people want and cannot have: what they used to buy, look at, ask for or search for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars import figures
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.measure.assortment.evidence import FALSE_DISCOVERIES, counted_between, false_discovery
from regulars.measure.assortment.findings import MOST, Finding, Footing, Scope
from regulars.measure.assortment.reasons import count, in_both, missing
from regulars.measure.assortment.visits import Visits
from regulars.words import Text, both

_SQL = statements(Path(__file__).with_suffix(".sql"))
_OFTEN = 3  #: receipts after which somebody bought it again and again
_GONE_DAYS = 730  #: what went longer ago is missed no more
_LOOKED_DAYS, _SAID_DAYS = 90, 365
#: How many people it takes to name what they miss; whoever writes it has said so.
LEAST: Mapping[str, int] = {"out_of_stock": 3, "not_sold": 3, "viewed": 5, "searched": 5, "asked": 1}
_DAYS: Mapping[str, int] = {"out_of_stock": 365, "not_sold": 365, "viewed": _LOOKED_DAYS, "asked": _SAID_DAYS,
                            "searched": _SAID_DAYS}  # fmt: skip
_HOW = tuple(LEAST)


def missed(session: Session, seen: Visits, as_of: int) -> pa.Table:
    """Who misses what: how, key, person, times, paid (minor units in a year), place, persona."""
    session.create("gone_articles", _SQL["gone"])
    parts = [
        session.rows(_SQL["missed"].format(as_of=as_of, days=_GONE_DAYS, often=_OFTEN)).rename_columns(
            _NAMES
        ),
        session.rows(_SQL["looked_at"].format(days=_LOOKED_DAYS)).rename_columns(_NAMES),
        session.rows(_SQL["asked_for"].format(as_of=as_of, days=_SAID_DAYS)).rename_columns(_NAMES),
        _searched(session.rows(_SQL["searched"])),
    ]
    whole = pa.concat_tables([part.cast(_SCHEMA) for part in parts])
    person = whole.column("person").fill_null(-1).to_numpy().astype(np.int64)
    at = np.searchsorted(seen.ids, person).clip(max=max(len(seen.ids) - 1, 0))
    known = seen.ids[at] == person if len(seen.ids) else np.zeros(len(person), bool)
    home = seen.place[seen.start[1:] - 1] if len(seen.ids) else seen.place
    for name, codes in (("place", home), ("persona", seen.persona)):
        found = np.full(len(person), -1, np.int64)
        found[known] = codes[at[known]]
        whole = whole.append_column(name, pa.array(found))
    return whole


_NAMES = ["how", "key", "person", "times", "paid"]
_SCHEMA = pa.schema(
    [
        ("how", pa.string()),
        ("key", pa.string()),
        ("person", pa.int64()),
        ("times", pa.int64()),
        ("paid", pa.int64()),
    ]
)


def _searched(rows: pa.Table) -> pa.Table:
    """Who searched in vain: for words that nothing is found for, or that people leave more often than other words."""
    from scipy.special import bdtrc

    words, key = np.unique(np.array(rows.column("key").to_pylist(), dtype=str), return_inverse=True)
    if not len(words):
        return _SCHEMA.empty_table()
    vain = rows.column("vain").to_numpy().astype(np.int64)
    people, without = np.bincount(key), np.bincount(key, weights=vain).astype(np.int64)
    nothing = np.zeros(len(words), bool)
    np.logical_or.at(nothing, key, rows.column("found").fill_null(-1).to_numpy() == 0)
    chance = np.where(without > 0, bdtrc(np.maximum(without - 1, 0), people, min(vain.mean(), 1 - 1e-9)), 1.0)
    tried = people >= LEAST["searched"]
    named = nothing.copy()
    named[tried] |= false_discovery(chance[tried]) <= FALSE_DISCOVERIES
    kept = pa.array(named[key] & (vain > 0))
    # a visitor is the record they are known by
    person = pc.if_else(
        rows.column("person").is_valid(), rows.column("person"), pc.negate(rows.column("record"))
    )
    return pa.table(
        {"how": pa.array(["searched"] * rows.num_rows), "key": rows.column("key"), "person": person,
         "times": rows.column("times"), "paid": pa.nulls(rows.num_rows, pa.int64())}
    ).filter(kept)  # fmt: skip


def stock_told(session: Session) -> Text | None:
    """Of which day the stock is that was counted with, or that none is known of then; none where none was ever told."""
    (told,) = session.rows("select known_day, first_day from stock_told").to_pylist()
    if told["first_day"] is None:
        return None
    if told["known_day"] is None:
        return in_both(
            "What was in stock on that day is not known: stock was first told on {day}. A build without `--as-of` uses"
            " the newest.",
            day=lambda spoken: figures.day(told["first_day"], spoken),
        )
    return in_both(
        "What is in stock is as it was told up to {day}.",
        day=lambda spoken: figures.day(told["known_day"], spoken),
    )


def lacking(
    rows: pa.Table, scope: Scope, names: Mapping[str, str], currency: str, stock: Text | None
) -> tuple[list[Finding], Footing]:
    """What most people of a scope miss, what they spent on it first."""
    inside = scope.holds(rows.column("place").to_numpy(), rows.column("persona").to_numpy())
    found: dict[tuple[str, str | None], tuple[int, int, int]] = {}
    for row in rows.filter(pa.array(inside)).to_pylist():
        of = row["how"], row["key"]
        people, times, paid = found.get(of, (0, 0, 0))
        found[of] = people + 1, times + row["times"], paid + (row["paid"] or 0)
    kept = [one for one in found.items() if one[1][0] >= LEAST[one[0][0]]]
    kept.sort(key=lambda one: (_HOW.index(one[0][0]), -one[1][2], -one[1][0], one[0][1] or ""))
    findings = [
        _finding(how, key, counted, names, currency)
        for how in _HOW
        for (of, key), counted in _first(kept, how)
        if of == how
    ]
    n = len(set(rows.filter(pa.array(inside)).column("person").to_pylist()))
    return findings, Footing(kind="missing", enough=bool(findings), n=n, note=_note(n, stock))


Counted = tuple[tuple[str, str | None], tuple[int, int, int]]


def _first(kept: Sequence[Counted], how: str) -> list[Counted]:
    return [one for one in kept if one[0][0] == how][:MOST]


def _finding(
    how: str, key: str | None, counted: tuple[int, int, int], names: Mapping[str, str], currency: str
) -> Finding:
    people, times, paid = counted
    worth = paid if how in ("out_of_stock", "not_sold") else None
    told = times if how == "asked" else people
    name = names.get(key or "", key or "")
    low, high = counted_between(told)
    reason = missing(how, name, (told, low, high), worth, currency, _DAYS[how])
    of = "words" if how == "searched" else "article"
    return Finding(
        kind="missing",
        how=how,
        of=of,
        key=key or "",
        name=name,
        people=told,
        low=low,
        high=high,
        worth_a_year=worth,
        reason=reason,
    )


def _note(n: int, stock: Text | None) -> Text:
    said = (
        in_both(
            "{n} people used to buy, looked at, asked for or searched for what they cannot have.", n=count(n)
        )
        if n
        else both(
            "Nothing is known to be missed. Stock in the files of articles, searches on the site, reviews and requests"
            " would tell."
        )
    )
    return Text(en=f"{said.en} {stock.en}", fr=f"{said.fr} {stock.fr}") if stock else said
