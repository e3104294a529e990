"""Where the shop meets people, as of the evening of the last build."""

from __future__ import annotations

from regulars.engine import Session
from regulars.errors import Refused
from regulars.flow import Ground
from regulars.flow.facts import lay_out
from regulars.indicators.compute import prepare
from regulars.measure.touchpoints import Inventory, inventory
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import people
from regulars.words import _


def touchpoints(session: Session, ground: Ground) -> Inventory:
    """Every touchpoint, and the usual ones that are missing; `Refused` before the first build."""
    as_of = walk_to_orders(session, ground)
    return inventory(session, as_of=as_of, currency=ground.settings.shop.currency)


def walk_to_orders(session: Session, ground: Ground) -> int:
    """Lay out what people touched before each order, and their golden cards; the evening of the last build."""
    with ground.store.read() as connection:
        built = ground.lake.result(connection, "indicators")
        if built is None:
            raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
        lay_out(session, ground, connection)
        session.table(people.name, fetch(connection, columns_of(people)))
    prepare(session, ("orders", "steps_to_orders"), as_of=built[1], currency=ground.settings.shop.currency)
    return built[1]
