"""Which fields of files feed which indicator: `orders.coupon`, `events.rating`, `people.loyalty_card`.

A file of messages, tickets or reviews is one of events. Where a column may come of several fields (what was paid: of
the line's own sum, or of price times quantity) all of them are named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from regulars.indicators import INDICATORS

_TIME = ("orders.ordered_at",)
_HOUR = ("orders.ordered_at", "orders.ordered_time")
_AT = ("events.at",)
_PAID = ("orders.paid", "orders.line_total", "orders.unit_price", "orders.order_total", "orders.refunded")
_RETURN = ("orders.quantity", "orders.status", "orders.cancelled_at", "orders.refunded")
#: What every row of a relation hangs on.
ROWS: Mapping[str, tuple[str, ...]] = {
    "orders": ("orders.order_id", "orders.customer_key"),
    "lines": ("orders.order_id", "orders.customer_key"),
    "priced": ("orders.order_id", "orders.customer_key"),
    "lately": ("orders.order_id", "orders.customer_key", *_TIME),
    "gaps": ("orders.order_id", "orders.customer_key", *_TIME),
    "events": ("events.event",),
    "clicks": ("events.event",),
    "opens": ("events.event", "people.consent_email", "people.email"),
    "after_clicks": ("orders.order_id", "orders.customer_key", *_TIME, "events.event", *_AT),
    "journeys": ("orders.order_id", "events.event"),
    "reach": (),
}
#: Of each relation that indicators are counted over: which fields a column is made of.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "orders": {
        "order_no": (), "day": _TIME, "age": _TIME, "sold_at_us": _HOUR, "hour": _HOUR, "weekday": _TIME,
        "paid": _PAID, "discount": ("orders.discount", "orders.order_discount"), "items": ("orders.quantity",),
        "coupon": ("orders.coupon",), "channel": ("orders.channel",), "store": ("orders.store",),
        "payment": ("orders.payment",), "weight": _TIME,
    },
    "lines": {
        "order_no": (), "day": _TIME, "age": _TIME, "sold_at_us": _HOUR, "hour": _HOUR, "weekday": _TIME,
        "product_id": ("orders.product_id", "orders.product_name"), "category": ("orders.category",),
        "quantity": ("orders.quantity",), "paid": _PAID, "discount": ("orders.discount", "orders.order_discount"),
        "coupon": ("orders.coupon",), "channel": ("orders.channel",), "store": ("orders.store",),
        "payment": ("orders.payment",), "line_kind": ("orders.line_type", "orders.product_id"), "is_return": _RETURN,
    },
    "priced": {
        "day": _TIME, "age": _TIME, "category": ("orders.category",), "brand": ("products.brand",), "paid": _PAID,
        "is_return": _RETURN, "cost": ("products.unit_cost", "orders.quantity"),
    },
    "lately": {
        "day": _TIME, "category": ("orders.category",), "brand": ("products.brand",), "weight": _TIME,
    },
    "gaps": {"gap_days": _TIME},
    "events": {
        "event": ("events.event",), "at_us": _AT, "day": _AT, "age": _AT, "hour": _AT, "weekday": _AT, "weight": _AT,
        "product_id": ("events.product_id",), "channel": ("events.channel",), "campaign": ("events.campaign",),
        "rating": ("events.rating",),
    },
    "clicks": {"day": _AT, "age": _AT, "at_us": _AT, "medium": ("events.event",), "weight": _AT},
    "opens": {"age": _AT},
    "after_clicks": {"order_no": (), "age": _TIME, "paid": _PAID},
    "journeys": {
        "touched_first": _AT, "first_channel": ("events.channel", "orders.channel"),
        "first_campaign": ("events.campaign",), "first_day": (*_AT, *_TIME), "days_to_order": (*_AT, *_TIME),
        "touches_before_order": _AT,
    },
    "reach": {
        "channels": (
            "people.email", "people.phone", "people.postcode", "people.consent_email", "people.consent_sms",
            "people.consent_phone", "people.consent_post",
        ),
        "has_card": ("people.loyalty_card",),
    },
}  # fmt: skip


@cache
def fields_of(indicator: str) -> frozenset[str]:
    """The fields, `kind.field`, that an indicator is made of, straight or by way of others.

    >>> sorted(fields_of("gap_variation"))
    ['orders.customer_key', 'orders.order_id', 'orders.ordered_at']
    """
    one = INDICATORS[indicator]
    if one.over in ("indicators", "norms"):
        others = set(re.findall(r"\w+", one.value)) & set(INDICATORS) - {indicator}
        return frozenset().union(*(fields_of(other) for other in others))
    relation = one.value.partition(".")[0] if one.over in ("favourite", "confidence") else one.over
    columns = set(re.findall(r"\w+", one.value)) & set(COLUMNS[relation])
    read = (field for column in columns for field in COLUMNS[relation][column])
    return frozenset((*ROWS[relation], *read))
