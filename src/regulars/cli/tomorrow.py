"""Tomorrow: who gets what, when, where and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text
from regulars.cli.people import tell_built
from regulars.model.clock import day_date
from regulars.treat.catalogue import treatments
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.chain.plan import Planned

_REASONS = 8


@command("plan", "regulars plan --list tomorrow.csv")
@click.option("--as-of", help="the evening the plan is made on; it is for the day after")
@click.option(
    "--list",
    "list_file",
    type=click.Path(path_type=Path),
    help="also write the list a mailing tool takes, as CSV",
)
def plan(asked: Asked, as_of: str | None, list_file: Path | None) -> None:
    """Decide who gets what message tomorrow: one decision a person, each with its reason. Nothing is sent."""
    from regulars.flow.outputs import check_place, written

    shop = asked.open()
    if list_file is not None:
        check_place(asked.shop, list_file)
    with progress() as told:
        planned = shop.plan(as_of, told)
    if list_file is not None:
        with (
            written(asked.shop, list_file) as made,
            made.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            messages = shop.write_mailing_list(file)
        said = plural(
            "{count} message is in '{file}'", "{count} messages are in '{file}'", messages, file=list_file
        )
        err.print(said, markup=False)
    _print_plan(asked, planned)


@command("run", "regulars run")
@click.option("--as-of", help="a day, and its evening: facts after it are not seen")
def run(asked: Asked, as_of: str | None) -> None:
    """Do all that is due: match, build and plan."""
    shop = asked.open()
    with progress() as told:
        built = shop.build(as_of, told)
        planned = shop.plan(as_of, told)
    tell_built(built)
    _print_plan(asked, planned)


def _print_plan(asked: Asked, planned: Planned) -> None:
    if planned.warning:
        err.print(planned.warning, markup=False)
    if asked.as_json:
        print_json(
            {
                "as_of": day_date(planned.as_of).isoformat(),
                "day": day_date(planned.day).isoformat(),
                "warning": planned.warning,
                "people": planned.people,
                "to_send": planned.to_send,
                "held_out": planned.held_out,
                "treatments": {
                    name: {"to_send": sent, "held_out": held}
                    for name, (sent, held) in planned.treatments.items()
                },
                "left_out": [{"reason": reason, "people": people} for reason, people in planned.reasons],
            }
        )
        return
    out.print(_("Plan for {day}", day=values.day(planned.day)), style="bold")
    if not planned.people:
        out.print(_("There is nobody to plan for yet: load customers or orders."), markup=False)
        return
    _print_treatments(planned)
    out.print(
        _(
            "A message for {sent} of {people}. Why the others get none:",
            sent=values.count(planned.to_send),
            people=plural("{count} person", "{count} people", planned.people),
        ),
        markup=False,
    )
    for reason, people in _why_none(planned):
        out.print(f"  {values.count(people):>10}  {reason}", markup=False)


def _print_treatments(planned: Planned) -> None:
    if not planned.treatments:
        out.print(_("No treatment is chosen for anybody."), markup=False)
        return
    known = treatments()
    print_table(
        (text(_("treatment")), number(_("messages")), number(_("control group")), text(_("goal"))),
        [
            (str(known[name].title), values.count(sent), values.count(held), str(known[name].goal))
            for name, (sent, held) in planned.treatments.items()
        ],
    )


def _why_none(planned: Planned) -> list[tuple[str, int]]:
    """Why people get no message; together they are all who get none."""
    reasons = planned.reasons[:_REASONS]
    if planned.treatments:
        reasons.append((_("Kept aside by chance, as the control group."), planned.held_out))
    rarest = sum(people for _reason, people in planned.reasons[_REASONS:])
    if rarest:
        reasons.append((_("Other reasons, which `regulars export decisions` gives."), rarest))
    return reasons


COMMANDS = (plan, run)
