"""Touchpoints on a page: a table of them, and what is to be seen to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text
from regulars.model.clock import day_date
from regulars.words import _

if TYPE_CHECKING:
    from regulars.measure.touchpoints import Inventory, Touchpoint

_DAYS = ("first_day", "last_day", "gap_until")
#: Where fewer of what happens is known to be somebody's, it is worth asking who they are.
_FEW_KNOWN = 0.5


def described(found: Inventory) -> dict[str, object]:
    """As JSON: money stays in minor units, days are dates."""
    return {
        "as_of": day_date(found.as_of).isoformat(),
        "touchpoints": [
            {
                key: day_date(value).isoformat() if key in _DAYS and value is not None else value
                for key, value in asdict(one).items()
            }
            for one in found.touchpoints
        ],
        "missing": list(found.missing),
    }


def inventory(found: Inventory, currency: str) -> None:
    """One line a touchpoint and place."""
    print_table(
        (
            text(_("touchpoint")), number(_("events")), number(_("people")), number(_("known")),
            number(_("brings")), number(_("last seen")),
        ),
        [
            (
                title(one),
                values.count(one.events),
                values.count(one.people),
                values.share(one.known_share),
                _brings(one, currency),
                values.day(one.last_day),
            )
            for one in found.touchpoints
        ],
        title=_("Where the shop meets people, {day}", day=values.day(found.as_of)),
    )  # fmt: skip
    out.print(
        _(
            "Known: of its events, those of people known by name, address or card. Brings, in the last 365 days: what "
            "was ordered there; of visits, clicks and talks, what known people ordered anywhere within 30 days of "
            "one, so that an order may be told of several."
        )
    )


def notices(found: Inventory) -> None:
    """What is to be seen to: silent ones, gaps, where hardly anybody is known, what is not connected."""
    said = [notice for one in found.touchpoints for notice in _notices(one)]
    said += [
        _("Not connected: {touchpoint}. {how}", touchpoint=_kind(name), how=_how()[name])
        for name in found.missing
    ]
    if said:
        out.print()
        out.print(_("To be seen to"))
        for notice in said:
            out.print(f" · {notice}")


def title(one: Touchpoint) -> str:
    """A touchpoint, in words; with its store, or its channel where that says more."""
    plain = one.name in ("web_orders", "app_orders", "site", "app", "email", "sms", "push")
    if one.name == "orders":
        return _("orders ({source})", source=one.location)
    return _kind(one.name) if one.location is None or plain else f"{_kind(one.name)} {one.location}"


def _kind(name: str) -> str:
    words = {
        "till": _("till"), "web_orders": _("online shop"), "app_orders": _("orders in the app"),
        "site": _("website"), "app": _("app"), "in_store": _("in the store"), "email": _("e-mail"),
        "sms": _("text messages"), "push": _("notifications"), "service": _("service"), "reviews": _("reviews"),
        "other": _("something else"),
    }  # fmt: skip
    return words[name]


def _notices(one: Touchpoint) -> list[str]:
    name, said = title(one), []
    if one.name == "orders":
        said.append(
            _(
                "Somewhere: {touchpoint}, their export names neither a store nor a channel. Add a column that does.",
                touchpoint=name,
            )
        )
    if one.silent:
        said.append(
            _(
                "Silent: {touchpoint}, nothing for {days} days, since {day}. Look whether its export still runs.",
                touchpoint=name, days=values.count(one.silent_days), day=values.day(one.last_day),
            )
        )  # fmt: skip
    if one.gap_days is not None and one.gap_until is not None:
        said.append(
            _(
                "A gap: {touchpoint}, nothing between {since} and {until}. If the shop was open, load the export of "
                "these days again.",
                touchpoint=name, since=values.day(one.gap_until - one.gap_days), until=values.day(one.gap_until),
            )
        )  # fmt: skip
    if one.known_share < _FEW_KNOWN and one.name in _asking():
        said.append(
            _(
                "Few known: {touchpoint}, {share} of what happens is of people the shop knows. {how}",
                touchpoint=name, share=values.share(one.known_share), how=_asking()[one.name],
            )
        )  # fmt: skip
    return said


def _asking() -> dict[str, str]:
    """Where people can be asked who they are, and how."""
    card = _("Ask for the card, or the e-mail address for the receipt.")
    log_in = _("Ask visitors to sign in, and send what they do with their number.")
    return {
        "till": card,
        "orders": card,
        "web_orders": _("Ask for an e-mail address at the checkout, and export it."),
        "app_orders": log_in,
        "site": log_in,
        "app": log_in,
        "service": _("Ask who is calling, and write down their number or e-mail address."),
    }


def _how() -> dict[str, str]:
    """What to load, so that a touchpoint is there."""
    return {
        "till": _("Load the receipts of the till, with the store and the card."),
        "web_orders": _("Load the orders of the online shop."),
        "site": _("Load what visitors do on the site, as events: who, what, when."),
        "email": _("Load the report of the mailing tool: who got, opened and clicked what."),
        "sms": _("Load the report of text messages, if the shop sends any."),
        "service": _("Load the tickets, or the calls: who, when, what they said."),
        "reviews": _("Load the reviews: who, of what, how many stars, what they said."),
    }


def _brings(one: Touchpoint, currency: str) -> str:
    cents = one.revenue_touched_365d if one.revenue_365d is None else one.revenue_365d
    return "–" if cents is None else values.money(cents, currency)
