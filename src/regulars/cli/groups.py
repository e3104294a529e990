"""Groups of people: the ready segments, and the count of any rule."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regulars.cli.command import Asked, command, err, out, print_json
from regulars.cli.pages import segments as pages
from regulars.cli.pages import since_build, values
from regulars.errors import Invalid
from regulars.segment.language import operands
from regulars.segment.places import PLACES
from regulars.segment.ready import chosen
from regulars.words import _

if TYPE_CHECKING:
    from regulars.segment.count import Count, Nobody


@command("segments", "regulars segments")
@click.argument("names", nargs=-1)
@click.option("--overlap", is_flag=True, help="whom each two segments share")
@click.option("--ladder", is_flag=True, help="the ladder from first visit to regular")
@click.option("--history", is_flag=True, help="the sizes at each build")
@click.option("--by", "place", type=click.Choice(list(PLACES)), help="count by this")
@click.option(
    "--since", metavar="DAY", help="who came and who left since that evening; `last`: the build before"
)
@click.option("--most", default=20, help="how many people, pairs or places to list")
def segments(
    asked: Asked,
    names: tuple[str, ...],
    overlap: bool,
    ladder: bool,
    history: bool,
    place: str | None,
    since: str | None,
    most: int,
) -> None:
    """List the ready segments with their size and their rule: all, or those named.

    Or see them beside each other, by place, on the ladder, and over time.
    """
    if sum((overlap, ladder, history, place is not None, since is not None)) > 1:
        raise Invalid(
            _("one view at a time: --overlap, --ladder, --history, --by or --since"),
            _("take one of them away"),
        )
    shop, named = asked.open(), chosen(names)
    if overlap:
        pages.overlap(asked, shop.overlaps(names), most)
    elif ladder:
        pages.standings(asked, shop.ladder())
    elif history:
        pages.over_time(asked, shop.segment_history(), named)
    elif place is not None:
        pages.by_place(asked, shop.segments_by(place, names), place, named, most)
    elif since is not None:
        pages.moves(asked, *shop.segment_moves(names, since), most if names else 0)
    else:
        pages.listed(asked, shop.segments(), named)
        since_build.say(shop.fresh())


@command("count", "regulars count \"spend_365d > 500 and stage = 'late'\"")
@click.argument("rule")
def count(asked: Asked, rule: str) -> None:
    """Count the people of a rule, and who is lost at each of its conditions, or added by each alternative."""
    shop = asked.open()
    read, counted = shop.count(rule)
    fresh = shop.fresh()
    if asked.as_json:
        since = asdict(fresh) if fresh else None
        print_json(
            {"rule": read.text, "sentence": asdict(read.sentence), **asdict(counted), "since_build": since}
        )
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
    for one in counted.nobody:
        err.print(_nobody(one), markup=False)
    since_build.say(fresh)
    for number, sentence, aside in _funnel(counted):
        out.print(f"  {values.count(number):>12}  {sentence}{aside}", markup=False)


@command("personas", "regulars personas")
def personas(asked: Asked) -> None:
    """List the kinds of customers there are, by how they buy: how many, what is usual, five typical people of each.

    A rule may name one: `persona = 'persona_1'`. Ids last from build to build.
    """
    shop = asked.open()
    pages.personas(asked, shop.personas(), shop.settings.shop.currency)


@command("lookalike", "regulars lookalike big")
@click.argument("rule")
@click.option("--share", default=5, help="list so many in a hundred of the others")
@click.option(
    "--also",
    multiple=True,
    metavar="NAME",
    help="use this too, though it is protected: `gender`, `age_years`, `birth_month`",
)
@click.option("--output", type=click.Path(path_type=Path), help="write the list to this file")
@click.option("--most", default=20, help="how many people to list")
def lookalike(
    asked: Asked, rule: str, share: int, also: tuple[str, ...], output: Path | None, most: int
) -> None:
    """Find who is most like the people of a rule or ready segment, and is none of them.

    What defines the group is left out, and so are gender, age and birth. How good the list is was measured on members
    that were held out.
    """
    shop = asked.open()
    found = shop.look_alikes(rule, share=share / 100, also=also)
    if output is not None:
        shop.write_look_alikes(found, output)
    pages.look_alikes(asked, found, most)


def _nobody(one: Nobody) -> str:
    """That a text of the rule is nobody's, or that nobody did a thing, and what there is instead."""
    if one.operand == "event":
        if not one.instead:
            return _("nothing is known of what people did: load events or orders")
        found = ", ".join(_happened(event, people) for event, people in one.instead.items())
        return _("nobody did '{value}'; there is {found}", value=one.value, found=found)
    known = operands.catalogue().get(one.operand)
    name = f"{one.operand} ({known.label})" if known else one.operand
    if not one.instead:
        return _("nobody's {name} is known", name=name)
    found = ", ".join(
        _("'{value}' ({people})", value=value, people=values.count(people))
        for value, people in one.instead.items()
    )
    return _("nobody's {name} is '{value}'; there is {found}", name=name, value=one.value, found=found)


def _happened(event: str, people: int) -> str:
    return _("'{value}' ({people})", value=event, people=values.count(people))


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


COMMANDS = (segments, count, personas, lookalike)
