"""Begin: a new shop, or a town to try everything on."""

from __future__ import annotations

from pathlib import Path

import click

from regulars.app import init_shop
from regulars.cli.command import Asked, command, out, print_json
from regulars.words import _


@command("init", "regulars init my-shop --name 'Chez Nous' --currency CAD")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="My shop", help="what customers call the shop")
@click.option("--country", default="CA", help="ISO 3166 code, e.g. CA, FR, US")
@click.option("--currency", default="CAD", help="ISO 4217 code, e.g. CAD, EUR, USD")
@click.option("--time-zone", default="America/Toronto", help="IANA name, e.g. Europe/Paris")
def init(asked: Asked, folder: Path, name: str, country: str, currency: str, time_zone: str) -> None:
    """Make a new, empty shop: a folder with its settings and its store."""
    shop = init_shop(
        folder, name=name, country=country.upper(), currency=currency.upper(), time_zone=time_zone
    )
    shop.close()
    if asked.as_json:
        print_json({"shop": str(folder)})
        return
    out.print(_("A new shop is in '{folder}'.", folder=folder), markup=False)
    out.print(
        _("Next: `cd {folder}`, then `regulars load` with the files you have.", folder=folder), markup=False
    )


COMMANDS = (init,)
