"""Importance: which indicators and fields foretell what people do, and what nobody needs."""

from __future__ import annotations

import click

from regulars.cli.command import Asked, command, print_json, progress
from regulars.cli.pages import importance as pages


@command("importance", "regulars importance")
@click.option("--again", is_flag=True, help="weigh anew, also when nothing was built since the last time")
def importance(asked: Asked, again: bool) -> None:
    """Rank indicators and fields by what they add to foretelling, and name the columns that nothing uses.

    A learner is taught on an earlier evening and asked about a later one; each thing is shuffled to see how much
    worse it does. Personal columns that nothing uses could be deleted. What was weighed is kept until the next build.
    """
    shop = asked.open()
    with progress(spoken=True) as told:
        report = shop.importance(again=again, progress=told)
    if asked.as_json:
        print_json(pages.described(report))
        return
    pages.shown(report)


COMMANDS = (importance,)
