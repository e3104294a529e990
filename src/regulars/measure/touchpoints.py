"""Touchpoints: every place where the shop meets people, how much happens there, with how many that it knows, what it
brings, whether it has fallen silent; and the usual ones of which nothing was ever heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.channels import IN_APP, IN_STORE, ON_SITE, listed

_SQL = statements(Path(__file__).with_suffix(".sql"))
_VISITS = (
    "Page Viewed", "Product Viewed", "Product List Viewed", "Products Searched", "Product Clicked", "Product Added",
    "Product Removed", "Cart Viewed", "Checkout Started", "Product Shared", "Signed Up", "Signed In",
)  # fmt: skip
#: The touchpoints that most shops have, the nearest to the money first.
USUAL = ("till", "web_orders", "site", "email", "sms", "service", "reviews")
_PLACES = ("till", "web_orders")
#: An order within so many days of a touch was touched by it.
TOUCHED_DAYS = 30
#: Silence is told from so many days on, when the touchpoint was never silent for longer.
_SILENT_FROM_DAYS = 7
#: A gap is told when it is so many days long, and so many times the usual wait.
_GAP_FROM_DAYS, _GAP_WAITS = 7, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """A place where people meet the shop, up to the evening of a shop day."""

    name: str  #: till, web_orders, app_orders, orders, site, app, in_store, email, sms, push, service, reviews, other
    location: str | None  #: which of several: a store, a channel; of orders that name neither, their source
    sources: str  #: where it is heard of, parted by commas
    events: int  #: orders, or what was done there
    people: int  #: known people among those who did it: by name, address or card
    known_share: float  #: of its events, those of known people; 0..1
    revenue_365d: int | None  #: what was ordered there, in minor units; None where nothing is ordered
    revenue_touched_365d: int | None  #: what known people ordered, anywhere, within 30 days of a touch there
    first_day: int
    last_day: int
    days: int  #: days on which something happened
    silent_days: int  #: since the last
    silent: bool  #: for longer than it ever was
    gap_days: int | None  #: its longest stretch without anything, when that is odd
    gap_until: int | None  #: the day on which it was heard of again


#: The same as a table.
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("name", "location", "sources")),
        *((name, pa.int64()) for name in ("events", "people")),
        ("known_share", pa.float64()),
        *(
            (name, pa.int64())
            for name in ("revenue_365d", "revenue_touched_365d", "first_day", "last_day", "days")
        ),
        ("silent_days", pa.int64()),
        ("silent", pa.bool_()),
        *((name, pa.int64()) for name in ("gap_days", "gap_until")),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Where the shop meets people."""

    as_of: int
    touchpoints: tuple[Touchpoint, ...]  #: the most money first, then the most events
    missing: tuple[str, ...]  #: usual touchpoints of which nothing is known


def inventory(session: Session, *, as_of: int, currency: str) -> Inventory:
    """Every touchpoint up to the evening of a day.

    Reads `order_lines`, `happenings`, `rates`, `identity`, `people` (golden cards), and what `compute.prepare` makes:
    `orders`, `steps_to_orders`.
    """
    words = {"in_store": listed(IN_STORE), "in_app": listed(IN_APP), "on_site": listed(ON_SITE)}
    words["visits"] = listed(_VISITS)
    of_event = {name: _SQL[name].format(**words) for name in ("touchpoint", "location")}
    session.view("known", _SQL["known"])
    session.create("met", _SQL["met"].format(as_of=as_of, currency=currency, **words, **of_event))
    gaps = {
        (row["touchpoint"], row["location"]): row for row in session.rows(_SQL["longest_gaps"]).to_pylist()
    }
    touched = session.rows(_SQL["touched"].format(days=TOUCHED_DAYS, **of_event)).to_pylist()
    revenue = {(row["touchpoint"], row["location"]): row["revenue_touched_365d"] for row in touched}
    found = [
        _touchpoint(row, gaps.get(of, {}), revenue.get(of), as_of)
        for row in session.rows(_SQL["inventory"].format(as_of=as_of)).to_pylist()
        for of in [(row["touchpoint"], row["location"])]
    ]
    found.sort(key=_by_money)
    there = {one.name for one in found}
    somewhere = "orders" in there  # that may be the till, or the online shop: the export does not say
    return Inventory(
        as_of=as_of,
        touchpoints=tuple(found),
        missing=tuple(name for name in USUAL if name not in there and not (somewhere and name in _PLACES)),
    )


def _touchpoint(
    row: dict[str, object], gap: dict[str, object], touched: int | None, as_of: int
) -> Touchpoint:
    name, first, last, days = (
        str(row["touchpoint"]),
        _int(row["first_day"]),
        _int(row["last_day"]),
        _int(row["days"]),
    )
    longest = _int(gap.get("gap_days", 0))
    usual = (last - first) / max(days - 1, 1)
    odd = longest >= _GAP_FROM_DAYS and longest >= _GAP_WAITS * usual
    told = {
        key: row[key] for key in ("location", "sources", "events", "people", "known_share", "revenue_365d")
    }
    return Touchpoint(
        name=name,
        **told,  # type: ignore[arg-type]  # a row of the engine
        revenue_touched_365d=touched,
        first_day=first,
        last_day=last,
        days=days,
        silent_days=as_of - last,
        silent=as_of - last > max(longest, _SILENT_FROM_DAYS),
        gap_days=longest if odd else None,
        gap_until=_int(gap["gap_until"]) if odd else None,
    )


def _by_money(one: Touchpoint) -> tuple[int, int, str, str]:
    money = one.revenue_365d if one.revenue_365d is not None else one.revenue_touched_365d
    return -(money or 0), -one.events, one.name, one.location or ""


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
