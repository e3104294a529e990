"""Begin and keep: a new shop, a backup of it, and a shop made of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from regulars.cli.command import Asked, command, out, print_json
from regulars.cli.pages import values
from regulars.words import _


@command("init", "regulars init my-shop --name 'Chez Nous' --currency CAD")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="My shop", help="what customers call the shop")
@click.option("--country", default="CA", help="ISO 3166 code, e.g. CA, FR, US")
@click.option("--currency", default="CAD", help="ISO 4217 code, e.g. CAD, EUR, USD")
@click.option("--time-zone", default="America/Toronto", help="IANA name, e.g. Europe/Paris")
def init(asked: Asked, folder: Path, name: str, country: str, currency: str, time_zone: str) -> None:
    """Make a new, empty shop: a folder with its settings and its store."""
    from regulars.app import init_shop

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


@command("backup", "regulars backup shop-backup.zip")
@click.argument("file", type=click.Path(path_type=Path))
def backup(asked: Asked, file: Path) -> None:
    """Write all that cannot be built again into one file: the settings and the store.

    Others may go on working meanwhile; the copy is of one instant.
    """
    size = asked.open().backup(file)
    if asked.as_json:
        print_json({"file": file, "bytes": size})
        return
    out.print(
        _("The backup is in '{file}', {size} MB.", file=file, size=values.decimal(size / 1_000_000, 1)),
        markup=False,
    )


@command("restore", "regulars restore shop-backup.zip my-restored-shop")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def restore(asked: Asked, file: Path, folder: Path) -> None:
    """Make a shop of a backup, in a folder where there is none; then run `regulars build` there."""
    from regulars.app import restore_shop

    restore_shop(file, folder).close()
    if asked.as_json:
        print_json({"shop": folder})
        return
    out.print(
        _("The shop is in '{folder}'. Next: `regulars build --shop {folder}`.", folder=folder), markup=False
    )


COMMANDS = (init,)
KEEPING = (backup, restore)
