"""What matters on a page: bundles of indicators, fields, and the columns that nothing uses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars import figures
from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import Column, number, print_table, text, whole
from regulars.indicators import INDICATORS
from regulars.model.clock import day_date
from regulars.model.field_names import field_name
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.worth.holdings import Holding
    from regulars.flow.worth.members import Decides
    from regulars.flow.worth.weigh import Marked, Report, Weight

_PLACES = 3
#: How many names are written out where there may be many.
_NAMED = 12
#: A name that rules take is not broken.
_LONGEST = 40


def described(report: Report) -> dict[str, object]:
    """The report as JSON."""
    days = {name: day_date(getattr(report, name)).isoformat() for name in ("as_of", "earlier", "later")}
    return {
        **days,
        "horizon_days": report.horizon_days,
        "outcomes": [
            {**asdict(one), "title": str(report.title(one.outcome)), "why": str(one.why) or None}
            for one in report.marks
        ],
        "bundles": _ranked(report, "bundle"),
        "indicators": [
            {
                **one,
                "question": str(INDICATORS[str(one["name"])].question),
                "read_by": list(report.readers(str(one["name"]))),
            }
            for one in _ranked(report, "indicator")
        ],
        "idle_indicators": list(report.idle),
        "fields": [
            {
                **one,
                "used_for": list(report.uses_of_field(str(one["name"]))),
                "columns": [held.name for held in report.holdings if held.key == one["name"]],
            }
            for one in _ranked(report, "field")
        ],
        "segments": [
            {
                "what": of.what,
                "name": name,
                "segment": segment,
                "members": of.members,
                "changed": of.changed,
                "low": of.low,
                "high": of.high,
                "shuffled": of.columns.split(),
            }
            for what in ("indicator", "field")
            for name, decided in report.deciding(what)
            for segment, of in decided.items()
        ],
        "columns": [
            {**asdict(one), "name": one.name, "used_for": list(report.uses(one))} for one in report.holdings
        ],
        "never_used": [_left_over(one) for one in report.unused],
        "deletable": [_left_over(one) for one in report.deletable],
        "deletable_cells": sum(one.cells for one in report.deletable),
    }


def _left_over(held: Holding) -> dict[str, object]:
    return {
        "column": held.name,
        "source": held.source,
        "kind": held.kind,
        "field": held.field,
        "personal": held.personal,
        "cells": held.cells,
    }


def _ranked(report: Report, what: str) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "members": next(iter(weights.values())).members.split(" "),
            "matters": any(one.matters for one in weights.values()),
            "adds": {
                outcome: {
                    "fall": one.fall, "low": one.low, "high": one.high, "spread": one.spread, "matters": one.matters,
                }
                for outcome, one in weights.items()
            },
        }
        for name, weights in report.ranked(what)
    ]  # fmt: skip


def shown(report: Report) -> None:
    """The whole page."""
    out.print(_("What matters, as of {day}", day=values.day(report.as_of)), style="bold", markup=False)
    if not report.horizon_days:
        out.print(
            _("The shop is not known for long enough to weigh anything: three months are needed."),
            markup=False,
        )
    else:
        _marks(report)
        _bundles(report)
        _idle(report)
        _fields(report)
        _segments(report)
    _unused(report)


def _marks(report: Report) -> None:
    out.print(
        _(
            "Learnt from what was known of people on {earlier}, asked about {later}, {days} days ahead each time.",
            earlier=values.day(report.earlier),
            later=values.day(report.later),
            days=report.horizon_days,
        ),
        markup=False,
    )
    told = [one for one in report.marks if one.mark is not None]
    if told:
        columns = (
            text(_("foretold")), text(_("measure")), number(_("mark")), number(_("from")), number(_("to")),
            number(_("learnt from")),
            number(_("asked about")), number(_("agreement")),
        )  # fmt: skip
        print_table(columns, [_mark(report, one) for one in told])
    for one in report.marks:
        if one.mark is None:
            out.print(values.about(report.title(one.outcome), f"{one.why}."), markup=False)


def _mark(report: Report, one: Marked) -> tuple[str, ...]:
    measure = _("area under the curve") if one.measure == "auc" else _("rank correlation")
    marks = (_decimal(value) for value in (one.mark, one.low, one.high))
    counts = (figures.count(one.learnt_from), figures.count(one.asked))
    return (str(report.title(one.outcome)), measure, *marks, *counts, _decimal(one.stability))


def _bundles(report: Report) -> None:
    """What adds something, with the indicators that say the same; and the rest by name."""
    ranked = report.ranked("bundle")
    telling = [(name, weights) for name, weights in ranked if any(one.matters for one in weights.values())]
    silent = [name for name, weights in ranked if (name, weights) not in telling]
    if telling:
        print_table(
            (text(_("indicator"), longest=_LONGEST), *_outcome_columns(report), text(_("says the same"))),
            [(_named(name), *_falls(report, weights), _others(name, weights)) for name, weights in telling],
            title=_("By how much the mark falls when an indicator is shuffled, with those that say the same"),
        )
    if silent:
        out.print(
            plural(
                "{count} more adds nothing beyond chance: {names}",
                "{count} more add nothing beyond chance: {names}",
                len(silent),
                names=_few([_label(one) for one in silent]),
            ),
            markup=False,
        )


def _idle(report: Report) -> None:
    if report.idle:
        said = _(
            "Adding nothing, and read by no segment, treatment or persona: {names}",
            names=_few([_label(one) for one in report.idle]),
        )
        out.print(said, markup=False)


def _others(name: str, weights: dict[str, Weight]) -> str:
    members = next(iter(weights.values())).members.split(" ")
    return _few([_label(one) for one in members if one != name], 3)


def _label(indicator: str) -> str:
    return str(INDICATORS[indicator].label)


def _named(indicator: str) -> str:
    """As people say it, with the word that rules take."""
    return f"{_label(indicator)} ({indicator})"


def _fields(report: Report) -> None:
    """The fields that add something; the others by name, those first that nothing else needs."""
    ranked = report.ranked("field")
    telling = [(key, of) for key, of in ranked if any(one.matters for one in of.values())]
    silent = [key for key, of in ranked if (key, of) not in telling]
    if telling:
        print_table(
            (text(_("field"), longest=_LONGEST), *_outcome_columns(report)),
            [(_field(key), *_falls(report, of)) for key, of in telling],
            title=_("The same, when all that a field of your files feeds is shuffled"),
        )
    idle = [key for key in silent if report.uses_of_field(key) == ("indicators",)]
    needed = [key for key in silent if key not in idle]
    if idle:
        said = _(
            "Fed to indicators alone, and adding nothing beyond chance: {names}",
            names=_few([_field(one) for one in idle]),
        )
        out.print(said, markup=False)
    if needed:
        said = _(
            "Adding nothing beyond chance, but used for more: {names}",
            names=_few([_field(one) for one in needed]),
        )
        out.print(said, markup=False)


def _field(key: str) -> str:
    """A field as people say it, with the word of mapping files."""
    return f"{field_name(key.partition('.')[2])} ({key})"


def _segments(report: Report) -> None:
    """Which indicators and fields the segments hang on."""
    for what, title, named in (
        ("indicator", _("indicator"), _named), ("field", _("field"), _field),
    ):  # fmt: skip
        deciding = report.deciding(what)
        if deciding:
            said = _(
                "How many of a segment would be others on {day}, if it were shuffled",
                day=values.day(report.later),
            )
            rows = [(named(name), _decided(of)) for name, of in deciding]
            print_table((text(title, longest=_LONGEST), text(_("segments"))), rows, title=said)


def _decided(of: Mapping[str, Decides]) -> str:
    """The segments that change most, with the 95 % interval."""
    ranked = sorted(of.values(), key=lambda one: (-one.changed, one.segment))
    return _few(
        [
            _(
                "{segment} {share} ({low} to {high})",
                segment=one.segment,
                share=figures.share(one.changed),
                low=figures.share(one.low),
                high=figures.share(one.high),
            )
            for one in ranked
        ],
        3,
    )


def _unused(report: Report) -> None:
    if not report.unused:
        out.print(_("Everything that is kept is used."), markup=False)
        return
    print_table(
        (whole(_("column")), text(_("meaning")), number(_("cells")), text(_("personal"))),
        [
            (
                one.name,
                str(field_name(one.field)) if one.field else "",
                figures.count(one.cells),
                _("yes") if one.personal else _("no"),
            )
            for one in sorted(report.unused, key=lambda one: (not one.personal, -one.cells, one.name))
        ],
        title=_(
            "Kept, and used by nothing: no indicator, model, segment or message, and not to tell who is who"
        ),
    )
    if report.deletable:
        cells = sum(one.cells for one in report.deletable)
        out.print(
            plural(
                "{count} personal cell could be deleted. Write into settings.toml what you do not need, then run"
                " `regulars build`:",
                "{count} personal cells could be deleted. Write into settings.toml what you do not need, then run"
                " `regulars build`:",
                cells,
            ),
            markup=False,
        )
        names = [json.dumps(one.name, ensure_ascii=False) for one in report.deletable]
        out.print("[privacy]\ndrop = [\n  " + ",\n  ".join(names) + ",\n]", markup=False)


def _outcome_columns(report: Report) -> tuple[Column, ...]:
    return tuple(number(str(report.title(one.outcome))) for one in report.marks if one.mark is not None)


def _falls(report: Report, weights: dict[str, Weight]) -> tuple[str, ...]:
    """The fall of each outcome; nothing where it may be chance."""
    return tuple(
        _decimal(weights[one.outcome].fall)
        if one.outcome in weights and weights[one.outcome].matters
        else "–"
        for one in report.marks
        if one.mark is not None
    )


def _few(names: Sequence[str], most: int = _NAMED) -> str:
    more = len(names) - most
    return "; ".join(names[:most]) + (f", … (+{more})" if more > 0 else "")


def _decimal(value: float | None) -> str:
    return "" if value is None else figures.decimal(value, _PLACES)
