"""What may come of one customer, with its doubt, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.segment.language.operands import catalogue
from regulars.words import _

if TYPE_CHECKING:
    from regulars.flow.people.show import Page

#: Further ahead than that an end is not told: they may never come.
_OPEN_DAYS = 365


def foretold(page: Page, currency: str) -> None:
    """Print what may come, when enough is known to say it."""
    if page.as_of is None or not page.foretold.get("enough_data"):
        return
    out.print(_("What may come, as seen on {day}", day=values.day(page.as_of)), style="bold")
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    known = catalogue()
    for name, said in (
        ("next_order_day", _next_order(page)),
        ("no_order_30d", values.share(_number(page, "no_order_30d"))),
        ("no_order_90d", values.share(_number(page, "no_order_90d"))),
        ("expected_orders_90d", values.number(_number(page, "expected_orders_90d"))),
        ("expected_spend_90d", _money(page, "expected_spend_90d", currency)),
        ("value_365d", _value(page, currency)),
    ):
        table.add_row(Line("  " + str(known[name].label)), Line(said))
    out.print(table)


def _next_order(page: Page) -> str:
    day, low, high = (int(_number(page, f"next_order_{name}")) for name in ("day", "low", "high"))
    return next_order(day, low, high, as_of=page.as_of or 0)


def next_order(day: int, low: int, high: int, *, as_of: int) -> str:
    """When the next order comes, in days since 1970; no day of it where most of the cases lie behind that day."""
    if high - as_of > _OPEN_DAYS and day <= low:
        return _("if at all, in eight cases of ten not before {low}", low=values.day(low))
    if high - as_of > _OPEN_DAYS:
        return _(
            "about {day}, if at all; in eight cases of ten not before {low}",
            day=values.day(day),
            low=values.day(low),
        )
    return _(
        "about {day}; in eight cases of ten between {low} and {high}",
        day=values.day(day), low=values.day(low), high=values.day(high),
    )  # fmt: skip


def _value(page: Page, currency: str) -> str:
    return _(
        "{value}; in eight cases of ten between {low} and {high}",
        value=_money(page, "value_365d", currency),
        low=_money(page, "value_365d_low", currency),
        high=_money(page, "value_365d_high", currency),
    )


def _money(page: Page, name: str, currency: str) -> str:
    return values.money(int(_number(page, name)), currency)


def _number(page: Page, name: str) -> float:
    return float(str(page.foretold[name]))
