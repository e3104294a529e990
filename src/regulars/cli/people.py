"""People: what is known of them, which groups they are in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from regulars.cli import groups, matching
from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import indicators as pages
from regulars.cli.pages import past, segments, values
from regulars.cli.pages.customer import person_page
from regulars.cli.pages.tables import print_table, text, whole
from regulars.errors import NotFound, did_you_mean
from regulars.indicators import INDICATORS
from regulars.model.clock import day_date
from regulars.model.person import person_id
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.chain.build import Built
    from regulars.flow.retention import Forgotten


@command("build", "regulars build --as-of 2011-12-09")
@click.option("--as-of", help="a day, and its evening: facts after it are not seen")
def build(asked: Asked, as_of: str | None) -> None:
    """Build profiles, indicators and segments, and match before it when records changed."""
    shop = asked.open()
    with progress() as told:
        built = shop.build(as_of, told)
    tell_built(built)
    if built.warning:
        err.print(built.warning, markup=False)
    _tell_currencies(built, shop.settings.shop.currency)
    if asked.as_json:
        print_json({**asdict(built), "as_of": day_date(built.as_of).isoformat()})
        return
    out.print(
        plural(
            "{count} person as of {day}, in {seconds} s.",
            "{count} people as of {day}, in {seconds} s.",
            built.people,
            day=values.day(built.as_of),
            seconds=values.decimal(built.seconds, 1),
        ),
        markup=False,
    )
    segments.sized(built.segments)


def tell_built(built: Built) -> None:
    """Say on stderr why it was built of this day, and what was mended and removed on the way."""
    if built.as_of_reason:
        err.print(
            _("as of {day}: {reason}", day=values.day(built.as_of), reason=built.as_of_reason), markup=False
        )
    if built.mended:
        err.print(
            plural(
                "{count} file of the lake was missing or damaged, and was written anew from the store",
                "{count} files of the lake were missing or damaged, and were written anew from the store",
                len(built.mended),
            ),
            markup=False,
        )
    _tell_forgotten(built.forgotten)


def _tell_currencies(built: Built, own: str) -> None:
    """Say on stderr which order lines are in another currency than the shop's, and whether their money counts."""
    for currency, lines in built.left_out.items():
        err.print(
            plural(
                "{count} order line is in {currency}: its order counts, its money does not; the shop counts {own}",
                "{count} order lines are in {currency}: the orders count, their money does not; the shop counts {own}",
                lines,
                currency=currency,
                own=own,
            ),
            markup=False,
        )
        err.print(_("load a file of rates (currency, day, rate), and their money counts too"), markup=False)
    for currency, lines in built.converted.items():
        err.print(
            plural(
                "{count} order line in {currency} is counted in {own}, at the rate of its day",
                "{count} order lines in {currency} are counted in {own}, at the rate of their day",
                lines,
                currency=currency,
                own=own,
            ),
            markup=False,
        )


def _tell_forgotten(forgotten: Forgotten) -> None:
    """Say on stderr what was removed because the shop keeps it no longer, when anything was."""
    if forgotten.dropped:
        err.print(
            plural(
                "removed, for [privacy] drops their columns: cells of {count} row",
                "removed, for [privacy] drops their columns: cells of {count} rows",
                forgotten.dropped,
            ),
            markup=False,
        )
    if forgotten.rows or forgotten.rejects:
        err.print(
            _(
                "removed, for [retention] keeps them no longer: {rejects}, and {rows}; what was read from these stays",
                rejects=plural("{count} reject", "{count} rejects", forgotten.rejects),
                rows=plural("{count} row as it was found", "{count} rows as they were found", forgotten.rows),
            ),
            markup=False,
        )


@command("indicators", "regulars indicators spend_90d")
@click.argument("name", required=False)
@click.option("--expression", is_flag=True, help="for engineers: how it is computed, with its examples")
def indicators(asked: Asked, name: str | None, expression: bool) -> None:
    """List the indicators, or explain one: its question, what it is counted from, and how far back."""
    if name is not None and name not in INDICATORS:
        raise NotFound(
            _("there is no indicator '{name}'", name=name),
            did_you_mean(name, INDICATORS) or _("`regulars indicators` lists them"),
        )
    chosen = [INDICATORS[name]] if name else list(INDICATORS.values())
    if asked.as_json:
        print_json({"indicators": [pages.described(one) for one in chosen]})
    elif name is None:
        pages.listed()
    else:
        pages.explained(INDICATORS[name])
        if expression:
            pages.computed(INDICATORS[name])


@command("show", "regulars show P1")
@click.argument("key")
@click.option("--on", metavar="DAY", help="who it was on the evening of a day, and what has happened since")
def show(asked: Asked, key: str, on: str | None) -> None:
    """Show one customer, all round; KEY is an id, e-mail, phone, card, name, customer number, or SOURCE:KEY.

    When several people fit, they are listed.
    """
    shop = asked.open()
    if on is not None:
        told = shop.who_was(key, on)
        if asked.as_json:
            print_json(past.as_json(told))
        else:
            past.print_past(told, shop.settings.shop.time_zone)
        return
    from regulars.flow.people.find import MOST, people_fit

    hits = shop.find(key)
    if len(hits) > 1:
        if asked.as_json:
            print_json({"hits": [{**asdict(hit), "person_id": person_id(hit.person)} for hit in hits[:MOST]]})
            return
        print_table(
            (
                whole(_("person")),
                text(_("name")),
                whole(_("e-mail")),
                whole(_("phone")),
                text(_("city")),
            ),
            [
                (
                    person_id(hit.person),
                    values.shortened(hit.name),
                    hit.email or "",
                    values.phone(hit.phone or ""),
                    values.shortened(hit.city or ""),
                )
                for hit in hits[:MOST]
            ],
            title=people_fit(key, len(hits)),
        )
        return
    page = shop.show(hits[0].person)
    if asked.as_json:
        print_json(page.as_json())
        return
    person_page(page, shop.settings)


COMMANDS = (*matching.COMMANDS, build, indicators, *groups.COMMANDS, show)
