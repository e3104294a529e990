"""The page of one customer, for somebody at a till: who it is, how they are doing, what to do, what happened."""

from __future__ import annotations

from itertools import zip_longest

from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.flow.people.show import FieldShown, Page
from regulars.indicators import INDICATORS
from regulars.model.clock import from_us
from regulars.model.person import person_id
from regulars.segment.ladder import ladder
from regulars.segment.ready import ready_segments
from regulars.settings import Settings
from regulars.words import _

#: The indicators a cashier can use, the most telling first; those without a value are left out.
_SHOWN = (
    "stage", "days_since_last_order", "orders_lifetime", "spend_lifetime", "average_basket", "next_order_due_day",
    "rfm", "favourite_weekday", "favourite_hour", "favourite_channel", "favourite_store", "favourite_category",
    "favourite_product", "days_between_orders",
)  # fmt: skip
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
_MOMENTS = 12


def person_page(page: Page, settings: Settings) -> None:
    """Print the page."""
    zone, currency = settings.shop.time_zone, settings.shop.currency
    out.print(Panel(Line(_title(page)), expand=False))
    _card(page, zone)
    _numbers(page, currency)
    _journey(page)
    if page.account_of_many:
        out.print(
            _(
                "{facts} facts hang on this customer: a walk-in account or a staff card rather than one person. It is"
                " compared with nobody, and gets no message.",
                facts=values.count(int(str(page.indicators["facts_lifetime"]))),
            ),
            style="bold",
        )
    if page.segments:
        titles = ", ".join(str(ready_segments()[name].title) for name in page.segments)
        out.print(_("In: {segments}", segments=titles), markup=False)
    if page.rung and page.next_step:
        rung, step = ladder().rungs[page.rung], ladder().steps[page.next_step]
        out.print(_("On the ladder: {rung}. Next: {step}", rung=rung.title, step=step.sentence), markup=False)
    if page.decision and page.decision_day is not None:
        out.print(
            _("{day}: {reason}", day=values.day(page.decision_day), reason=page.decision),
            style="bold",
            markup=False,
        )
    _consents(page, zone)
    _timeline(page, zone)
    _records(page)


def _title(page: Page) -> str:
    names = [
        page.fields[name].value
        for name in ("name_prefix", "given_name", "family_name", "name_suffix")
        if name in page.fields and page.fields[name].value
    ]
    whole = page.fields.get("full_name")
    name = " ".join(names) or (whole.value if whole else _("name unknown"))
    return f"{name}   {person_id(page.person)}"


def _card(page: Page, zone: str) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name in _CARD:
        shown = page.fields.get(name)
        if shown is not None and not (name == "address_line" and "street" in page.fields):
            value = shown.value
            if name == "street" and "house_number" in page.fields:
                value = f"{page.fields['house_number'].value} {value}"
            table.add_row(
                _field_words()[name], Line(value or "–"), Line(f"({_origin(shown, zone)})", style="dim")
            )
    out.print(table)


def _origin(shown: FieldShown, zone: str) -> str:
    day = from_us(shown.seen_us, zone).date().isoformat()
    if shown.locked is None:
        return _("from {source}, {day}", source=shown.source, day=day)
    why = f": {shown.locked.why}" if shown.locked.why else ""
    return _("locked by {who}, {day}{why}", who=shown.locked.who, day=day, why=why)


def _field_words() -> dict[str, str]:
    return {
        "email": _("e-mail"), "phone": _("phone"), "address_line": _("address"), "street": _("address"),
        "city": _("city"), "postcode": _("postcode"), "birth_date": _("birth date"),
        "language": _("language"), "loyalty_card": _("card"),
    }  # fmt: skip


def _numbers(page: Page, currency: str) -> None:
    if page.as_of is None:
        return
    known = [
        (str(INDICATORS[name].label), _value(page, name, currency))
        for name in _SHOWN
        if page.indicators.get(name) is not None
    ]
    table = Table(title=_("as of {day}", day=values.day(page.as_of)), title_justify="left", show_header=False)
    half = (len(known) + 1) // 2
    for left, right in zip_longest(known[:half], known[half:], fillvalue=("", "")):
        table.add_row(*left, *right)
    out.print(table)


def _value(page: Page, name: str, currency: str) -> str:
    if name == "favourite_product" and page.favourite_product:
        return page.favourite_product
    return values.indicator(INDICATORS[name], page.indicators[name], currency)


def _consents(page: Page, zone: str) -> None:
    words, channels, said = _state_words(), _channel_words(), []
    for channel, (state, origin) in page.consents.items():
        when = origin.get("at_us")
        day = f", {from_us(int(str(when)), zone).date().isoformat()}" if when else ""
        source = f" ({origin['source']}{day})" if origin else ""
        said.append(f"{channels[channel]}: {words[state]}{source}")
    if said:
        out.print(_("May we write? {answers}", answers=" · ".join(said)), markup=False)


def _state_words() -> dict[str, str]:
    return {"granted": _("yes"), "denied": _("no"), "withdrawn": _("withdrawn"), "unknown": _("not known")}


def _channel_words() -> dict[str, str]:
    return {"email": _("e-mail"), "sms": _("text message"), "phone": _("phone"), "post": _("post")}


def _journey(page: Page) -> None:
    """First touch, and the way from it to the first order: one line, when there is anything to tell."""
    told = page.journey
    if told is None or told.first_touch is None:
        return
    first = told.first_touch
    named = [first.event, first.channel, first.campaign, *told.utm.values()]
    where = ", ".join(dict.fromkeys(part for part in named if part))
    if told.days_to_first_order is None:
        said = _("First touch: {day}, {where}. No order yet.", day=values.day(first.day), where=where)
    else:
        said = _(
            "First touch: {day}, {where}. Days to the first order: {days}; touches: {touches}.",
            day=values.day(first.day),
            where=where,
            days=values.count(told.days_to_first_order),
            touches=values.count(told.touches_before_first_order or 0),
        )
    out.print(said, markup=False)


def _timeline(page: Page, zone: str) -> None:
    moments = page.timeline
    if not moments:
        return
    table = Table(title=_("What happened"), title_justify="left")
    for title in (_("when"), _("what"), _("how much"), _("details")):
        table.add_column(title)
    words = {"order": _("order"), "return": _("return"), "event": "", "consent": _("consent")}
    states, channels = _state_words(), _channel_words()
    for moment in moments[:_MOMENTS]:
        amount = (
            values.money(moment.paid, moment.currency) if moment.paid is not None and moment.currency else ""
        )
        where = " ".join(part for part in (moment.store, moment.channel) if part)
        title = _event_words().get(moment.title, moment.title) if moment.what == "event" else moment.title
        what = " ".join(part for part in (words[moment.what], title) if part)
        details = " – ".join(part for part in (where, moment.detail) if part)
        if moment.what == "order" and (touches := len(page.touches_before(moment))):
            details += " " + _("(touches before it: {touches})", touches=touches)
        if moment.what == "consent":
            state, _space, basis = moment.detail.partition(" ")
            what, details = (
                f"{what}".replace(moment.title, channels.get(moment.title, "")),
                f"{states[state]} ({_basis_words().get(basis.strip('()'), basis.strip('()'))})",
            )
        table.add_row(
            from_us(moment.at_us, zone).strftime("%Y-%m-%d %H:%M"), Line(what), amount, Line(details)
        )
    out.print(table)
    if len(moments) > _MOMENTS:
        out.print(_("and {count} more, with --json", count=len(moments) - _MOMENTS))


def _basis_words() -> dict[str, str]:
    return {"asserted": _("asserted"), "express": _("express"), "implied": _("implied")}


def _event_words() -> dict[str, str]:
    """What happened, by the names that events go by; other names stand as they came."""
    return {
        "Product Viewed": _("Product Viewed"), "Product Added": _("Product Added"),
        "Product Shared": _("Product Shared"),
        "Product Reviewed": _("Product Reviewed"), "Checkout Started": _("Checkout Started"),
        "Order Completed": _("Order Completed"), "Email Opened": _("Email Opened"),
        "Email Delivered": _("Email Delivered"),
        "Email Bounced": _("Email Bounced"), "Email Clicked": _("Email Clicked"), "Unsubscribed": _("Unsubscribed"),
        "Friend Referred": _("Friend Referred"),
    }  # fmt: skip


def _records(page: Page) -> None:
    out.print(_("Known as"), style="bold")
    for record in page.records:
        why = f"   {record.why}" if record.why else ""
        out.print(f"  {record.source}:{record.source_key}{why}", markup=False)
