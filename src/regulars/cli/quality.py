"""The data quality report on a terminal."""

from __future__ import annotations

from rich.table import Table

from regulars.clean.quality import Quality
from regulars.cli import values
from regulars.cli.command import out
from regulars.cli.values import money
from regulars.model.clock import day_date
from regulars.settings import Settings
from regulars.words import _

_PROBLEMS = 12


def quality_page(report: Quality, settings: Settings) -> None:
    """Sources, fields, orders, the worst problems and what they cost."""
    out.print(_("Data quality as of {day}", day=day_date(report.as_of).isoformat()), style="bold")
    _sources(report)
    _orders(report)
    _problems(report, settings)


def _sources(report: Quality) -> None:
    for source in report.sources:
        newest = "" if source.newest_day is None else day_date(source.newest_day).isoformat()
        out.print()
        out.print(
            _(
                "{source}: {rows} records, {lines} order lines, newest fact {newest}",
                source=source.source,
                rows=values.count(source.rows),
                lines=values.count(source.lines),
                newest=newest or "–",
            ),
            markup=False,
        )
        if not source.fields:
            continue
        table = Table()
        for title in (_("field"), _("filled"), _("valid"), _("different")):
            table.add_column(title, justify="right" if table.columns else "left")
        for field in source.fields:
            valid = field.valid / field.filled if field.filled else 0.0
            table.add_row(
                field.field, values.share(field.share), values.share(valid), values.count(field.distinct)
            )
        out.print(table)


def _orders(report: Quality) -> None:
    for one in report.orders:
        out.print()
        out.print(
            _(
                "Orders in {currency}: {lines} lines, {orders} orders",
                currency=one.currency,
                lines=values.count(one.lines),
                orders=values.count(one.orders),
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
    for number, problem in enumerate(report.problems[:_PROBLEMS], 1):
        cost = "" if problem.cost is None else f"  [{money(problem.cost, settings.shop.currency)}]"
        out.print(f"{number:2}. {problem.sentence}{cost}", markup=False)
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
