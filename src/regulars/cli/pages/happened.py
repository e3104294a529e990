"""What happened to one customer, the newest first, for somebody at a till."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import print_table, text, whole
from regulars.words import _

if TYPE_CHECKING:
    from regulars.flow.people.show import Page
    from regulars.profile.timeline import Moment

_MOMENTS = 12


def happened(page: Page, zone: str) -> None:
    """What happened up to the evening of the page's numbers; before it, what has happened since."""
    later = [moment for moment in page.timeline if page.is_later(moment.at_us)]
    if later and page.as_of is not None:
        _listed(
            page,
            later,
            zone,
            _("What happened after {day}, so not in the numbers above", day=values.day(page.as_of)),
        )
    _listed(page, [moment for moment in page.timeline if moment not in later], zone, _("What happened"))


def answer(state: str) -> str:
    """What somebody answered to "may we write?", in a word."""
    return {"granted": _("yes"), "denied": _("no"), "withdrawn": _("withdrawn"), "unknown": _("not known")}[
        state
    ]


def _listed(page: Page, moments: Sequence[Moment], zone: str, title: str) -> None:
    if not moments:
        return
    print_table(
        (whole(_("when")), text(_("what")), whole(_("how much")), text(_("details"))),
        [
            (
                _when(moment, zone),
                _what(moment),
                _amount(moment),
                _details(page, moment),
            )
            for moment in moments[:_MOMENTS]
        ],
        title=title,
    )
    if len(moments) > _MOMENTS:
        out.print(_("and {count} more, with --json", count=len(moments) - _MOMENTS))


def _when(moment: Moment, zone: str) -> str:
    """The instant, or the day alone: the hour of an answer is often that of the day's beginning, or of the load."""
    alone = moment.day_only or moment.what == "consent"
    return values.day_of(moment.at_us, zone) if alone else values.instant(moment.at_us, zone)


def _what(moment: Moment) -> str:
    match moment.what:
        case "order":
            return _("order {id}", id=moment.title)
        case "return":
            return _("return, order {id}", id=moment.title)
        case "cancelled":
            return _("order {id}, cancelled or refunded", id=moment.title)
        case "unpaid":
            return _("order {id}, not paid", id=moment.title)
        case "consent":
            return _("may we write? {channel}", channel=values.channel(moment.title))
        case _:
            return values.event(moment.title)


def _amount(moment: Moment) -> str:
    if moment.paid is None or moment.currency is None:
        return ""
    return "–" if moment.what in ("cancelled", "unpaid") else values.money(moment.paid, moment.currency)


def _details(page: Page, moment: Moment) -> str:
    if moment.what == "consent":
        state, _space, basis = moment.detail.partition(" ")
        words = {
            "asserted": _("says a file"),
            "express": _("they said so"),
            "implied": _("they bought or asked"),
            "inquiry": _("they bought or asked"),
            "bounced": _("a message came back"),
            "complaint": _("they complained"),
        }
        return f"{answer(state)} ({words.get(basis.strip('()'), basis.strip('()'))})"
    where = ", ".join(part for part in (moment.store, values.channel(moment.channel or "")) if part)
    details = " – ".join(part for part in (where, moment.detail) if part)
    if moment.what == "order" and (touches := len(page.touches_before(moment))):
        details += " " + _("(visits and clicks before it: {touches})", touches=touches)
    return details
