"""The page of one customer, for somebody at a till: who it is, how they are doing, what to do, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regulars import figures
from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.foretold import foretold
from regulars.cli.pages.happened import answer, happened
from regulars.indicators import INDICATORS
from regulars.model.person import household_id, person_id
from regulars.segment.ladder import ladder
from regulars.segment.ready import ready_segments
from regulars.settings import Settings
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.people.show import FieldShown, Page

#: The indicators a cashier can use, the most telling first; those without a value are left out.
_SHOWN = (
    "stage", "orders_lifetime", "spend_lifetime", "average_basket", "days_since_last_order", "days_between_orders",
    "next_order_due_day", "favourite_weekday", "favourite_hour", "favourite_channel", "favourite_store",
    "favourite_category", "favourite_product",
)  # fmt: skip
_LISTED = 3  #: articles shown of each list
_TOLD = 12  #: traits shown; all are in the JSON
_CARD = (
    "email",
    "phone",
    "address_line",
    "street",
    "city",
    "postcode",
    "birth_date",
    "language",
    "loyalty_card",
)


def person_page(page: Page, settings: Settings) -> None:
    """Print the page."""
    zone, currency = settings.shop.time_zone, settings.shop.currency
    out.print(Panel(Line(_title(page)), expand=False))
    if not page.built:
        out.print(_("No card was made of them yet: run `regulars build`."), markup=False)
    elif page.changed:
        out.print(
            _(
                "Something of theirs came, went or changed since the last build, which made this page:"
                " `regulars build` makes it anew."
            ),
            markup=False,
        )
    for said in page.unheard:
        out.print(said, markup=False)
    _card(page, zone)
    _household(page)
    _consents(page, zone)
    _many(page)
    _numbers(page, currency)
    foretold(page, currency)
    _voice(page)
    _told(page)
    _recommended(page)
    _groups(page)
    _journey(page)
    happened(page, zone)
    _records(page, zone)


def _title(page: Page) -> str:
    names = [
        page.fields[name].value
        for name in ("name_prefix", "given_name", "family_name", "name_suffix")
        if name in page.fields and page.fields[name].value
    ]
    whole = page.fields.get("full_name")
    if not page.built:
        return person_id(page.person)
    name = values.named(" ".join(names) or (whole.value if whole else ""))
    return f"{name}   {person_id(page.person)}"


def _card(page: Page, zone: str) -> None:
    rows = []
    for name in _CARD:
        shown = page.fields.get(name)
        if shown is not None and not (name == "address_line" and "street" in page.fields):
            rows.append(
                (
                    values.field("address" if name in ("street", "address_line") else name),
                    _written(page, name),
                    Line(f"({_origin(shown, zone)})", "dim"),
                )
            )
    _pairs(rows)


def _household(page: Page) -> None:
    """Who else lives there, when anybody is known to."""
    if page.household is None:
        return
    others = ", ".join(
        f"{values.named(name)} ({person_id(person)})" for person, name in page.household.others.items()
    )
    household = household_id(page.household.household)
    out.print(_("Household {household}, with {others}", household=household, others=others), markup=False)


def _pairs(rows: Sequence[Sequence[str | Line]]) -> None:
    """Names, values and what is to be said of them, below each other."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for row in rows:
        table.add_row(*(Line(cell) if isinstance(cell, str) else cell for cell in row))
    out.print(table)


def _written(page: Page, name: str) -> str:
    """A field of the card as people write it."""
    value = page.fields[name].value
    if name == "street" and "house_number" in page.fields:
        return f"{page.fields['house_number'].value} {value}"
    if not value:
        return "–"
    return values.language_name(value) if name == "language" else values.written(name, value)


def _origin(shown: FieldShown, zone: str) -> str:
    day = values.day_of(shown.seen_us, zone)
    if shown.locked is None and not shown.dated:
        return _("from {source}, loaded {day}", source=shown.source, day=day)
    if shown.locked is None:
        return _("from {source}, {day}", source=shown.source, day=day)
    said = _("locked by {who}, {day}", who=shown.locked.who, day=day)
    return values.about(said, shown.locked.why) if shown.locked.why else said


def _consents(page: Page, zone: str) -> None:
    if not page.consents:
        return
    out.print(_("May we write?"), style="bold")
    rows = []
    for channel, (state, origin) in page.consents.items():
        day = origin.get("at_us")
        told = [str(origin["source"])] if origin else []
        if day:
            when = values.day_of(int(str(day)), zone)
            told += [when if origin.get("dated", True) else _("loaded {day}", day=when)]
        told += [_("after the numbers below")] if page.is_later(day) else []
        rows.append(
            (
                "  " + values.channel(channel),
                answer(state),
                Line(f"({', '.join(told)})" if told else "", "dim"),
            )
        )
    _pairs(rows)


def _many(page: Page) -> None:
    if not page.account_of_many:
        return
    out.print(
        _(
            "{facts} facts hang on this customer: a walk-in account or a staff card rather than one person. It is"
            " compared with nobody, and gets no message.",
            facts=values.count(int(str(page.indicators["facts_lifetime"]))),
        ),
        style="bold",
    )


def _numbers(page: Page, currency: str) -> None:
    if page.as_of is None:
        return
    out.print(_("In numbers, up to the evening of {day}", day=values.day(page.as_of)), style="bold")
    _pairs(
        [
            ("  " + str(INDICATORS[name].label), _value(page, name, currency))
            for name in shown(foretold=bool(page.foretold.get("enough_data")))
            if page.indicators.get(name) is not None
        ]
    )


def shown(*, foretold: bool) -> list[str]:
    """The indicators on the page; where the next order is foretold, one day for it is enough."""
    return [name for name in _SHOWN if not (foretold and name == "next_order_due_day")]


def _value(page: Page, name: str, currency: str) -> str:
    if name == "stage":
        return _stages().get(str(page.indicators[name]), "")
    if name == "favourite_product" and page.favourite_product:
        return page.favourite_product
    if name == "favourite_channel":
        return values.channel(str(page.indicators[name]))
    value = values.indicator(INDICATORS[name], page.indicators[name], currency)
    if name == "spend_lifetime" and page.not_counted:
        amounts = ", ".join(values.money(paid, other) for other, paid in page.not_counted.items())
        return _("{spend}; not counted, for no rate is known: {amounts}", spend=value, amounts=amounts)
    return value


def _stages() -> dict[str, str]:
    """The stages of the purchase cycle, in words for somebody who never heard of them."""
    return {
        "prospect": _("not yet a customer"),
        "new": _("new: bought once, not long ago"),
        "active": _("active: buys at their usual pace"),
        "due": _("due: their usual time to buy has come"),
        "late": _("late: past their usual time to buy"),
        "lapsed": _("lapsed: has stopped coming"),
    }


def _voice(page: Page) -> None:
    """What they say of us, when they wrote anything that tells."""
    if page.sentiment is None:
        return
    words = {
        "pleased": _("pleased with us"),
        "mixed": _("of two minds"),
        "displeased": _("displeased with us"),
    }
    said = plural(
        "In their own words: {how}; {count} complaint in a year",
        "In their own words: {how}; {count} complaints in a year",
        page.complaints_365d,
        how=words[page.sentiment],
    )
    if page.last_complaint_day is not None:
        said += _(", the last one on {day}", day=values.day(page.last_complaint_day))
    out.print(said, markup=False)


def _told(page: Page) -> None:
    """What others tell of them, and what is known of the area they live in."""
    if not page.told:
        return
    out.print(_("From outside"), style="bold")
    where = {"area": _("where they live"), "person": _("of them")}
    _pairs(
        [
            (
                "  " + one.field,
                one.value
                if isinstance(one.value, str)
                else figures.decimal(one.value, 0 if one.value == round(one.value) else 2),
                Line(f"({where[one.about]}, {one.source})", "dim"),
            )
            for one in page.told[:_TOLD]
        ]
    )


def _recommended(page: Page) -> None:
    """The few likeliest articles of each list."""
    titles = {"again": _("May buy again"), "new": _("May like, and never bought")}
    for name, title in titles.items():
        listed = page.recommended.get(name, [])[:_LISTED]
        if listed:
            out.print(title, style="bold")
            _pairs([("  " + one.product_name, Line(f"({one.reason})", "dim")) for one in listed])


def _groups(page: Page) -> None:
    """The groups, the rung, the next step and the plan."""
    if page.segments:
        titles = ", ".join(str(ready_segments()[name].title) for name in page.segments)
        out.print(_("In: {segments}", segments=titles), markup=False)
    if page.rung and page.next_step:
        rung, step = ladder().rungs[page.rung], ladder().steps[page.next_step]
        out.print(_("On the ladder: {rung}. Next: {step}", rung=rung.title, step=step.sentence), markup=False)
    if page.decision and page.decision_day is not None:
        out.print(
            _("Plan for {day}: {reason}", day=values.day(page.decision_day), reason=page.decision),
            style="bold",
            markup=False,
        )


def _journey(page: Page) -> None:
    """First touch, and the way from it to the first order: one line, when there is anything to tell."""
    told = page.journey
    if told is None or told.first_touch is None:
        return
    first = told.first_touch
    named = [
        values.event(first.event),
        values.channel(first.channel or ""),
        first.campaign,
        *told.utm.values(),
    ]
    where = ", ".join(dict.fromkeys(part for part in named if part))
    if told.days_to_first_order is None:
        said = _("First met: {day}, {where}. No order yet.", day=values.day(first.day), where=where)
    else:
        said = _(
            "First met: {day}, {where}. Days to the first order: {days}; visits and clicks before it: {touches}.",
            day=values.day(first.day),
            where=where,
            days=values.count(told.days_to_first_order),
            touches=values.count(told.touches_before_first_order or 0),
        )
    out.print(said, markup=False)


def _records(page: Page, zone: str) -> None:
    out.print(_("Known in the files as"), style="bold")
    for record in page.records:
        line = "  " + values.shortened(f"{record.source}:{record.source_key}")
        if record.why and record.since_us is not None:
            day = values.day_of(record.since_us, zone)
            line += "   " + _("{why}, since {day}", why=record.why, day=day)
        out.print(line, markup=False)
