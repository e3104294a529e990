"""What a match found, on a page: who was joined, by what, how rightly, and which values count for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.words import _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regulars.match.review.precision import Precision
    from regulars.match.run import MatchReport, SetAside
    from regulars.match.unmet import Unmet

#: How many of the values set aside are named.
_SET_ASIDE = 5


def print_match(report: MatchReport) -> None:
    """How many records are how many people, and by what they were joined."""
    out.print(
        _(
            "From {records} to {people}: {joined}, {pairs} to review, in {seconds} s.",
            records=plural("{count} record", "{count} records", report.records),
            people=plural("{count} person", "{count} people", report.people),
            joined=_joined(report),
            pairs=plural("{count} pair", "{count} pairs", report.to_review),
            seconds=values.decimal(report.seconds, 1),
        ),
        markup=False,
    )
    if report.nobodies:
        out.print(
            plural(
                "{count} more record is nobody (Guest, Walk-in): no name and no number tells who it is.",
                "{count} more records are nobody (Guest, Walk-in): no name and no number tells who they are.",
                report.nobodies,
            ),
            markup=False,
        )
    if not report.records:
        out.print(_("There is nobody to match yet: load customers or orders."), markup=False)
    elif report.records == 1:
        out.print(_("There is one record only: nobody to compare it with."), markup=False)
    elif report.model is None and not report.auto_merged:
        out.print(
            _("No identifier joined any, and the records say nothing else that can be compared."),
            markup=False,
        )
    elif report.model is None:
        out.print(
            _("Only exact identifiers joined any: the records say nothing else that can be compared."),
            markup=False,
        )
    elif not report.learnt:
        out.print(
            _(
                "There are too few records to learn from: they were weighed as in shops in general. How alike two must"
                " be to be joined moves as records come; it settles from about 200 on."
            ),
            markup=False,
        )
    elif report.less_sure is not None:
        out.print(
            _(
                "The records say too little to be surer: {share} of the joins by likeness should be right."
                " To join fewer, set [match] precision.",
                share=values.share(report.less_sure),
            ),
            markup=False,
        )


def _joined(report: MatchReport) -> str:
    """How many records joined others, those by hand apart: together as many as there are records more than people."""
    joined = plural("{count} record joined", "{count} joined", report.auto_merged)
    if not report.merged_by_hand:
        return joined
    return joined + ", " + _("{count} by hand", count=values.count(report.merged_by_hand))


def print_set_aside(found: Sequence[SetAside], most: int) -> None:
    """Which values count for nobody, and how to change that; `most` records may have one that the shop allows."""
    if others := [one for one in found if not one.allowed]:
        out.print(
            _("Set aside, for too many records have them: {values}.", values=_values(others)), markup=False
        )
        out.print(
            _(
                "A value that is one customer's after all, or a true birth date, goes into [match] allowed_values as it"
                " is written here; an identifier on more than {most} records joins nobody even then.",
                most=values.count(most),
            ),
            markup=False,
        )
    if fillers := [one for one in found if one.filler]:
        out.print(
            _(
                "Set aside although [match] allowed_values names them, for what stands where nothing is known names"
                " nobody: {values}.",
                values=_values(fillers),
            ),
            markup=False,
        )
    if allowed := [one for one in found if one.allowed and not one.filler]:
        out.print(
            _(
                "Set aside although [match] allowed_values names them, for more than {most} records are joined by"
                " people only: {values}.",
                most=values.count(most),
                values=_values(allowed),
            ),
            markup=False,
        )


def print_unmet(found: Sequence[Unmet]) -> None:
    """Which values of the settings no record has: they may be mistyped."""
    named: dict[str, list[str]] = {}
    for one in found:
        named.setdefault(one.setting, []).append(
            values.shortened(one.value) if one.value.strip() else f'"{one.value}"'
        )
    if named:
        out.print(
            _(
                "No record has as an e-mail, a phone, a number, an address or a birth date what [match] names:"
                " {values}. Check how it is written in settings.toml.",
                values="; ".join(f"{_some(some)} ({setting})" for setting, some in named.items()),
            ),
            markup=False,
        )


def _some(shown: Sequence[str]) -> str:
    """The first of some values, and how many more there are."""
    more = len(shown) - _SET_ASIDE
    further = (
        plural(", and {count} more with --json", ", and {count} more with --json", more) if more > 0 else ""
    )
    return ", ".join(shown[:_SET_ASIDE]) + further


def _values(found: Sequence[SetAside]) -> str:
    return _some(
        [
            plural(
                "{field} {value} ({count} record)",
                "{field} {value} ({count} records)",
                one.records,
                field=values.field(one.type),
                value=one.value if one.type == "birth_date" else values.written(one.type, one.value),
            )
            for one in found
        ]
    )


def print_placed(report: MatchReport) -> None:
    """What a large shop should know: not all records were looked at, or what became of those that were."""
    if report.corrected is not None:
        said = plural(
            "The full match moved {count} record to another person.",
            "The full match moved {count} records to other people.",
            report.corrected,
        )
        out.print(said, markup=False)
    elif report.placed < report.records:
        said = plural(
            "{count} record that changed was placed; all are matched anew once a day, or with --full.",
            "{count} records that changed were placed; all are matched anew once a day, or with --full.",
            report.placed,
        )
        out.print(said, markup=False)


def print_precision(found: Precision | None) -> None:
    """How many of the joins by likeness are right, as far as anybody knows."""
    if found is None:
        return
    if found.share is None or found.low is None or found.high is None:
        said = _(
            "Nobody has checked yet how many of the joins by likeness are right: `regulars review --sample 30` asks."
        )
        out.print(said, markup=False)
        return
    said = plural(
        "{count} join by likeness was checked, drawn at random: {right} right, {share}; of all, {low} to {high} are.",
        "{count} joins by likeness were checked, drawn at random: {right} right, {share}; of all, {low} to {high} are.",
        found.answers,
        right=values.count(found.right),
        share=values.share(found.share),
        low=values.share(found.low),
        high=values.share(found.high),
    )  # fmt: skip
    out.print(f"{said} {_verdict(found)}", markup=False)


def _verdict(found: Precision) -> str:
    aim = values.share(found.aim)
    if found.more is not None:
        return plural(
            "Too few to tell whether {aim} are: check {count} more.",
            "Too few to tell whether {aim} are: check {count} more.",
            found.more,
            aim=aim,
        )
    if found.reached:
        return _("The aim of {aim} is reached.", aim=aim)
    return _("The aim of {aim} is missed: with every such answer joins have to be surer.", aim=aim)
