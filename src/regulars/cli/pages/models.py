"""Models on a page: which of them speak, how each did beside a naive rule, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars import figures
from regulars.cli.command import out
from regulars.cli.pages import model_figures, values
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.model.clock import day_date
from regulars.words import LANGUAGES, _

if TYPE_CHECKING:
    from regulars.model.report import Backtest, ModelReport

_PLACES = 3  #: decimals of a mark


def described(report: ModelReport) -> dict[str, object]:
    """A report as JSON: days as dates, and whether the back-test was won."""
    found = {**asdict(report), "as_of": day_date(report.as_of).isoformat()}
    for name in ("title", "counted", "why"):
        found[name] = str(getattr(report, name))
    found["why_fr"], found["why_en"] = (report.why.in_language(one) for one in reversed(LANGUAGES))
    tested = report.backtest
    if tested is not None:
        cut = None if tested.cut is None else day_date(tested.cut).isoformat()
        found["backtest"] = {
            **asdict(tested),
            "naive_rule": str(tested.naive_rule),
            "cut": cut,
            "beats_naive": tested.beats,
        }
    found["calibration"] = [
        {"foretold": foretold, "came": came, "n": n} for foretold, came, n in report.calibration
    ]
    return found


def listed(reports: Sequence[ModelReport]) -> None:
    """All models: which speak, and how they did; and below them, a line each, why."""
    print_table(
        (whole(_("model")), text(_("speaks")), number(_("fitted on")), whole(_("back-test"))),
        [
            (
                one.name,
                _("yes") if one.speaks else _("no"),
                figures.count(one.n),
                _marked(one.backtest) if one.backtest else "",
            )
            for one in reports
        ],
    )
    for one in reports:
        out.print(values.about(one.name, str(one.why)), markup=False)


def one(report: ModelReport) -> None:
    """One model in full."""
    out.print(values.about(report.name, report.title), style="bold", markup=False)
    out.print(
        _(
            "as of {day}, fitted on {count} {counted}, in {unit}",
            day=values.day(report.as_of),
            count=figures.count(report.n),
            counted=report.counted,
            unit=_unit(report.unit),
        ),
        markup=False,
    )
    out.print(str(report.why), markup=False)
    if report.backtest:
        out.print(_tested(report.backtest), markup=False)
    numbers = [
        (name, model_figures.figure(report.name, name), value)
        for name, value in (*report.parameters.items(), *report.figures.items())
    ]
    if report.log_likelihood is not None:
        numbers.append(("log_likelihood", _("log-likelihood"), report.log_likelihood))
    if numbers:
        print_table(
            (text(_("figure")), number(_("value"))),
            [(named, model_figures.value(name, value)) for name, named, value in numbers],
        )
    if report.calibration:
        print_table(
            (number(_("foretold")), number(_("what came")), number(_("how many"))),
            [
                (figures.share(foretold), figures.share(came), figures.count(n))
                for foretold, came, n in report.calibration
            ],
            title=_("What was foretold, and what came of it"),
        )


def _marked(tested: Backtest) -> str:
    return _(
        "{ours} against {naive}",
        ours=figures.decimal(tested.ours, _PLACES),
        naive=figures.decimal(tested.naive, _PLACES),
    )


def _tested(tested: Backtest) -> str:
    said = _(
        "{measure}: {marks}, of the rule “{rule}”, on {n}.",
        measure=model_figures.measure(tested.measure),
        marks=_marked(tested),
        rule=tested.naive_rule,
        n=figures.count(tested.n),
    )
    if tested.cut is not None:
        said += " " + _(
            "Known up to {day}, marked on the {days} days after.",
            day=values.day(tested.cut),
            days=tested.horizon_days,
        )
    if tested.gain_low is not None and tested.gain_high is not None:
        said += " " + _(
            "Better by {low} to {high} (95 %).",
            low=figures.decimal(tested.gain_low, _PLACES),
            high=figures.decimal(tested.gain_high, _PLACES),
        )
    return said


def _unit(name: str) -> str:
    words = {
        "weeks": _("weeks"), "days": _("days"), "orders": _("orders"), "people": _("people"), "texts": _("texts"),
        "baskets": _("baskets"),
    }  # fmt: skip
    return words[name]
