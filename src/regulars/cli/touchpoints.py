"""Touchpoints: where the shop meets people."""

from __future__ import annotations

from regulars.cli.command import Asked, command, print_json
from regulars.cli.pages import since_build
from regulars.cli.pages import touchpoints as pages


@command("touchpoints", "regulars touchpoints")
def touchpoints(asked: Asked) -> None:
    """List where the shop meets people: how much happens there, with how many it knows, what it brings, what is
    missing.
    """
    shop = asked.open()
    found = shop.touchpoints()
    if asked.as_json:
        print_json(pages.described(found))
        return
    pages.inventory(found, shop.settings.shop.currency)
    pages.notices(found)
    since_build.say(shop.fresh())


COMMANDS = (touchpoints,)
