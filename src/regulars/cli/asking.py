"""Asking: what customers themselves could tell, where they are met."""

from __future__ import annotations

from pathlib import Path

import click

from regulars.cli.command import Asked, command, out, print_json
from regulars.cli.pages import asking as pages
from regulars.cli.pages import since_build
from regulars.words import plural


@command("ask", "regulars ask --most 10")
@click.option("--most", default=20, type=click.IntRange(1, 1_000_000), help="how many customers to list")
@click.option(
    "--output", type=click.Path(path_type=Path), help="write the whole list: .csv, .parquet, .xlsx or .jsonl"
)
def ask(asked: Asked, most: int, output: Path | None) -> None:
    """List what to ask whom, and where: one question a customer, those worth most first.

    First come the places where people buy without being known: there ask for the card, ask to log in, or ask who is
    calling. Then customers of whom something is missing; what somebody refused is not asked again.
    """
    shop = asked.open()
    if output is not None:
        rows = shop.export("to_ask", output)
        out.print(
            plural(
                "{count} question is in '{file}'.", "{count} questions are in '{file}'.", rows, file=output
            ),
            markup=False,
        )
        return
    found = shop.to_ask(most)
    if asked.as_json:
        print_json(pages.described(found, shop.settings.shop.currency))
        return
    pages.shown(found, shop.settings.shop.currency)
    since_build.say(shop.fresh())


COMMANDS = (ask,)
