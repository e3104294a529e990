"""Voice: what customers praise, complain of and ask for, of the shop and of each article."""

from __future__ import annotations

from dataclasses import asdict

import click

from regulars.cli.command import Asked, command, print_json
from regulars.cli.pages import voice as pages
from regulars.errors import Invalid
from regulars.model.clock import day_date
from regulars.words import _


@command("voice", "regulars voice")
@click.argument("product", required=False)
@click.option("--most", default=20, help="how many articles to list")
def voice(asked: Asked, product: str | None, most: int) -> None:
    """Say what customers praise, complain of and ask for: of the shop and each article, or of one.

    Reviews and tickets of the last two years count, as the last build read them. An article is named by its number or
    its name. `regulars models voice` says how good the reading is.
    """
    if product is not None and not product.strip():
        raise Invalid(_("no article is named"), _("`regulars voice` lists those they wrote of"))
    told = asked.open().voice(product, most)
    if asked.as_json:
        print_json({**asdict(told), "as_of": day_date(told.as_of).isoformat()})
        return
    pages.told(told, one=product is not None)


COMMANDS = (voice,)
