"""Terms: on what conditions data from outside was had, and of which day it is."""

from __future__ import annotations

from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.loading.understanding import LoadedFile
from regulars.model.clock import day_date, day_number, from_us
from regulars.model.outside import OUTSIDE_KINDS, Terms
from regulars.sources import writes
from regulars.words import _


def check_terms(ground: Ground, terms: Terms) -> None:
    """Data is of a day that has been."""
    today = day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())
    if terms.of_day is not None and terms.of_day > today:
        raise Invalid(
            _("{day} is still to come: no data is of that day", day=day_date(terms.of_day).isoformat()),
            _("say with --of from which day it tells"),
        )


def keep_terms(ground: Ground, result: LoadedFile, terms: Terms | None, *, rehearsed: bool) -> None:
    """Keep on what terms data from outside was had; it is of the day on which it was loaded, if nobody says."""
    if result.kind not in OUTSIDE_KINDS:
        return
    if terms is not None and terms.ended(
        day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())
    ):
        result.notes.append(_("its licence has ended already: no build uses it"))
    if rehearsed:
        return
    with ground.store.write() as connection:
        writes.remember_terms(connection, result.source, terms or Terms(), ground.now_us())
