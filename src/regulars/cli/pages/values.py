"""Values as people read them: money, days, shares, in their language."""

from __future__ import annotations

from datetime import time

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from regulars.indicators import Indicator
from regulars.model.clock import day_date, from_us
from regulars.model.money import to_units
from regulars.words import Text, _, language

_WEEKDAYS = (
    Text(en="Monday", fr="lundi"),
    Text(en="Tuesday", fr="mardi"),
    Text(en="Wednesday", fr="mercredi"),
    Text(en="Thursday", fr="jeudi"),
    Text(en="Friday", fr="vendredi"),
    Text(en="Saturday", fr="samedi"),
    Text(en="Sunday", fr="dimanche"),
)
_PERCENT = {"en": "#,##0.#%", "fr": "#,##0.#\u00a0%"}
_LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def money(minor: int, currency: str) -> str:
    """An amount in minor units."""
    return str(format_currency(to_units(minor, currency), currency, locale=_LOCALES[language()]))


def day(number: int) -> str:
    """A shop day."""
    return str(format_date(day_date(number), format="medium", locale=_LOCALES[language()]))


def number(value: float) -> str:
    """A number, to one decimal when it is not whole."""
    return str(format_decimal(value, format="#,##0.#", locale=_LOCALES[language()]))


def decimal(value: float, places: int) -> str:
    """A number with that many decimals."""
    return str(format_decimal(value, format="#,##0." + "0" * places, locale=_LOCALES[language()]))


def bits(value: float) -> str:
    """Bits of evidence: above 0 for, below 0 against."""
    return str(format_decimal(value, format="+0.0;-0.0", locale=_LOCALES[language()]))


def kind(name: str) -> str:
    """What a file holds, in words."""
    words = {
        "people": _("people"), "orders": _("orders"), "events": _("events"), "products": _("products"),
        "stores": _("stores"),
    }  # fmt: skip
    return words.get(name, name)


def count(value: int) -> str:
    """How many."""
    return str(format_decimal(value, format="#,##0", locale=_LOCALES[language()]))


def known_count(value: int | None) -> str:
    """How many; a dash when that is not known."""
    return "–" if value is None else count(value)


def share(value: float) -> str:
    """A share, 0..1."""
    return str(format_percent(value, format=_PERCENT[language()], locale=_LOCALES[language()]))


def instant_day(at_us: int, zone: str) -> str:
    """The shop day of an instant, as an ISO date."""
    return from_us(at_us, zone).date().isoformat()


def language_name(code: str) -> str:
    """A language by its name: `fr` is French."""
    known = Locale("fr" if language() == "fr" else "en").languages
    return str(known.get(code, code))


def channel(name: str) -> str:
    """A channel, in words; one that nobody foresaw stands as it came."""
    words = {
        "email": _("e-mail"), "sms": _("text message"), "phone": _("phone"), "post": _("post"), "web": _("web"),
        "store": _("in the shop"), "app": _("app"),
    }  # fmt: skip
    return words.get(name, name)


def event(name: str) -> str:
    """What happened, by the names that events go by; other names stand as they came."""
    words = {
        "Page Viewed": _("visited the site"), "Product Viewed": _("looked at a product"),
        "Product List Viewed": _("looked at products"), "Products Searched": _("searched for products"),
        "Product Clicked": _("clicked on a product"), "Product Added": _("put something in the cart"),
        "Product Removed": _("took something out of the cart"), "Cart Viewed": _("looked at the cart"),
        "Checkout Started": _("went to the checkout"), "Order Completed": _("ordered"),
        "Product Shared": _("shared a product"), "Product Reviewed": _("wrote a review"),
        "Friend Referred": _("brought a friend"), "Invite Sent": _("invited a friend"),
        "Ticket Opened": _("asked for help"),
        "Email Delivered": _("got an e-mail"), "Email Opened": _("opened an e-mail"),
        "Email Link Clicked": _("clicked in an e-mail"), "Email Bounced": _("an e-mail came back"),
        "Email Marked as Spam": _("marked an e-mail as spam"), "Unsubscribed": _("unsubscribed"),
        "SMS Link Clicked": _("clicked in a text message"),
        "Push Notification Tapped": _("tapped a notification"), "Signed Up": _("opened an account"),
        "Signed In": _("signed in"), "Application Opened": _("opened the app"),
    }  # fmt: skip
    return words.get(name, name)


def _stage(stage: str) -> str:
    words = {
        "prospect": _("not yet a customer"), "new": _("new"), "active": _("active"), "due": _("due"), "late": _("late"),
        "lapsed": _("lapsed"),
    }  # fmt: skip
    return words.get(stage, stage)


def _hour(hour: int) -> str:
    """An hour of the day, as people say it: 8 p.m., 20 h."""
    shape = "H 'h'" if language() == "fr" else "h a"
    return str(format_time(time(hour), shape, locale=_LOCALES[language()]))


def indicator(one: Indicator, value: object, currency: str) -> str:
    """An indicator's value in the unit people read."""
    if value is None:
        return "–"
    if one.name == "stage":
        return _stage(str(value))
    if isinstance(value, str) or one.unit == "text":
        return str(value)
    amount = float(str(value))
    match one.unit:
        case "cents":
            return money(int(amount), currency)
        case "day":
            return day(int(amount))
        case "weekday":
            return str(_WEEKDAYS[int(amount)])
        case "hour":
            return _hour(int(amount))
        case "share":
            return share(amount)
        case "days":
            return _("1 day") if amount == 1 else _("{count} days", count=number(amount))
        case _:
            return number(amount)
