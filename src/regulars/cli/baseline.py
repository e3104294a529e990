"""The baseline: the shop's first figures, beside those of the last build."""

from __future__ import annotations

from regulars.cli.command import Asked, command, print_json
from regulars.cli.pages import baseline as pages


@command("baseline", "regulars baseline")
def baseline(asked: Asked) -> None:
    """Show the shop's first figures, frozen at its first build, beside those of the last; and who comes back when."""
    shop = asked.open()
    then, now = shop.then_and_now()
    if asked.as_json:
        print_json({"baseline": pages.described(then), "now": pages.described(now)})
        return
    pages.compared(then, now, shop.settings.shop.currency)
    pages.cohorts(now)


COMMANDS = (baseline,)
