"""What people did, read from a rule: the events it names, their periods and their properties."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TypeGuard

from sqlglot import exp

from regulars.errors import Invalid, did_you_mean
from regulars.model.clock import day_number, parse_day
from regulars.segment.language.happenings import (
    EVENTS,
    PROPERTIES,
    Bound,
    Did,
    Happening,
    Operator,
    Period,
    Property,
    Then,
)
from regulars.segment.language.vocabulary import plain_word
from regulars.words import _

DID, TIMES, THEN = ("did", "a_fait"), ("times", "fois"), ("did_then", "a_fait_puis")
WORDS = (*DID, *TIMES, *THEN)
MOST_TIMES, MOST_DAYS = 1_000_000, 36_500

_LAST = re.compile(
    r"(?:in )?(?:the )?(?:last |past )?(?P<number>\d{1,5}) (?P<unit>day|week|month|year)s?"
    r"|(?:dans |pendant )?(?:les )?(?P<nombre>\d{1,5}) (?:derniers |dernieres )?(?P<unite>jour|semaine|mois|an|annee)s?"
    r"(?: derniers| dernieres)?"
)
_WITHIN = re.compile(r"(?:within|dans les|en) (\d{1,5}) (?:days?|jours?)")
_UNITS = {"jour": "day", "semaine": "week", "mois": "month", "an": "year", "annee": "year"}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_RANGE = re.compile(r"(?:from |du )?(\S+) (?:to|until|au|a) (\S+)")
_SINCE = re.compile(r"(?:since|depuis|depuis le|from) (\S+)")
_UNTIL = re.compile(r"(?:until|jusqu'au|up to) (\S+)")


def read_happening(node: exp.Anonymous, as_of: int) -> Happening:
    """Read `did(…)` or `did_then(…)`."""
    name = str(node.this).lower()
    return _then(node, as_of) if name in THEN else _did(node, as_of)


def read_times(node: exp.Anonymous, operator: Operator, number: exp.Expr, as_of: int) -> Did:
    """Read `times(…) >= 3`."""
    if not (isinstance(number, exp.Literal) and not number.is_string and str(number.this).isdecimal()):
        raise Invalid(
            _("how often something happened is a whole number"),
            _("for example times('Product Viewed', 'last 30 days') >= 3"),
        )
    times = int(str(number.this))
    if times > MOST_TIMES:
        raise Invalid(_("the number {given} is too large", given=times), _("write a smaller number"))
    found = _did(node, as_of)
    return Did(found.event, operator, times, found.properties, found.period)


def is_times(node: exp.Expr) -> TypeGuard[exp.Anonymous]:
    """Whether it is `times(…)`."""
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in TIMES


def alone(node: exp.Anonymous) -> Invalid:
    """`times(…)` that is compared with nothing."""
    return Invalid(
        _("'{text}' is a number", text=node.sql(dialect="duckdb")),
        _("for example times('Product Viewed', 'last 30 days') >= 3"),
    )


def _did(node: exp.Anonymous, as_of: int) -> Did:
    given = list(node.expressions)
    event = _event(given[0] if given else None)
    properties: list[Property] = []
    period: Period | None = None
    for one in given[1:]:
        if isinstance(one, exp.Literal) and one.is_string and period is None:
            period = _period(str(one.this), as_of)
        else:
            properties.append(_property(one))
    return Did(event, properties=tuple(properties), period=period)


def _then(node: exp.Anonymous, as_of: int) -> Then:
    given = list(node.expressions)
    first, then = (_event(given[place] if len(given) > place else None) for place in (0, 1))
    within: int | None = None
    period: Period | None = None
    for one in given[2:]:
        text = str(one.this) if isinstance(one, exp.Literal) and one.is_string else ""
        near = _WITHIN.fullmatch(plain_word(text))
        if near and within is None:
            within = int(near[1])
        elif text and period is None:
            period = _period(text, as_of)
        else:
            raise _no_happening(one.sql(dialect="duckdb"))
    return Then(first, then, within, period)


def _event(node: exp.Expr | None) -> str:
    """The name of an event as the shop keeps it; one that we do not know stands as it is written."""
    if not (isinstance(node, exp.Literal) and node.is_string and str(node.this).strip()):
        raise Invalid(
            _("what somebody did is named between quotes"),
            _("for example did('Product Viewed', 'last 30 days')"),
        )
    written = str(node.this).strip()
    known = {plain_word(name): name for name in EVENTS}
    return known.get(plain_word(written), written)


def _property(node: exp.Expr) -> Property:
    signs: dict[type[exp.Expr], Operator] = {
        exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    }  # fmt: skip
    operator = signs.get(type(node))
    if operator is None or not isinstance(node.this, exp.Column):
        raise _no_happening(node.sql(dialect="duckdb"))
    name = node.this.name.lower()
    if name not in PROPERTIES:
        raise Invalid(
            _("nothing that happened has a '{name}'", name=name),
            did_you_mean(name, PROPERTIES) or _("there are {names}", names=", ".join(PROPERTIES)),
        )
    value = node.expression
    numeric = name == "rating"
    if not isinstance(value, exp.Literal) or value.is_string == numeric:
        raise Invalid(
            _("'{name}' is a number", name=name) if numeric else _("'{name}' is a text", name=name),
            _("write rating >= 4") if numeric else _("write {name} = 'text', between quotes", name=name),
        )
    if not numeric and operator not in ("=", "<>"):
        raise Invalid(_("'{name}' has no more and less", name=name), _("compare it with = or <>"))
    text = str(value.this)
    bound: Bound = float(text) if numeric else text
    return Property(name, operator, bound, text if numeric else "'" + text.replace("'", "''") + "'")


def _period(written: str, as_of: int) -> Period:
    """'last 30 days', '2026-01', '2026', 'since 2026-01-01', '2026-01-01 to 2026-03-31'; the same in French."""
    plain = plain_word(written).replace("’", "'")
    if plain in ("today", "aujourd'hui"):
        return Period(as_of, as_of, written, days=1)
    found = _LAST.fullmatch(plain)
    if found:
        unit = found["unit"] or _UNITS[found["unite"]]
        days = int(found["number"] or found["nombre"]) * _DAYS[unit]
        if not 1 <= days <= MOST_DAYS:
            raise Invalid(_("'{text}' is no time that passed", text=written), _("for example 'last 30 days'"))
        return Period(as_of - days + 1, as_of, f"last {days} days", days=days)
    if month := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", plain):
        return _calendar(int(month[1]), int(month[2]) if month[2] else None, written)
    for pattern, ends in ((_RANGE, (0, 1)), (_SINCE, (0,)), (_UNTIL, (1,))):
        if found := pattern.fullmatch(plain):
            days_named = dict(zip(ends, (parse_day(day) for day in found.groups()), strict=True))
            first, last = days_named.get(0), days_named.get(1)
            if first is not None and last is not None and first > last:
                raise Invalid(
                    _("nothing is between {low} and {high}", low=found[1], high=found[2]),
                    _("write the earlier day first"),
                )
            return Period(first, last, written)
    raise Invalid(
        _("'{text}' is no time that is understood", text=written),
        _("for example 'last 30 days', '2026-01', 'since 2026-01-01', '2026-01-01 to 2026-03-31'"),
    )


def _calendar(year: int, month: int | None, written: str) -> Period:
    if not 1 <= year <= 9998 or not 1 <= (month or 1) <= 12:
        raise Invalid(_("'{text}' is no time that is understood", text=written), _("for example '2026-01'"))
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return Period(day_number(date(year, month or 1, 1)), day_number(last), written)


def _no_happening(text: str) -> Invalid:
    return Invalid(
        _("'{text}' cannot be asked of what somebody did", text=text),
        _("for example did('Product Viewed', product_id = 'MUG', 'last 30 days')"),
    )
