"""What to sell: which articles win and lose regulars, are bought together, asked for and missing."""

from __future__ import annotations

from dataclasses import asdict

import click

from regulars.cli.command import Asked, command, print_json
from regulars.cli.pages import assortment as pages
from regulars.model.clock import day_date


@command("assortment", "regulars assortment")
@click.option(
    "--store",
    metavar="NAME",
    help="of one store, or of a channel: `web`; with --persona, of its people there",
)
@click.option("--persona", metavar="NAME", help="of one persona, by its id or its title")
@click.option("--most", default=5, help="how many of each kind to list")
def assortment(asked: Asked, store: str | None, persona: str | None, most: int) -> None:
    """Say which articles win and lose regulars, are bought together, asked for and missing, as the last build found.

    People are compared with those alike, and what may well be luck is called so. It tells what goes with what, not what
    is the cause: try it before you believe it.
    """
    shop = asked.open()
    told = shop.assortment(store=store, persona=persona)
    if asked.as_json:
        print_json({**asdict(told), "as_of": day_date(told.as_of).isoformat()})
        return
    pages.told(told, most)


COMMANDS = (assortment,)
