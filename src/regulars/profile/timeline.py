"""The timeline: all facts of one person in the order they happened, across every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from regulars.store.tables import consents, events, imports, order_lines, orders

What = Literal["order", "return", "event", "consent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened."""

    at_us: int
    what: What
    source: str
    title: str  #: the order's number, the event's name, the channel consented to
    detail: str  #: what was bought, which product, the state and its basis
    paid: int | None = None  #: minor units, for orders and returns
    currency: str | None = None
    store: str | None = None
    channel: str | None = None
    order_no: int | None = None  #: the order's number of ours, for orders and returns


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
    bought = [
        f"{_pieces(line['quantity'])} × {line['product_name'] or line['product_id'] or '?'}" for line in lines
    ]
    more = f" + {len(bought) - 3}" if len(bought) > 3 else ""
    return Moment(
        at_us=int(str(first["sold_at_us"])),
        what="return" if returned else "order",
        source=str(first["source"]),
        title=str(first["order_id"]),
        detail=", ".join(bought[:3]) + more,
        paid=sum(int(str(line["paid"])) for line in lines),
        currency=str(first["currency"]),
        store=_text(first["store"]),
        channel=_text(first["channel"]),
        order_no=int(str(first["order_no"])),
    )


def _events(connection: Connection, records: list[int]) -> list[Moment]:
    event = events.c
    statement = (
        select(events)
        .join(imports, imports.c.import_id == event.import_id)
        .where(event.record.in_(records), event.superseded_by.is_(None), imports.c.state == "done")
    )
    return [
        Moment(
            at_us=row["at_us"],
            what="event",
            source=row["source"],
            title=row["event"],
            detail=row["product_id"] or row["campaign"] or "",
            channel=row["channel"],
        )
        for row in connection.execute(statement).mappings()
    ]


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
