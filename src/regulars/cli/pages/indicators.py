"""Indicators on a page: all by family, or one explained to a shop, and how it is computed to an engineer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import print_table, text, whole
from regulars.indicators import FAMILIES
from regulars.indicators.indicator import Indicator
from regulars.words import _


def described(one: Indicator) -> dict[str, object]:
    """All that is said of it, as JSON."""
    return asdict(one) | {
        "window_days": one.window_days,
        "ties": "most frequent, most recent, smallest" if one.breaks_ties else None,
        "relative": one.relative,
    }


def listed() -> None:
    """Every indicator with its question, by family."""
    for family, members in FAMILIES.items():
        print_table(
            (whole(_("indicator")), whole(_("unit")), text(_("question"))),
            [(one.name, values.unit(one.unit), str(one.question)) for one in members],
            title=_family(family),
        )


def explained(one: Indicator) -> None:
    """What it tells, of which facts, how far back, and whom it compares."""
    out.print(values.about(one.name, one.question), markup=False)
    said = [_("unit: {unit}; counted from: {over}", unit=values.unit(one.unit), over=_over(one))]
    if one.window_days:
        said.append(_("only the last {days} days count, the evening's own with them", days=one.window_days))
    elif one.over not in ("indicators", "norms"):
        said.append(_("all that is known counts, however long ago"))
    if one.values:
        said.append(_("it is one of: {values}", values=", ".join(one.values)))
    if one.breaks_ties:
        said.append(_("of several that are equally frequent it is the most recent, of these the smallest"))
    if one.relative:
        said.append(_("it compares the customer with the others, as the last build found them"))
    for sentence in said:
        out.print(f"  {sentence}", markup=False)


def computed(one: Indicator) -> None:
    """Its expression and its examples, for engineers."""
    out.print(
        _("For engineers: the expression, in the house dialect of SQL, and its examples, which are tests")
    )
    out.print(f"  {one.value}", markup=False)
    for facts, expected in one.examples:
        given = "; ".join(", ".join(f"{name} = {value}" for name, value in fact.items()) for fact in facts)
        out.print(
            "  "
            + _(
                "for {facts} it is {value}",
                facts=f"[{given}]" if given else _("somebody of whom nothing is known"),
                value=_("not known") if expected is None else expected,
            ),
            markup=False,
        )


def _over(one: Indicator) -> str:
    words: Mapping[str, str] = {
        "orders": _("orders"), "lines": _("order lines"), "events": _("events"), "gaps": _("gaps between orders"),
        "journeys": _("ways to the first order"), "indicators": _("other indicators"),
        "norms": _("other indicators, and what is usual in the shop"),
        "lately": _("goods bought, the newest counting most"),
        "priced": _("goods and their costs"), "clicks": _("clicks in messages"), "opens": _("e-mails opened"),
        "after_clicks": _("orders after a click"), "reach": _("how they can be reached"),
    }  # fmt: skip
    if one.over == "confidence":
        return _("{facts}, and what is usual in the shop", facts=words[one.value.partition(".")[0]])
    return words[one.value.partition(".")[0] if one.over == "favourite" else one.over]


def _family(name: str) -> str:
    words: Mapping[str, str] = {
        "frequency": _("frequency"), "spend": _("spend"), "basket": _("basket"), "habits": _("habits"),
        "cycle": _("purchase cycle"), "ranks": _("ranks"), "returns": _("returns"), "engagement": _("engagement"),
        "journey": _("journey"), "advocacy": _("advocacy"), "discounts": _("discounts"),
        "affinity": _("what they like"), "reach": _("reach"),
    }  # fmt: skip
    return words.get(name, name)
