"""The options that say on what terms data from outside was had: of `load`, and of `outside`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from regulars.errors import Invalid
from regulars.model.clock import parse_day
from regulars.model.money import minor_digits, to_minor
from regulars.model.outside import ORIGINS, Terms
from regulars.words import _


def terms_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the terms of data from outside."""
    for option in reversed(
        (
            click.option(
                "--origin",
                type=click.Choice(list(ORIGINS)),
                help="data from outside: how you came by it",
            ),
            click.option("--price", help="data from outside: what it cost in all, in the shop's currency"),
            click.option("--licence", help="data from outside: under which licence you have it"),
            click.option("--licence-until", help="data from outside: the last day on which you may use it"),
            click.option("--of", "of_day", help="data from outside: the day that it is of"),
        )
    ):
        function = option(function)
    return function


def terms_of(
    currency: str,
    *,
    origin: str | None,
    price: str | None,
    licence: str | None,
    licence_until: str | None,
    of_day: str | None,
) -> Terms | None:
    """The terms that were said; None when nothing was."""
    if not any((origin, price, licence, licence_until, of_day)):
        return None
    return Terms(
        origin=origin,
        price=None if price is None else _price(price, currency),
        licence=licence,
        licence_until=parse_day(licence_until) if licence_until else None,
        of_day=parse_day(of_day) if of_day else None,
    )


def _price(text: str, currency: str) -> int:
    """A price as somebody types it: 120, 120.50, 120,50."""
    wrong = Invalid(
        _("'{text}' is not a price", text=text),
        _("write an amount in {currency}, such as 120.50", currency=currency),
    )
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise wrong from None
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise wrong
    minor = to_minor(amount, currency)
    if Decimal(minor) != amount.scaleb(minor_digits(currency)):
        raise Invalid(
            _("{given} is finer than {currency} can be paid", given=text, currency=currency),
            _("write an amount in {currency}, such as 120.50", currency=currency),
        )
    return minor
