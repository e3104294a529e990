"""What an order says as a whole comes to its lines: a discount is shared over them, a refund is a return on the order.

Amounts are minor units, and add up to the cent. A chunk holds whole orders.
"""

from __future__ import annotations

from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements

_SQL = Path(__file__).with_suffix(".sql")
#: Without any of these an order says nothing of itself as a whole that would come to its lines.
OF_THE_WHOLE = ("order_discount", "order_subtotal", "order_total", "refunded")
_NEAR = 2  #: minor units by which the rounding of taxes may part two sums that mean the same


def share(session: Session) -> None:
    """Make the relation `shared` of `priced`: its rows, with `off`, `tax_inside` and, one an order, `given_back`."""
    sql = statements(_SQL)
    session.create("wholes", sql["wholes"])
    session.create("reduced", sql["reduced"].format(near=_NEAR))
    discounts = {"amount": "off_here", "base": "gross", "total": "lines_gross"}
    session.create("discounted", sql["shared"].format(relation="reduced", name="off", **discounts))
    taxes = {"amount": "tax_here", "base": "(gross - off)", "total": "(lines_gross - off_here)"}
    session.create("taxed", sql["shared"].format(relation="discounted", name="tax_inside", **taxes))
    session.create("shared", sql["given_back"])


def share_nothing(session: Session) -> None:
    """Make the relation `shared` of orders that say nothing of themselves as a whole: the same, and much sooner."""
    session.view("shared", statements(_SQL)["nothing_shared"])
