"""Values as people read them: money, days, shares, in their language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from babel import Locale
from babel.dates import format_time

from regulars.figures import (
    bits,
    chance,
    count,
    day,
    day_of,
    decimal,
    instant,
    money,
    number,
    phone,
    share,
    written,
)
from regulars.indicators import Indicator
from regulars.model.field_names import field_name
from regulars.words import Text, _, language, plural, shortened

__all__ = [
    "bits", "chance", "channel", "count", "day", "day_of", "decimal", "event", "field", "indicator", "instant", "kind",
    "known_count", "language_name", "money", "named", "number", "phone", "records", "share", "shortened", "unit",
    "written",
]  # fmt: skip

_WEEKDAYS = (
    Text(en="Monday", fr="lundi"),
    Text(en="Tuesday", fr="mardi"),
    Text(en="Wednesday", fr="mercredi"),
    Text(en="Thursday", fr="jeudi"),
    Text(en="Friday", fr="vendredi"),
    Text(en="Saturday", fr="samedi"),
    Text(en="Sunday", fr="dimanche"),
)


def kind(name: str) -> str:
    """What a file holds, in words."""
    words = {
        "people": _("people"), "orders": _("orders"), "events": _("events"), "products": _("products"),
        "stores": _("stores"), "messages": _("messages"), "tickets": _("service requests"), "reviews": _("reviews"),
        "areas": _("areas"), "traits": _("traits"), "rates": _("exchange rates"),
    }  # fmt: skip
    return words.get(name, name)


def about(name: object, text: object) -> str:
    """A name, and what is said of it, with the colon that the reader's language writes."""
    return _("{name}: {text}", name=name, text=text)


def named(name: str | None) -> str:
    """What somebody is called."""
    return shortened(name) if name else _("name unknown")


def records(names: Iterable[str]) -> str:
    """Records (SOURCE:KEY) one after the other; of a very long key its beginning."""
    return ", ".join(shortened(name) for name in names)


def known_count(value: int | None) -> str:
    """How many; a dash when that is not known."""
    return "–" if value is None else count(value)


def language_name(code: str) -> str:
    """A language by its name: `fr` is French."""
    known = Locale("fr" if language() == "fr" else "en").languages
    return str(known.get(code, code))


def channel(name: str) -> str:
    """A channel, in words; one that nobody foresaw stands as it came."""
    words = {
        "email": _("e-mail"), "sms": _("text message"), "phone": _("phone"), "post": _("post"), "web": _("web"),
        "store": _("in the store"), "app": _("app"),
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
        "Email Replied": _("replied to an e-mail"), "SMS Replied": _("replied to a text message"),
        "SMS Link Clicked": _("clicked in a text message"),
        "Push Notification Tapped": _("tapped a notification"), "Signed Up": _("opened an account"),
        "Signed In": _("signed in"), "Application Opened": _("opened the app"), "Event": _("something happened"),
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
    return str(format_time(time(hour), shape, locale="fr_CA" if language() == "fr" else "en_CA"))


def indicator(one: Indicator, value: object, currency: str) -> str:
    """An indicator's value in the unit people read."""
    if value is None:
        return "–"
    if one.name == "stage":
        return _stage(str(value))
    if isinstance(value, str) or one.unit == "text":
        return channel(str(value)) if one.name == "favourite_channel" else str(value)
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
            return _days(amount)
        case _:
            return number(amount)


def _days(amount: float) -> str:
    if amount == int(amount):
        return plural("{count} day", "{count} days", int(amount))
    return _("{number} days", number=number(amount))


def unit(name: str) -> str:
    """The unit of an indicator, in words."""
    words = {
        "count": _("number"), "cents": _("money"), "days": _("days"), "day": _("date"), "weekday": _("weekday"),
        "hour": _("hour"), "share": _("share"), "score": _("score"), "text": _("text"),
    }  # fmt: skip
    return words.get(name, name)


def field(name: str) -> str:
    """The plain name of a field."""
    return str(field_name(name))
