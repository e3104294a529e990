"""Journey: how one person came from the first touch to each order, by the statements that count it for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.flow.facts import finished
from regulars.store.tables import events


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One time that a customer met the shop."""

    at_us: int
    day: int
    event: str
    channel: str | None
    campaign: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The way of one person, up to the evening of a shop day."""

    first_touch: Touch | None  #: None: the first order was the first that is known
    utm: dict[str, str]  #: what the link of the first touch said: utm_source, utm_medium, …
    days_to_first_order: int | None  #: from the first touch; None without an order
    touches_before_first_order: int | None
    before_orders: dict[int, list[Touch]]  #: by `order_no`, the touches since the order before it


def journey(session: Session, connection: Connection, records: list[int]) -> Journey:
    """The journey of one person, with `records` theirs; reads the relations of `compute.prepare` of them alone."""
    ways = session.rows("select * from journeys").to_pylist()
    steps = session.rows(
        "select * exclude (person) from steps_to_orders order by at_us, event, channel, campaign"
    ).to_pylist()
    came_before = [step.pop("order_no") for step in steps]
    touches = [Touch(**step) for step in steps]
    before: dict[int, list[Touch]] = {}
    for touch, order_no in zip(touches, came_before, strict=True):
        if order_no is not None:
            before.setdefault(order_no, []).append(touch)
    way = ways[0] if ways else {}
    first = touches[0] if touches and way["touched_first"] else None
    return Journey(
        first_touch=first,
        utm=_utm(connection, records, first.at_us) if first else {},
        days_to_first_order=way.get("days_to_order"),
        touches_before_first_order=way.get("touches_before_order"),
        before_orders=before,
    )


def _utm(connection: Connection, records: list[int], at_us: int) -> dict[str, str]:
    """What the links of the events of an instant said of where they came from."""
    statement = select(events.c.properties).where(
        events.c.record.in_(records), events.c.at_us == at_us, events.c.import_id.in_(finished())
    )
    said: dict[str, str] = {}
    for properties in connection.execute(statement).scalars():
        found = json.loads(properties or "{}")
        said |= {name: str(value) for name, value in found.items() if name.lower().startswith("utm")}
    return said
