"""Data from outside: what it says, and whether it helped."""

from __future__ import annotations

import click

from regulars.cli.command import Asked, command, err, print_json, progress
from regulars.cli.pages import outside as pages
from regulars.cli.terms import terms_of, terms_options
from regulars.errors import Invalid
from regulars.words import _


@command("outside", "regulars outside")
@click.argument("source", required=False)
@terms_options
@click.option("--again", is_flag=True, help="try it anew, also when nothing was built since the last time")
def outside(asked: Asked, source: str | None, again: bool, **said: str | None) -> None:
    """Show data from outside: its price, licence and age, of whom it says something, and whether it helped.

    Each source is tried on two earlier evenings: what people did next is foretold without it and with it. Where it
    helped beyond chance, it says how many decisions were better for it and what each of them cost. With a SOURCE, its
    price, licence and day are changed: `regulars outside census --price 0`.
    """
    shop = asked.open()
    terms = terms_of(shop.settings.shop.currency, **said)
    if terms is not None:
        if source is None:
            raise Invalid(
                _("whose terms are these?"), _("name the source: `regulars outside SOURCE --price 120`")
            )
        shop.say_terms(source, terms)
        err.print(_("Kept: the terms of '{source}'.", source=source), markup=False)
    with progress(spoken=True) as told:
        report = shop.outside(source, again=again, progress=told)
    if asked.as_json:
        print_json(pages.described(report, shop.settings.shop.currency))
        return
    pages.shown(report, shop.settings.shop.currency)


COMMANDS = (outside,)
