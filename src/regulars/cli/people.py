"""People: who is who, what is known of them, which groups they are in."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from regulars.cli import groups
from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import segments, values
from regulars.cli.pages.customer import person_page
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.errors import NotFound, did_you_mean
from regulars.indicators import FAMILIES, INDICATORS
from regulars.model.clock import day_date
from regulars.model.person import person_id
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.chain.build import Built
    from regulars.flow.people.joining import Joined
    from regulars.flow.retention import Forgotten
    from regulars.match.run import MatchReport


@command("match", "regulars match")
def match(asked: Asked) -> None:
    """Find out which records are the same person."""
    shop = asked.open()
    with progress() as told:
        report = shop.match(told)
    _print_match(asked, report)


def _print_match(asked: Asked, report: MatchReport) -> None:
    if asked.as_json:
        print_json(asdict(report))
        return
    out.print(
        _(
            "From {records} to {people}: {merged} joined, {pairs} to review, in {seconds} s.",
            records=plural("{count} record", "{count} records", report.records),
            people=plural("{count} person", "{count} people", report.people),
            merged=values.count(report.auto_merged),
            pairs=plural("{count} pair", "{count} pairs", report.to_review),
            seconds=values.decimal(report.seconds, 1),
        ),
        markup=False,
    )
    if report.model is None:
        out.print(
            _("Only exact identifiers joined any: the records say nothing else that can be compared."),
            markup=False,
        )
    elif not report.learnt:
        out.print(
            _("There are too few records to learn from: they were weighed as in shops in general."),
            markup=False,
        )


@command("explain", "regulars explain shop:1 shop:2")
@click.argument("record_a")
@click.argument("record_b")
def explain(asked: Asked, record_a: str, record_b: str) -> None:
    """Say why two records (SOURCE:KEY), or two people by any key of `show`, are one person, or why not."""
    said = asked.open().explain(record_a, record_b)
    if asked.as_json:
        print_json(asdict(said))
        return
    out.print(said.sentence, markup=False)
    print_table(
        (text(_("field")), text(said.name_a), text(said.name_b), number(_("bits"))),
        [
            (
                values.field(field.field),
                values.written(field.field, field.value_a or ""),
                values.written(field.field, field.value_b or ""),
                "" if field.weight is None else values.bits(field.weight),
            )
            for field in said.fields
        ],
    )
    if said.weight is not None and said.probability is not None:
        out.print(
            _(
                "together {bits} bits, probability {share}",
                bits=values.bits(said.weight),
                share=values.decimal(said.probability, 4),
            )
        )


@command("merge", "regulars merge shop:1 shop:2")
@click.argument("record_a")
@click.argument("record_b")
def merge(asked: Asked, record_a: str, record_b: str) -> None:
    """Say that two records (SOURCE:KEY), or two people by any key of `show`, are one person.

    It outranks every score and can be taken back by unmerge.
    """
    _print_joined(asked, asked.open().merge(record_a, record_b, getpass.getuser()))


@command("unmerge", "regulars unmerge shop:2")
@click.argument("records", nargs=-1, required=True)
@click.option("--all", "every", is_flag=True, help="also where that takes back several joins made by hand")
def unmerge(asked: Asked, records: tuple[str, ...], every: bool) -> None:
    """Say that these records (SOURCE:KEY) are somebody else than those they stand with; it holds across re-runs.

    The records named stay together. The id of a person who was joined to another stands for their records.
    """
    _print_joined(asked, asked.open().unmerge(records, getpass.getuser(), every=every))


def _print_joined(asked: Asked, joined: Joined) -> None:
    """What was undone, and who is who now."""
    if asked.as_json:
        persons = [{**asdict(one), "person": person_id(one.person)} for one in joined.persons]
        undone = [asdict(one) for one in joined.undone]
        print_json({**asdict(joined.report), "undone": undone, "persons": persons})
        return
    for one in joined.undone:
        out.print(
            _("no longer linked: {one} – {other} ({why})", one=one.record_a, other=one.record_b, why=one.why),
            markup=False,
        )
    for someone in joined.persons:
        out.print(
            _(
                "{person} {name} is {records}",
                person=person_id(someone.person),
                name=someone.name or _("name unknown"),
                records=", ".join(someone.records),
            ),
            markup=False,
        )
    _print_match(asked, joined.report)


@command("review", "regulars review")
@click.option("--most", type=click.IntRange(1, 999_999_999), default=20, help="how many pairs to list")
def review(asked: Asked, most: int) -> None:
    """List the pairs of records that may be one person, the most probable first; answer with merge or unmerge."""
    pairs = asked.open().review(most)
    if asked.as_json:
        print_json({"pairs": [asdict(pair) for pair in pairs]})
        return
    if not pairs:
        out.print(_("No pair of records waits for an answer."), markup=False)
        return
    print_table(
        (whole(_("record")), whole(_("record")), number(_("probability")), text(_("why it waits"))),
        [(pair.record_a, pair.record_b, values.decimal(pair.probability, 3), pair.reason) for pair in pairs],
    )


@command("build", "regulars build --as-of 2011-12-09")
@click.option("--as-of", help="a day, and its evening: facts after it are not seen")
def build(asked: Asked, as_of: str | None) -> None:
    """Build profiles, indicators and segments, and match before it when records changed."""
    shop = asked.open()
    with progress() as told:
        built = shop.build(as_of, told)
    _tell_built(built)
    _tell_currencies(built, shop.settings.shop.currency)
    if asked.as_json:
        print_json({**asdict(built), "as_of": day_date(built.as_of).isoformat()})
        return
    out.print(
        plural(
            "{count} person as of {day}, in {seconds} s.",
            "{count} people as of {day}, in {seconds} s.",
            built.people,
            day=values.day(built.as_of),
            seconds=values.decimal(built.seconds, 1),
        ),
        markup=False,
    )
    segments.sized(built.segments)


def _tell_built(built: Built) -> None:
    """Say on stderr why it was built of this day, and what was mended and removed on the way."""
    if built.as_of_reason:
        err.print(
            _("as of {day}: {reason}", day=values.day(built.as_of), reason=built.as_of_reason), markup=False
        )
    if built.warning:
        err.print(built.warning, markup=False)
    if built.mended:
        err.print(
            plural(
                "{count} file of the lake was missing or damaged, and was written anew from the store",
                "{count} files of the lake were missing or damaged, and were written anew from the store",
                len(built.mended),
            ),
            markup=False,
        )
    tell_forgotten(built.forgotten)


def _tell_currencies(built: Built, own: str) -> None:
    """Say on stderr which order lines are in another currency than the shop's, and whether their money counts."""
    for currency, lines in built.left_out.items():
        err.print(
            plural(
                "{count} order line is in {currency}: its order counts, its money does not; the shop counts {own}",
                "{count} order lines are in {currency}: the orders count, their money does not; the shop counts {own}",
                lines,
                currency=currency,
                own=own,
            ),
            markup=False,
        )
        err.print(_("load a file of rates (currency, day, rate), and their money counts too"), markup=False)
    for currency, lines in built.converted.items():
        err.print(
            plural(
                "{count} order line in {currency} is counted in {own}, at the rate of its day",
                "{count} order lines in {currency} are counted in {own}, at the rate of their day",
                lines,
                currency=currency,
                own=own,
            ),
            markup=False,
        )


def tell_forgotten(forgotten: Forgotten) -> None:
    """Say on stderr what was removed because the shop had kept it for long enough, when anything was."""
    if forgotten.rows or forgotten.rejects:
        err.print(
            _(
                "removed, for [retention] keeps them no longer: {rejects}, and {rows}; what was read from these stays",
                rejects=plural("{count} reject", "{count} rejects", forgotten.rejects),
                rows=plural("{count} row as it was found", "{count} rows as they were found", forgotten.rows),
            ),
            markup=False,
        )


@command("indicators", "regulars indicators spend_90d")
@click.argument("name", required=False)
def indicators(asked: Asked, name: str | None) -> None:
    """List the indicators, or explain one: its question, its unit, its expression, its examples."""
    if name is not None and name not in INDICATORS:
        raise NotFound(_("there is no indicator '{name}'", name=name), did_you_mean(name, INDICATORS))
    if asked.as_json:
        chosen = [INDICATORS[name]] if name else list(INDICATORS.values())
        print_json({"indicators": [asdict(one) for one in chosen]})
        return
    if name is not None:
        one = INDICATORS[name]
        out.print(f"{one.name}: {one.question}", markup=False)
        out.print(
            _("unit {unit}, counted over {over}", unit=values.unit(one.unit), over=_over(one.over)),
            markup=False,
        )
        out.print(one.value, markup=False)
        for facts, expected in one.examples:
            given = "; ".join(
                ", ".join(f"{name} = {value}" for name, value in fact.items()) for fact in facts
            )
            out.print(
                "  " + _("for {facts} it is {value}", facts=f"[{given}]", value=expected),
                markup=False,
            )
        return
    for family, members in FAMILIES.items():
        print_table(
            (whole(_("indicator")), whole(_("unit")), text(_("question"))),
            [(one.name, values.unit(one.unit), str(one.question)) for one in members],
            title=_family(family),
        )


def _over(relation: str) -> str:
    words = {
        "orders": _("orders"), "lines": _("order lines"), "events": _("events"), "gaps": _("gaps between orders"),
        "journeys": _("ways to the first order"), "favourite": _("favourites"), "indicators": _("other indicators"),
        "norms": _("the norms of the shop"),
    }  # fmt: skip
    return words[relation]


def _family(name: str) -> str:
    words = {
        "frequency": _("frequency"), "spend": _("spend"), "basket": _("basket"), "habits": _("habits"),
        "cycle": _("purchase cycle"), "ranks": _("ranks"), "returns": _("returns"), "engagement": _("engagement"),
        "journey": _("journey"), "advocacy": _("advocacy"),
    }  # fmt: skip
    return words.get(name, name)


@command("show", "regulars show P1")
@click.argument("key")
def show(asked: Asked, key: str) -> None:
    """Show one customer, all round; KEY is an id, e-mail, phone, card, name, customer number, or SOURCE:KEY.

    When several people fit, they are listed.
    """
    shop = asked.open()
    hits = shop.find(key)
    if len(hits) > 1:
        if asked.as_json:
            print_json({"hits": [{**asdict(hit), "person_id": person_id(hit.person)} for hit in hits]})
            return
        print_table(
            (
                whole(_("person")),
                text(_("name")),
                whole(_("e-mail")),
                whole(_("phone")),
                text(_("city")),
            ),
            [
                (
                    person_id(hit.person),
                    hit.name,
                    hit.email or "",
                    values.phone(hit.phone or ""),
                    hit.city or "",
                )
                for hit in hits
            ],
            title=_("{count} people fit '{key}'", count=len(hits), key=key),
        )
        return
    page = shop.show(hits[0].person)
    if asked.as_json:
        print_json(page.as_json())
        return
    person_page(page, shop.settings)


COMMANDS = (match, explain, merge, unmerge, review, build, indicators, *groups.COMMANDS, show)
