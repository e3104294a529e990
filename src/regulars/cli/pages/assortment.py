"""What to sell, on a page: sentence by sentence, and on what ground each stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.assortment import Assortment

#: What stands under each heading.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "wins": ("wins", "passes"),
    "loses": ("loses", "keeps"),
    "together": ("together",),
    "missing": ("missing",),
}


def told(assortment: Assortment, most: int) -> None:
    """All that is found of the shop, of a store, of a persona, or of a persona in a store."""
    out.print(_about(assortment), style="bold", markup=False)
    for footing in assortment.footings:
        out.print()
        out.print(_headings()[footing.kind], style="bold", markup=False)
        out.print(str(footing.note), markup=False)
        for kind in _KINDS[footing.kind]:
            found = [one for one in assortment.found if one.kind == kind]
            if kind != footing.kind and found:
                out.print(_headings()[kind], style="bold", markup=False)
            elif footing.enough and kind == footing.kind and not any(one.sure for one in found):
                out.print(_nothing(footing.compared), markup=False)
            for one in found[:most]:
                out.print(f"  · {one.reason}", markup=False)


def _about(assortment: Assortment) -> str:
    day, store, persona = (
        values.day(assortment.as_of),
        assortment.store,
        assortment.title or assortment.persona,
    )
    match assortment.scope:
        case "store":
            return _("What to sell at {name}, up to {day}", name=store, day=day)
        case "persona":
            return _("What to sell to {name}, up to {day}", name=persona, day=day)
        case "store_and_persona":
            return _(
                "What to sell at {store} to {persona}, up to {day}", store=store, persona=persona, day=day
            )
        case _:
            return _("What to sell, up to {day}", day=day)


def _nothing(compared: int | None) -> str:
    if compared is None:
        return _("Nothing stands out by more than luck.")
    if not compared:
        return _("No article and no category was had by enough of them to be compared.")
    return plural(
        "The one article or category that enough of them had does not stand out by more than luck.",
        "Of {count} articles and categories that enough of them had, none stands out by more than luck.",
        compared,
    )


def _headings() -> Mapping[str, str]:
    return {
        "wins": _("Who begins with these becomes a regular more often"),
        "passes": _("Who begins with these becomes a regular less often"),
        "loses": _("Regulars who had these stay away more often"),
        "keeps": _("Regulars who had these stay away less often"),
        "together": _("Bought together"),
        "missing": _("Wanted, and not to be had"),
    }
