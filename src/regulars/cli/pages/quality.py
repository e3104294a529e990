"""The data quality report on a terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.cli.pages.values import money
from regulars.model.clock import day_date
from regulars.settings import Settings
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.clean.quality.report import Quality
    from regulars.clean.quality.trend import Measured, Trend

_PROBLEMS = 12


#: Shares that differ by less are told as the same.
_SAME = 0.0005
#: How many earlier reports a terminal shows.
_REPORTS = 6


def quality_page(report: Quality, trends: list[Trend], settings: Settings) -> None:
    """Sources, fields and what became of them, what must agree, orders, the worst problems and what they cost."""
    out.print(_("Data quality as of {day}", day=values.day(report.as_of)), style="bold")
    _sources(report, trends, settings.shop.time_zone)
    _checks(report)
    _orders(report)
    _problems(report, settings)


def history_page(kept: list[Measured], settings: Settings) -> None:
    """The share of usable records, report by report: one table a source."""
    shown = kept[-_REPORTS:]
    for source in sorted({source for one in shown for source, _field in one.figures}):
        fields = dict.fromkeys(field for one in shown for of, field in one.figures if of == source)
        shares = {field: [one.usable((source, field)) for one in shown] for field in fields}
        days = (number(_day(one.at_us, settings.shop.time_zone)) for one in shown)
        print_table(
            (text(_("usable")), *days),
            [
                (values.field(field), *("–" if part is None else values.share(part) for part in parts))
                for field, parts in shares.items()
            ],
            title=source,
        )


def history_json(kept: list[Measured]) -> list[dict[str, object]]:
    """What every report counted, one row a source and field."""
    return [
        {
            "at_us": one.at_us,
            "source": key[0],
            "field": key[1],
            "rows": rows,
            "filled": filled,
            "valid": valid,
        }
        for one in kept
        for key, (rows, filled, valid) in one.figures.items()
    ]


def quality_json(report: Quality, trends: list[Trend]) -> dict[str, object]:
    """The report as data, its days as YYYY-MM-DD, and what changed since earlier ones."""
    sources = [{**asdict(one), "newest_day": _iso(one.newest_day)} for one in report.sources]
    return {
        **asdict(report),
        "as_of": _iso(report.as_of),
        "sources": sources,
        "trends": _trends_json(trends),
    }


def _iso(day: int | None) -> str | None:
    return None if day is None else day_date(day).isoformat()


def _trends_json(trends: list[Trend]) -> list[dict[str, object]]:
    """What changed since each earlier report, one row a source and field: the share of usable records."""
    return [
        {
            "since_us": one.since_us,
            "changes": [
                {"source": source, "field": field, "change": change}
                for (source, field), change in one.changes.items()
            ],
        }
        for one in trends
    ]


def _day(at_us: int, zone: str) -> str:
    return values.day_of(at_us, zone)


def _change(change: float | None) -> str:
    """A change of a share in words and in points of a hundred."""
    if change is None:
        return _("new")
    if abs(change) < _SAME:
        return "="
    points = values.number(abs(change) * 100)
    return _("▲ better, +{points}", points=points) if change > 0 else _("▼ worse, −{points}", points=points)


def _sources(report: Quality, trends: list[Trend], zone: str) -> None:
    for source in report.sources:
        newest = "–" if source.newest_day is None else values.day(source.newest_day)
        out.print()
        out.print(
            _(
                "{source}: {records}, {lines}, newest fact {newest}",
                source=source.source,
                records=plural("{count} record", "{count} records", source.rows),
                lines=plural("{count} order line", "{count} order lines", source.lines),
                newest=newest,
            ),
            markup=False,
        )
        if not source.fields:
            continue
        since = (text(_("usable, since {day}", day=_day(trend.since_us, zone))) for trend in trends)
        print_table(
            (text(_("field")), number(_("filled")), number(_("valid")), number(_("different")), *since),
            [
                (
                    values.field(field.field),
                    values.share(field.share),
                    values.share(field.valid / field.filled if field.filled else 0.0),
                    values.count(field.distinct),
                    *(_change(trend.changes.get((source.source, field.field))) for trend in trends),
                )
                for field in source.fields
            ],
        )


def _checks(report: Quality) -> None:
    """The fields that must agree, where a source tells both."""
    told = [check for check in report.checks if check.told]
    if not told:
        return
    out.print()
    print_table(
        (
            whole(_("source")),
            text(_("what must agree")),
            number(_("compared")),
            number(_("disagree")),
            number(_("share")),
        ),
        [
            (
                check.source,
                str(check.meaning),
                values.count(check.told),
                values.count(check.broken),
                values.share(check.broken / check.told),
            )
            for check in told
        ],
    )


def _orders(report: Quality) -> None:
    for one in report.orders:
        out.print()
        out.print(
            _(
                "Orders in {currency}: {lines}, {orders}",
                currency=one.currency,
                lines=plural("{count} line", "{count} lines", one.lines),
                orders=plural("{count} order", "{count} orders", one.orders),
            ),
            style="bold",
        )
        shown = (
            (_("goods"), one.goods),
            (_("fees"), one.fees),
            (_("adjustments"), one.adjustments),
            (_("total"), one.total),
            (_("credit notes inside"), one.credit_notes),
        )
        for title, amount in shown:
            out.print(f"  {title:24} {money(amount, one.currency):>18}", markup=False)
        out.print(
            "  "
            + _(
                "lines without a customer: {lines}, worth {amount}, kept and counted",
                lines=values.count(one.lines_without_customer),
                amount=money(one.total_without_customer, one.currency),
            ),
            markup=False,
        )


def _problems(report: Quality, settings: Settings) -> None:
    out.print()
    if not report.problems:
        out.print(_("No problem was found."))
        return
    out.print(_("The worst problems"), style="bold")
    for place, problem in enumerate(report.problems[:_PROBLEMS], 1):
        cost = "" if problem.cost is None else f"  [{money(problem.cost, settings.shop.currency)}]"
        out.print(f"{place:2}. {problem.sentence}{cost}", markup=False)
        if problem.how is not None:
            out.print(f"    {problem.how}", markup=False)
        if problem.examples:
            out.print(
                "    " + _("for example: {examples}", examples=" · ".join(problem.examples)), markup=False
            )
    out.print()
    out.print(
        _("Together they cost {amount} a year.", amount=money(report.cost, settings.shop.currency)),
        markup=False,
    )
