"""Groups of people: the ready segments, and the count of any rule."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.table import Table

from regulars.cli import values
from regulars.cli.command import Asked, command, out, print_json
from regulars.segment.count import Count
from regulars.segment.ready import ready_segments
from regulars.words import _


@command("segments", "regulars segments")
def segments(asked: Asked) -> None:
    """List the ready segments with their size and their rule."""
    sizes = asked.open().segments()
    if asked.as_json:
        print_json(
            {
                "segments": [
                    {
                        "name": one.name,
                        "title": str(one.title),
                        "rule": one.rule,
                        "why": str(one.why),
                        "members": sizes[one.name],
                    }
                    for one in ready_segments().values()
                ]
            }
        )
        return
    print_segments(sizes)


def print_segments(sizes: dict[str, int]) -> None:
    """The ready segments as a table."""
    table = Table()
    for title in (_("segment"), _("people"), _("who"), _("what for")):
        table.add_column(title, justify="right" if title == _("people") else "left")
    for name, one in ready_segments().items():
        table.add_row(name, values.count(sizes.get(name, 0)), str(one.title), str(one.why))
    out.print(table)


@command("count", "regulars count \"spend_365d > 500 and stage = 'late'\"")
@click.argument("rule")
def count(asked: Asked, rule: str) -> None:
    """Count the people of a rule, and who is lost at each of its conditions, or added by each alternative."""
    read, counted = asked.open().count(rule)
    if asked.as_json:
        print_json({"rule": read.text, "sentence": asdict(read.sentence), **asdict(counted)})
        return
    out.print(
        _(
            "{members} of {of}: {sentence}",
            members=values.count(counted.members),
            of=values.count(counted.of),
            sentence=read.sentence,
        ),
        markup=False,
    )
    for number, sentence, aside in _funnel(counted):
        out.print(f"  {values.count(number):>12}  {sentence}{aside}", markup=False)


def _funnel(counted: Count) -> list[tuple[int, str, str]]:
    """How many, by which condition, and what changes there; nothing for a rule of one condition."""
    lines = []
    for step in counted.steps if len(counted.steps) > 1 else ():
        lost, unknown = values.count(step.lost), values.count(step.unknown)
        aside = _("{lost} lost, of them {unknown} not known", lost=lost, unknown=unknown)
        if not step.unknown:
            aside = _("{lost} lost", lost=lost)
        lines.append((step.remaining, str(step.sentence), f" ({aside})" if step.lost else ""))
    for one in counted.alternatives:
        aside = _("{added} more than so far", added=values.count(one.added))
        lines.append((one.members, str(one.sentence), "" if one.added == one.members else f" ({aside})"))
    return lines


COMMANDS = (segments, count)
