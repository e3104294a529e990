"""The timeline: all facts of one person in the order they happened, across every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, RowMapping, select

from regulars.store.rows import fetch_where_in
from regulars.store.tables import consents, events, imports, order_lines, orders, products
from regulars.words import _, shortened

#: `cancelled`: an order of which nothing was sold in the end; `unpaid`: one that nobody has paid, or not yet.
What = Literal["order", "return", "cancelled", "unpaid", "event", "consent"]
_ARTICLES = 3
_LETTERS = 90  #: of what was said that a line shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened."""

    at_us: int  #: where only the day is known: its beginning
    what: What
    source: str
    title: str  #: the order's number, the event's name, the channel consented to
    detail: str  #: what was bought, which product, the state and its basis
    paid: int | None = None  #: minor units, for orders and returns; 0 where nothing was sold or paid
    currency: str | None = None
    store: str | None = None
    channel: str | None = None
    order_no: int | None = None  #: the order's number of ours, for orders and returns
    day_only: bool = False  #: whether the source tells no hour


def timeline(connection: Connection, records: list[int], ranks: Mapping[str, int]) -> list[Moment]:
    """Everything that hangs on these records, newest first.

    An order that several sources tell stands once, as the source trusted most tells it: the smallest of `ranks`, then
    the one heard of last.
    """
    moments = [
        *_orders(connection, records, ranks),
        *_events(connection, records),
        *_consents(connection, records),
    ]
    return sorted(moments, key=lambda moment: (-moment.at_us, moment.title))


def _orders(connection: Connection, records: list[int], ranks: Mapping[str, int]) -> list[Moment]:
    line = order_lines.c
    statement = (
        select(order_lines, orders.c.order_id)
        .join(orders, orders.c.order_no == line.order_no)
        .join(imports, imports.c.import_id == line.import_id)
        .where(line.record.in_(records), line.superseded_by.is_(None), imports.c.state == "done")
        .where(line.line_kind != "evidence")
        .order_by(line.sold_at_us, line.fact)
    )
    receipts: dict[tuple[int, str, bool], list[dict[str, object]]] = {}
    for row in connection.execute(statement).mappings():
        receipts.setdefault((row["order_no"], row["source"], bool(row["is_return"])), []).append(dict(row))
    tellers: dict[int, str] = {}
    for (order, source, _returned), _lines in sorted(
        receipts.items(),
        key=lambda told: (-ranks.get(told[0][1], 100), max(int(str(line["fact"])) for line in told[1])),
    ):
        tellers[order] = source
    return [
        _receipt(lines, returned)
        for (order, source, returned), lines in receipts.items()
        if tellers[order] == source
    ]


def _receipt(lines: list[dict[str, object]], returned: bool) -> Moment:
    first = lines[0]
    named = [(line, line["product_name"] or line["product_id"]) for line in lines]
    bought = [f"{_pieces(line['quantity'])} × {name}" for line, name in named if name]
    if len(bought) > _ARTICLES:
        bought[_ARTICLES:] = [_("and {count} more", count=len(bought) - _ARTICLES)]
    return Moment(
        at_us=int(str(first["sold_at_us"])),
        what=_what(lines, returned),
        source=str(first["source"]),
        title=str(first["order_id"]),
        detail="; ".join(bought),
        paid=sum(int(str(line["paid"])) for line in lines),
        currency=str(first["currency"]),
        store=_text(first["store"]),
        channel=_text(first["channel"]),
        order_no=int(str(first["order_no"])),
        day_only=int(str(first["hour"])) < 0,
    )


def _what(lines: list[dict[str, object]], returned: bool) -> What:
    if returned:
        nothing = all(line["paid"] == 0 and float(str(line["quantity"])) > 0 for line in lines)
        return "cancelled" if nothing else "return"
    return "unpaid" if all(line["line_kind"] == "unpaid" for line in lines) else "order"


def _events(connection: Connection, records: list[int]) -> list[Moment]:
    event = events.c
    statement = (
        select(events)
        .join(imports, imports.c.import_id == event.import_id)
        .where(event.record.in_(records), event.superseded_by.is_(None), imports.c.state == "done")
    )
    found = connection.execute(statement).mappings().all()
    names = _product_names(connection, {row["product_id"] for row in found if row["product_id"]})
    return [
        Moment(
            at_us=row["at_us"],
            what="event",
            source=row["source"],
            title=row["event"],
            detail=_told(row, names.get(row["product_id"], row["product_id"]) or row["campaign"] or ""),
            channel=row["channel"],
            day_only=row["hour"] < 0,
        )
        for row in found
    ]


def _told(row: RowMapping, about: str) -> str:
    """What an event is about, and what was said of it: stars, and the beginning of the text."""
    stars = None if row["rating"] is None else _("stars: {rating}", rating=f"{row['rating']:g}")
    said = " ".join(str(row["said"] or "").split())
    cut = shortened(said, _LETTERS)
    return " · ".join(part for part in (about, stars, cut and _("“{text}”", text=cut)) if part)


def _product_names(connection: Connection, product_ids: set[str]) -> dict[str, str]:
    """What the catalogue calls products, where it names them."""
    statement = (
        select(products.c.product_id, products.c.product_name)
        .join(imports, imports.c.import_id == products.c.import_id)
        .where(products.c.superseded_by.is_(None), imports.c.state == "done")
        .where(products.c.product_name.is_not(None))
    )
    found = fetch_where_in(connection, statement, [products.c.product_id], sorted(product_ids))
    return {row["product_id"]: row["product_name"] for row in found.to_pylist()}


def _consents(connection: Connection, records: list[int]) -> list[Moment]:
    statement = select(consents).where(consents.c.record.in_(records))
    return [
        Moment(
            at_us=row["at_us"],
            what="consent",
            source=row["source"],
            title=row["channel"],
            detail=f"{row['state']} ({row['basis']})",
            channel=row["channel"],
        )
        for row in connection.execute(statement).mappings()
    ]


def _pieces(quantity: object) -> str:
    return f"{float(str(quantity)):g}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
