"""The same rooms from a terminal. stdout is data, stderr is progress; `--json` everywhere.

A command brings the shop in when it is run, so that help, the version and mistakes are answered at once: what it needs
of `app` and `flow` it imports in its function, and types alone under `TYPE_CHECKING`.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from regulars import __version__
from regulars.cli import (
    asking,
    assortment,
    baseline,
    data,
    demo,
    importance,
    lock,
    models,
    outside,
    people,
    start,
    tomorrow,
    touchpoints,
    voice,
)
from regulars.cli.command import Asked, House, language_asked
from regulars.cli.sentences import sentences
from regulars.words import speak


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--shop", type=click.Path(path_type=Path), default=Path(), help="the shop's folder")
@click.option("--json", "as_json", is_flag=True, help="print data as JSON")
@click.option("--lang", type=click.Choice(["en", "fr"]), help="English or French; default: the computer's")
@click.version_option(__version__, prog_name="regulars")
@click.pass_context
def regulars(ctx: click.Context, shop: Path, as_json: bool, lang: str | None) -> None:
    """Know your regulars: from a folder of raw exports to known customers and tomorrow's action list.

    Each command works on the shop in the current folder, or in the one that --shop names.
    """
    ctx.obj = Asked(shop=shop, as_json=as_json)
    if lang:
        speak(lang)


for one in (
    *start.COMMANDS,
    *demo.COMMANDS,
    *data.COMMANDS,
    *people.COMMANDS,
    *models.COMMANDS,
    *importance.COMMANDS,
    *voice.COMMANDS,
    *assortment.COMMANDS,
    *outside.COMMANDS,
    *asking.COMMANDS,
    *baseline.COMMANDS,
    *touchpoints.COMMANDS,
    *lock.COMMANDS,
    *tomorrow.COMMANDS,
    *start.KEEPING,
):
    regulars.add_command(one)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without a letter shows another, and the rest
    speak(language_asked(sys.argv[1:]))
    with sentences():
        regulars.main(sys.argv[1:] or ["--help"], standalone_mode=False)
