"""What people did, in a rule: `did('Product Viewed', 'last 30 days')`, `times('Product Added') >= 3`,
`did_then('Email Link Clicked', 'Order Completed', 'within 3 days')`.

It is asked of the relation `happened` (person, event, at_us, day, and what `PROPERTIES` names): the events of
everybody up to the evening of the build, their orders as `Order Completed`, and the lines of them as `Product
Bought`. Who is not known to have done something has not done it: the answer is never unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.words import Text

Operator = Literal["=", "<>", "<", "<=", ">", ">="]
Bound = int | float | str
_OPPOSITE: Mapping[Operator, Operator] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
DAY_US = 86_400_000_000

#: What a rule may ask of a happening, and how it is said.
PROPERTIES: Mapping[str, Text] = {
    "product_id": Text(en="of the product {value}", fr="du produit {value}"),
    "category": Text(en="of the category {value}", fr="de la catégorie {value}"),
    "channel": Text(en="through the channel {value}", fr="par le canal {value}"),
    "campaign": Text(en="in the campaign {value}", fr="dans la campagne {value}"),
    "store": Text(en="in the store {value}", fr="au magasin {value}"),
    "rating": Text(en="with the rating {value}", fr="avec la note {value}"),
}
#: What happens in a shop, as it is said of customers.
EVENTS: Mapping[str, Text] = {
    "Order Completed": Text(en="ordered", fr="ont commandé"),
    "Product Bought": Text(en="bought something", fr="ont acheté un article"),
    "Page Viewed": Text(en="visited the site", fr="ont visité le site"),
    "Product Viewed": Text(en="looked at a product", fr="ont regardé un produit"),
    "Product List Viewed": Text(en="looked at products", fr="ont regardé des produits"),
    "Products Searched": Text(en="searched for products", fr="ont cherché des produits"),
    "Product Clicked": Text(en="clicked on a product", fr="ont cliqué sur un produit"),
    "Product Added": Text(en="put something in the cart", fr="ont mis un article au panier"),
    "Product Removed": Text(en="took something out of the cart", fr="ont retiré un article du panier"),
    "Cart Viewed": Text(en="looked at the cart", fr="ont regardé leur panier"),
    "Checkout Started": Text(en="went to the checkout", fr="sont passés à la caisse"),
    "Product Shared": Text(en="shared a product", fr="ont partagé un produit"),
    "Product Reviewed": Text(en="wrote a review", fr="ont écrit un avis"),
    "Friend Referred": Text(en="brought a friend", fr="ont amené un ami"),
    "Invite Sent": Text(en="invited a friend", fr="ont invité un ami"),
    "Ticket Opened": Text(en="asked for help", fr="ont demandé de l’aide"),
    "Email Delivered": Text(en="got an e-mail", fr="ont reçu un courriel"),
    "Email Opened": Text(en="opened an e-mail", fr="ont ouvert un courriel"),
    "Email Link Clicked": Text(en="clicked in an e-mail", fr="ont cliqué dans un courriel"),
    "Email Replied": Text(en="replied to an e-mail", fr="ont répondu à un courriel"),
    "Email Bounced": Text(en="had an e-mail come back", fr="ont eu un courriel refusé"),
    "Email Marked as Spam": Text(en="marked an e-mail as spam", fr="ont signalé un courriel comme pourriel"),
    "Unsubscribed": Text(en="unsubscribed", fr="ont quitté la liste"),
    "SMS Link Clicked": Text(en="clicked in a text message", fr="ont cliqué dans un texto"),
    "Push Notification Tapped": Text(en="tapped a notification", fr="ont touché une notification"),
    "Signed Up": Text(en="opened an account", fr="ont ouvert un compte"),
    "Signed In": Text(en="signed in", fr="ont ouvert une session"),
    "Application Opened": Text(en="opened the app", fr="ont ouvert l’appli"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included; an end that is None is open."""

    first: int | None
    last: int | None
    written: str  #: as in the rule: 'last 30 days'
    days: int | None = None  #: when it is so many days up to the evening of the build


@dataclass(frozen=True, slots=True)
class Property:
    """`product_id = 'MUG'`, or another than that."""

    name: str
    operator: Operator
    value: Bound
    written: str


@dataclass(frozen=True, slots=True)
class Did:
    """`times('Product Viewed', product_id = 'MUG', 'last 30 days') >= 3`; `did(…)` is once or more often."""

    event: str
    operator: Operator = ">="
    number: int = 1
    properties: tuple[Property, ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """`did_then('Email Link Clicked', 'Order Completed', 'within 3 days')`: one thing, and another later."""

    first: str
    then: str
    within_days: int | None = None
    period: Period | None = None
    negated: bool = False


Happening = Did | Then
Bind = Callable[[Bound], str]


def opposite_of(one: Happening) -> Happening:
    """Who did not."""
    match one:
        case Did():
            return Did(one.event, _OPPOSITE[one.operator], one.number, one.properties, one.period)
        case Then():
            return Then(one.first, one.then, one.within_days, one.period, not one.negated)


def happening_text(one: Happening) -> str:
    """As one writes it in a rule, in its normal form."""
    match one:
        case Did():
            inner = ", ".join(
                [
                    _quoted(one.event),
                    *(f"{p.name} {p.operator} {p.written}" for p in one.properties),
                    *([_quoted(one.period.written)] if one.period else []),
                ]
            )
            if (one.operator, one.number) == (">=", 1):
                return f"did({inner})"
            if (one.operator, one.number) == ("<", 1):
                return f"not did({inner})"
            return f"times({inner}) {one.operator} {one.number}"
        case Then():
            parts = [_quoted(one.first), _quoted(one.then)]
            parts += [f"'within {one.within_days} days'"] if one.within_days is not None else []
            parts += [_quoted(one.period.written)] if one.period else []
            return f"{'not ' if one.negated else ''}did_then({', '.join(parts)})"


def happening_sql(one: Happening, bind: Bind) -> str:
    """As SQL over `profiles`; it is never unknown."""
    match one:
        case Did():
            return _times_sql(one, bind)
        case Then():
            return f"{'not ' if one.negated else ''}{_then_sql(one, bind)}"


def _times_sql(one: Did, bind: Bind) -> str:
    number, operator = one.number, one.operator
    if operator in (">", "<="):
        number, operator = number + 1, ">=" if operator == ">" else "<"
    if number <= 0 and operator in (">=", "<"):
        return "true" if operator == ">=" else "false"
    negated = "not " if operator in ("<", "<>") else ""
    if operator in ("=", "<>") and number == 0:
        negated, having = ("" if operator == "<>" else "not "), ""
    elif operator in (">=", "<"):
        having = "" if number == 1 else f" group by person having count(*) >= {bind(number)}"
    else:
        having = f" group by person having count(*) = {bind(number)}"
    asked = [f"event = {bind(one.event)}", *_period_sql(one.period, bind)]
    asked += [f"{p.name} {p.operator} {bind(p.value)}" for p in one.properties]
    return f"{negated}(person in (select person from happened where {' and '.join(asked)}{having}))"


def _then_sql(one: Then, bind: Bind) -> str:
    """Of each second thing the nearest first thing before it is looked at."""
    first, then = bind(one.first), bind(one.then)
    asked = [f"event in ({first}, {then})", *_period_sql(one.period, bind)]
    near = (
        f" and at_us - before_us <= {bind(one.within_days * DAY_US)}" if one.within_days is not None else ""
    )
    return (
        "(person in (select person from (select person, event, at_us,"
        f" max(case when event = {first} then at_us end) over (partition by person order by at_us"
        " range between unbounded preceding and 1 preceding) as before_us"
        f" from happened where {' and '.join(asked)}) as steps"
        f" where event = {then} and before_us is not null{near}))"
    )


def _period_sql(period: Period | None, bind: Bind) -> list[str]:
    if period is None:
        return []
    return [
        *([f"day >= {bind(period.first)}"] if period.first is not None else []),
        *([f"day <= {bind(period.last)}"] if period.last is not None else []),
    ]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
