"""Data from outside on a page: what each source is, of whom it says something, and whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars import figures
from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.model.clock import day_date
from regulars.model.money import to_units
from regulars.model.outside import ORIGINS
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.outside import Codes, FieldSaid, OutsideReport, OutsideSource
    from regulars.flow.trials import Trial

_PLACES = 3
_MOST_COUNTRIES = 5


def described(report: OutsideReport, currency: str) -> dict[str, object]:
    """The report as JSON; money in currency units."""
    return {
        "as_of": day_date(report.as_of).isoformat(),
        "people": report.people,
        "horizon_days": report.horizon_days,
        "earlier": day_date(report.earlier).isoformat(),
        "later": day_date(report.later).isoformat(),
        "currency": currency,
        "sources": [_source_json(one, currency) for one in report.sources],
    }


def _source_json(one: OutsideSource, currency: str) -> dict[str, object]:
    cost, price = one.cost_per_improved, one.terms.price
    return {
        "source": one.source,
        "kinds": list(one.kinds),
        "origin": one.terms.origin,
        "price": None if price is None else to_units(price, currency),
        "licence": one.terms.licence,
        "licence_until": _iso(one.terms.licence_until),
        "licence_ended": one.ended,
        "of": _iso(one.terms.of_day),
        "age_days": one.age_days,
        "loaded": _iso(one.loaded_day),
        "loaded_after_build": one.unseen,
        "people": one.people,
        "share": one.share,
        "fields": [
            asdict(field) | {"share": field.people / one.people if one.people else 0} for field in one.fields
        ],
        "trials": [
            {
                name: value
                for name, value in asdict(trial).items()
                if name not in ("source", "why_en", "why_fr")
            }
            | {"improves": trial.improves, "why": str(trial.why) or None}
            for trial in one.trials
        ],
        "improved": one.improves,
        "improved_decisions": one.improved_decisions,
        "improved_decisions_low": one.improved_between[0] if one.improved_between else None,
        "improved_decisions_high": one.improved_between[2] if one.improved_between else None,
        "cost_per_improved_decision_low": _units(one.cost_between[0], currency),
        "cost_per_improved_decision_high": _units(one.cost_between[1], currency),
        "cost_per_improved_decision": None if cost is None else to_units(cost, currency),
        "may_know_what_came": one.late,
        "nobody_lives_there": one.elsewhere is not None,
    }


def _units(minor: int | None, currency: str) -> object:
    return None if minor is None else to_units(minor, currency)


def _iso(day: int | None) -> str | None:
    return None if day is None else day_date(day).isoformat()


def shown(report: OutsideReport, currency: str) -> None:
    """A table of the sources, and what is to be said of each."""
    sources = report.sources
    if not sources:
        out.print(
            _(
                "There is no data from outside. `regulars load` takes it in: areas, lists, answers, a partner's file."
            ),
            markup=False,
        )
        return
    print_table(
        (
            whole(_("source")), text(_("origin")), number(_("price")), text(_("licence")), text(_("dated")),
            number(_("days old")), number(_("people")), number(_("of all")),
        ),
        [_row(one, currency) for one in sources],
        title=_("Data from outside, {day}", day=values.day(report.as_of)),
    )  # fmt: skip
    for one in sources:
        for sentence in _sentences(one, report, currency):
            out.print(values.about(one.source, sentence), markup=False)


def _row(one: OutsideSource, currency: str) -> tuple[str, ...]:
    terms = one.terms
    return (
        one.source,
        str(ORIGINS[terms.origin]) if terms.origin else "–",
        "–" if terms.price is None else values.money(terms.price, currency),
        _licence(one),
        _("loaded {day}", day=values.day(one.loaded_day))
        if terms.of_day is None
        else values.day(terms.of_day),
        "–" if one.age_days is None else values.count(one.age_days),
        values.count(one.people),
        values.share(one.share),
    )


def _licence(one: OutsideSource) -> str:
    name, until = one.terms.licence, one.terms.licence_until
    if until is None:
        return name or "–"
    until_said = _("until {day}", day=values.day(until))
    return f"{name}, {until_said}" if name else until_said


def _sentences(one: OutsideSource, report: OutsideReport, currency: str) -> Iterator[str]:
    if one.ended:
        yield _("its licence has ended: it is not used. Delete it with `regulars undo`, or renew it.")
        return
    if one.unseen:
        yield _("it was loaded after the last build: run `regulars build`.")
        return
    if one.fields:
        yield _(
            "it says {fields}.",
            fields="; ".join(_field(field.field, field.people, field.words) for field in one.fields),
        )
        yield _("rules call these {names}.", names=", ".join(field.rule for field in one.fields))
    if one.elsewhere is not None:
        yield _elsewhere(*one.elsewhere)
        return
    for field in one.fields:
        if field.odd:
            yield _odd(field)
    if len({str(trial.why) for trial in one.trials}) == 1 and str(one.trials[0].why):
        yield _("whether it helps cannot be said: {why}.", why=one.trials[0].why)
        return
    for trial in one.trials:
        yield _tried(trial, report, doubted=one.late)
    if one.late and any(trial.with_it is not None for trial in one.trials):
        yield _may_know(one, report)
    yield from _cost(one, currency)


def _may_know(one: OutsideSource, report: OutsideReport) -> str:
    if one.terms.of_day is None:
        return _(
            "nobody said of which day it is (`regulars outside {source} --of DAY`): it may know what came after the"
            " evening it was tried on ({later}), so that it is not said to help.",
            source=one.source,
            later=values.day(report.later),
        )
    return _(
        "it is of {day}, after the evening it was tried on ({later}): it may know what came then, so that it is not"
        " said to help.",
        day=values.day(one.terms.of_day),
        later=values.day(report.later),
    )


def _elsewhere(areas: Codes, customers: Codes | None) -> str:
    """That nobody lives in any of its areas, and what can be done."""
    if customers is None:
        return _(
            "it says something of areas, and no customer has a postal code: `regulars ask` says whom to ask."
        )
    return _(
        "no customer lives in any of its areas: its postal codes are of {theirs} (such as '{their_code}'), your"
        " customers' of {ours} (such as '{our_code}'). If its codes are of another country than that, add a column"
        " `country` and load it again; else load a table of the areas where your customers live.",
        theirs=_countries(areas), their_code=areas.example, ours=_countries(customers), our_code=customers.example,
    )  # fmt: skip


def _countries(codes: Codes) -> str:
    return ", ".join(codes.countries[:_MOST_COUNTRIES])


def _odd(field: FieldSaid) -> str:
    """That some values of a field are not like the others."""
    if field.words is None:
        return plural(
            "{field} is read as a number; of {count} person it is none ('{value}') and is left out. Mend the file, or"
            " say it is empty.",
            "{field} is read as a number; of {count} people it is none ('{value}') and is left out. Mend the file, or"
            " say it is empty.",
            field.odd, field=field.field, value=field.odd_value,
        )  # fmt: skip
    return plural(
        "{field} is read as words, though of {count} person it is a number ('{value}').",
        "{field} is read as words, though of {count} people it is a number ('{value}').",
        field.odd, field=field.field, value=field.odd_value,
    )  # fmt: skip


def _field(name: str, people: int, words: int | None) -> str:
    count = values.count(people)
    if words is None:
        return plural(
            "{field} (a number, of {people} person)",
            "{field} (a number, of {people} people)",
            people,
            field=name,
            people=count,
        )
    return plural(
        "{field} ({words} different, of {people} person)", "{field} ({words} different, of {people} people)", people,
        field=name, words=values.count(words), people=count,
    )  # fmt: skip


def _tried(trial: Trial, report: OutsideReport, *, doubted: bool) -> str:
    goals = {"orders": _("who orders within {days} days", days=report.horizon_days),
             "spend": _("who spends most in {days} days", days=report.horizon_days)}  # fmt: skip
    goal = goals[trial.outcome]
    if trial.without is None or trial.with_it is None or trial.low is None or trial.high is None:
        return _("{goal}: nothing can be said, {why}.", goal=goal, why=trial.why)
    verdict = _("no help that can be told from chance")
    if trial.improves:
        verdict = _("it seems to help, and is doubted") if doubted else _("it helps")
    return _(
        "{goal}: {verdict}. {measure} {without} without it, {with_it} with it, difference {low} to {high}, asked of"
        " {asked} people on the evening of {later}; of the {chosen} chosen first, {right} choices became right and"
        " {wrong} wrong.",
        goal=goal, verdict=verdict,
        measure=_("AUC") if trial.outcome == "orders" else _("rank correlation"),
        without=figures.decimal(trial.without, _PLACES), with_it=figures.decimal(trial.with_it, _PLACES),
        low=figures.decimal(trial.low, _PLACES), high=figures.decimal(trial.high, _PLACES),
        asked=values.count(trial.asked), later=values.day(report.later), chosen=values.count(trial.chosen),
        right=values.count(trial.became_right), wrong=values.count(trial.became_wrong),
    )  # fmt: skip


def _cost(one: OutsideSource, currency: str) -> Iterator[str]:
    improved = one.improved_decisions
    if improved is None or improved <= 0:
        if one.terms.price and not one.late and any(trial.with_it is not None for trial in one.trials):
            yield _(
                "{price} bought no better decision so far.", price=values.money(one.terms.price, currency)
            )
        return
    if one.cost_per_improved is None:
        yield plural(
            "{count} better decision each time; nobody said its price (`regulars outside {source} --price …`).",
            "{count} better decisions each time; nobody said its price (`regulars outside {source} --price …`).",
            improved, source=one.source,
        )  # fmt: skip
        return
    least, most = one.cost_between
    yield plural(
        "{count} better decision each time ({low} to {high}): {cost} each, if it is used once ({least} to {most}).",
        "{count} better decisions each time ({low} to {high}): {cost} each, if it is used once ({least} to {most}).",
        improved, cost=values.money(one.cost_per_improved, currency),
        low=values.count(one.improved_between[0]) if one.improved_between else "",
        high=values.count(one.improved_between[2]) if one.improved_between else "",
        least="" if least is None else values.money(least, currency),
        most=_("no end: perhaps none was better") if most is None else values.money(most, currency),
    )  # fmt: skip
