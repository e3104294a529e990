"""The baseline on a page: the first figures beside those of today, and the months after a first order."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.model.clock import day_date
from regulars.words import _

if TYPE_CHECKING:
    from regulars.measure.baseline import Baseline

#: The months after a first order that a terminal has room for.
_SHOWN = (1, 2, 3, 6, 12)


def described(one: Baseline) -> dict[str, object]:
    """As JSON: money stays in minor units, and says so."""
    return {
        "as_of": day_date(one.as_of).isoformat(),
        "figures": {name: {"value": value, "unit": unit} for name, (value, unit) in one.figures.items()},
        "cohorts": [asdict(cohort) for cohort in one.cohorts],
    }


def compared(then: Baseline, now: Baseline, currency: str) -> None:
    """Every figure, then and now; a figure that was not yet told then is a dash."""
    titles = _titles()
    print_table(
        (text(_("figure")), number(values.day(then.as_of)), number(values.day(now.as_of))),
        [
            (title, _said(then, name, currency), _said(now, name, currency))
            for name, title in titles.items()
            if name in now.figures
        ],
        title=_("The baseline, and the last build"),
    )


def cohorts(now: Baseline) -> None:
    """Of those who first bought in a month, who bought again so many months after."""
    if not now.cohorts:
        return
    out.print()
    print_table(
        (whole(_("first order in")), number(_("buyers")), *(number(f"+{after}") for after in _SHOWN)),
        [
            (
                one.month,
                values.count(one.buyers),
                *(
                    values.share(one.came_again[after]) if after in one.came_again else "–"
                    for after in _SHOWN
                ),
            )
            for one in now.cohorts
        ],
        title=_("Who bought again, so many months after the first order"),
    )


def _said(one: Baseline, name: str, currency: str) -> str:
    if name not in one.figures:
        return "–"
    value, unit = one.figures[name]
    match unit:
        case "cents":
            return values.money(round(value), currency)
        case "share":
            return values.share(value)
        case "score":
            return values.decimal(value, 2)
        case _:
            return values.count(int(value))


def _titles() -> dict[str, str]:
    return {
        "people": _("people known"),
        "buyers": _("who bought"),
        "active_buyers_365d": _("active in the last 365 days"),
        "repeat_buyer_share": _("buyers who came again"),
        "orders": _("orders of known people"),
        "average_basket": _("average basket"),
        "spend_365d": _("their spend in the last 365 days"),
        "spend_per_buyer_365d": _("a year's spend of an active buyer"),
        "reachable_share": _("people who can be written to"),
        "reach_email_share": _("by e-mail"),
        "reach_sms_share": _("by text message"),
        "reach_phone_share": _("by phone"),
        "reach_post_share": _("by letter"),
        "email_known_share": _("usable e-mail address known"),
        "phone_known_share": _("usable phone number known"),
        "address_known_share": _("usable postal address known"),
        "birth_date_known_share": _("birth date known"),
        "records_per_person": _("records a person"),
    }
