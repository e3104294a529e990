"""The demo: a town is built, its dirty exports go through the whole chain, and the result is graded by the truth."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

import regulars
from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import values
from regulars.errors import Refused
from regulars.settings import FILE_NAME
from regulars.words import _

#: Files that no known export names: which system each one is from.
_SOURCES = {"crm_clients.csv": "crm", "app_events.jsonl": "app", "products.xlsx": "catalogue"}


@command("demo", "regulars demo demo-shop --customers 2000 --no-serve")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-shop"))
@click.option("--customers", default=2000, show_default=True, help="how many customers the town has")
@click.option("--seed", default=7, show_default=True, help="another number, another town")
@click.option("--no-serve", is_flag=True, help="end after the report")
def demo(asked: Asked, folder: Path, customers: int, seed: int, no_serve: bool) -> None:
    """Build a town with its dirty exports, run the whole chain on them, and report what came of it.

    The town knows the truth about its people; the report says how near the chain came to it. An older demo in the
    folder is made anew, unless something of your own is in it.
    """
    del no_serve  # the pages that will be served come with a later version; the report is the end until then
    from regulars.app import init_shop
    from regulars.cli.pages.demo import Walked, demo_json, demo_page
    from regulars.flow.outputs import filling
    from regulars.town import LAST_DAY, build

    _make_room(folder)
    with progress() as told, filling(folder):
        town = build(folder / "town", customers=customers, seed=seed, progress=told)
        shop = init_shop(folder, name="Le Comptoir")
        as_of = LAST_DAY.isoformat()
        loaded = [
            one
            for name, path in town.exports.items()
            for one in shop.load([path], source=_SOURCES.get(name), progress=told)
        ]
        matched = shop.match(told)
        shop.build(as_of, told)
        planned = shop.plan(as_of, told)
    walked = Walked(shop=shop, town=town, loaded=loaded, matched=matched, planned=planned)
    if asked.as_json:
        print_json(demo_json(walked))
        return
    demo_page(walked, folder, as_of)


@command("town", "regulars town my-town --customers 500")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--customers", default=2000, show_default=True, help="how many customers the town has")
@click.option("--seed", default=7, show_default=True, help="another number, another town")
def town(asked: Asked, folder: Path, customers: int, seed: int) -> None:
    """Build a town's exports, as dirty as real ones, and its truth aside, without a shop."""
    from regulars.town import build

    with progress() as told:
        made = build(folder, customers=customers, seed=seed, progress=told)
    if asked.as_json:
        print_json(
            {"folder": folder, "rows": dict(made.rows), "dirt": dict(made.dirt), "records": made.records}
        )
        return
    for name, rows in made.rows.items():
        out.print(f"{values.count(rows):>10}  {folder / 'exports' / name}", markup=False)
    err.print(_("the truth is in '{folder}', for graders alone", folder=folder / "truth"), markup=False)


def _make_room(folder: Path) -> None:
    """An older demo goes, unless somebody has put something of their own into it; another shop stays."""
    if not (folder / FILE_NAME).exists():
        return
    shop = regulars.open(folder)
    bare = (folder / "town").is_dir() and shop.is_only_of(folder / "town")
    shop.close()
    if not bare:
        raise Refused(
            _("there is a shop in '{folder}' already, with more in it than a demo's", folder=folder),
            _("name another folder: `regulars demo other-folder`; or remove that one, if it may go"),
        )
    shutil.rmtree(folder)


COMMANDS = (demo, town)
