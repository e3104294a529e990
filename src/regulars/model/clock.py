"""The shop's clock: instants as microseconds since 1970 UTC, days as days since 1970 in the shop's zone.

Only `app` knows what time it is; everybody else is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from regulars.errors import Invalid
from regulars.words import _

EPOCH = date(1970, 1, 1)
MICROSECONDS_A_DAY = 86_400_000_000
Now = Callable[[], datetime]  #: an aware instant


def day_number(day: date) -> int:
    """Days since 1970.

    >>> day_number(date(2011, 12, 9))
    15317
    """
    return (day - EPOCH).days


def day_date(day: int) -> date:
    """The date of a day number.

    >>> day_date(15317)
    datetime.date(2011, 12, 9)
    """
    return EPOCH + timedelta(days=day)


def to_us(instant: datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant, exactly."""
    since = instant.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_us(instant_us: int, zone: str) -> datetime:
    """The aware local time of an instant."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant_us)).astimezone(ZoneInfo(zone))


def evening_us(day: int, zone: str) -> int:
    """When a shop day ends."""
    return to_us(datetime.combine(day_date(day + 1), time(), ZoneInfo(zone)))


def iso_readings(text: str) -> list[str]:
    """The ISO dates that a day written in another way may mean; none of a text that is one already.

    >>> iso_readings("03/02/2024"), iso_readings("2024-3-2"), iso_readings("3 mars")
    (['2024-02-03', '2024-03-02'], ['2024-03-02'], [])
    """
    parts = re.fullmatch(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})", text.strip())
    if parts is None:
        return []
    first, second, third = parts.groups()
    orders = [(first, second, third)] if len(first) == 4 else [(third, second, first), (third, first, second)]
    readings = [_iso(*order) for order in orders if len(order[0]) == 4]
    return list(dict.fromkeys(one for one in readings if one not in ("", text.strip())))


def no_day(text: str) -> Invalid:
    """What is said of a text that is no ISO date."""
    meant = _(" or ").join(iso_readings(text)) or "2011-12-09"
    return Invalid(_("'{text}' is not a date", text=text), _("write it as {day}", day=meant))


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def parse_day(text: str) -> int:
    """The day number of an ISO date of the years 1900 to 2199; anything else is `Invalid`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise no_day(text) from None
    if not 1900 <= day.year < 2200:
        raise Invalid(
            _("no shop was or will be open on {day}", day=text), _("name a day of the years 1900 to 2199")
        )
    return day_number(day)
