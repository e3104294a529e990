"""Lock and unlock: what somebody of the shop knows better than the files."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from regulars.cli.command import Asked, command, out, print_json
from regulars.cli.pages import values
from regulars.errors import Invalid
from regulars.words import _

if TYPE_CHECKING:
    from regulars.flow.people.lock import Lock


@command("lock", "regulars lock P1 email=marie@example.com --why 'she said so at the till'")
@click.argument("key")
@click.argument("pairs", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--why", default="", help="how you know")
@click.option("--who", default=getpass.getuser, help="who says so; default: whoever is at this computer")
def lock(asked: Asked, key: str, pairs: tuple[str, ...], why: str, who: str) -> None:
    """Say what is right about one person, above every file; KEY as in `show`. Without values, list the locks.

    `name=` and `address=` stand for the whole. Nothing after the `=` keeps a field empty. It holds through every load
    and build until `unlock`.
    """
    shop = asked.open()
    told = dict(_pair(text) for text in pairs)
    _print(
        asked,
        shop.lock(key, told, who=who, why=why) if told else shop.locks(key),
        shop.settings.shop.time_zone,
    )


@command("unlock", "regulars unlock P1 city")
@click.argument("key")
@click.argument("fields", nargs=-1, metavar="[FIELD]...")
@click.option("--who", default=getpass.getuser, help="who says so; default: whoever is at this computer")
def unlock(asked: Asked, key: str, fields: tuple[str, ...], who: str) -> None:
    """Let the files decide again about fields of one person, or about all that are locked."""
    shop = asked.open()
    _print(asked, shop.unlock(key, fields, who=who), shop.settings.shop.time_zone)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Invalid(
            _("'{text}' names no value", text=text), _("write FIELD=VALUE, as email=marie@example.com")
        )
    return name, value


def _print(asked: Asked, locks: list[Lock], zone: str) -> None:
    if asked.as_json:
        print_json({"locks": [asdict(one) for one in locks]})
        return
    if not locks:
        out.print(_("Nothing of this person is locked: the files decide."), markup=False)
    for one in locks:
        value, why = values.written(one.field, one.value or ""), f" ({one.why})" if one.why else ""
        out.print(f"{values.field(one.field):22} {value or '–'}   {_state(one, zone)}{why}", markup=False)


def _state(one: Lock, zone: str) -> str:
    since = values.day_of(one.at_us, zone)
    if one.released_us is None:
        return _(
            "locked by {who} since {day}, on {record}",
            who=one.who,
            day=since,
            record=values.shortened(one.record),
        )
    until = values.day_of(one.released_us, zone)
    return _(
        "was locked by {who} from {day} to {until}, on {record}",
        who=one.who,
        day=since,
        until=until,
        record=values.shortened(one.record),
    )


COMMANDS = (lock, unlock)
