"""What to ask whom, and where, on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.model.clock import day_date
from regulars.model.money import to_units
from regulars.treat.questions import ASKS, QUESTIONS
from regulars.words import _

if TYPE_CHECKING:
    from regulars.flow.asking import Asking, Place, ToAsk


def described(found: Asking, currency: str) -> dict[str, object]:
    """As JSON; money in currency units."""
    return {
        "as_of": day_date(found.as_of).isoformat(),
        "currency": currency,
        "places": [
            {
                "place": one.place,
                "location": one.location,
                "ask": one.way,
                "words": str(ASKS[one.way]),
                "orders_365d": one.orders,
                "unknown_orders_365d": one.unknown_orders,
                "unknown_share": one.unknown_share,
                "unknown_paid_365d": to_units(one.unknown_paid, currency),
                "payment": one.payment,
            }
            for one in found.places
        ],
        "questions": found.counted,
        "people": [
            {
                "rank": rank,
                "person_id": one.id,
                "name": one.name,
                "question": one.question,
                "words": str(QUESTIONS[one.question].words),
                "why": str(QUESTIONS[one.question].why),
                "place": one.place,
                "location": one.location,
                "expected_day": None if one.expected_day is None else day_date(one.expected_day).isoformat(),
                "worth": to_units(one.worth, currency),
            }
            for rank, one in enumerate(found.people, 1)
        ],
    }


def shown(found: Asking, currency: str) -> None:
    """The places, and the people."""
    if not found.places and not found.people:
        out.print(
            _("There is nothing to ask: every order is somebody's, and nothing is missing of anybody."),
            markup=False,
        )
        return
    if found.places:
        print_table(
            (
                text(_("where")), number(_("orders in a year")), number(_("of nobody")), number(_("share")),
                number(_("brought")), text(_("what to do")),
            ),
            [_place(one, currency) for one in found.places],
            title=_("Where people buy without being known, {day}", day=values.day(found.as_of)),
        )  # fmt: skip
    if found.people:
        print_table(
            (
                whole(_("customer")), text(_("name")), number(_("worth a year")), text(_("where")),
                text(_("expected")), text(_("what to ask")),
            ),
            [_person(one, currency) for one in found.people],
            title=_("What to ask whom, those worth most first"),
        )  # fmt: skip
        counted = ", ".join(
            f"{QUESTIONS[name].title} {values.count(count)}" for name, count in found.counted.items()
        )
        out.print(
            _("One question each; of how many what is missing: {counted}.", counted=counted), markup=False
        )


def _place(one: Place, currency: str) -> tuple[str, ...]:
    return (
        _where(one.place, one.location),
        values.count(one.orders),
        values.count(one.unknown_orders),
        values.share(one.unknown_share),
        values.money(one.unknown_paid, currency),
        str(ASKS[one.way]),
    )


def _person(one: ToAsk, currency: str) -> tuple[str, ...]:
    return (
        one.id,
        one.name or "–",
        values.money(one.worth, currency),
        _where(one.place, one.location),
        "–" if one.expected_day is None else values.day(one.expected_day),
        str(QUESTIONS[one.question].words),
    )


def _where(place: str, location: str | None) -> str:
    words = {
        "till": _("at the till"),
        "online": _("online"),
        "phone": _("on the phone"),
        "anywhere": _("anywhere"),
    }
    return f"{words[place]} ({location})" if location else words[place]
