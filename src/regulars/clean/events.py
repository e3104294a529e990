"""Events: visits, clicks, messages, tickets and reviews become facts in Segment's words, or rejects with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.clean.row.currencies import currency_parts
from regulars.clean.row.found import (
    PLAIN_INSTANTS,
    KnownFile,
    Layout,
    filled_json_sql,
    hash_sql,
    json_sql,
    layout,
    literal,
)
from regulars.clean.row.instants import EARLIEST_US, has_time, instant_sql
from regulars.clean.row.keys import customer_key_sql, key_sql
from regulars.clean.row.numbers import decimal_sql, factor_sql, minor_sql, no_number, other_style_sql
from regulars.clean.row.rejects import rejected
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import MICROSECONDS_A_DAY
from regulars.model.fields import EVENT_KINDS
from regulars.words import Text, both

_SQL = Path(__file__).with_name("events.sql")

#: How Segment's first version of its e-commerce words, and others, name what happened.
OTHER_NAMES: Mapping[str, str] = {
    "viewed product": "Product Viewed",
    "added product": "Product Added",
    "removed product": "Product Removed",
    "viewed product category": "Product List Viewed",
    "clicked product": "Product Clicked",
    "started order": "Checkout Started",
    "completed order": "Order Completed",
    "view_item": "Product Viewed",
    "add_to_cart": "Product Added",
    "begin_checkout": "Checkout Started",
    "page_view": "Page Viewed",
    "share": "Product Shared",
    "shared product": "Product Shared",
    "referral": "Friend Referred",
    "refer a friend": "Friend Referred",
    "invite": "Invite Sent",
    "review": "Product Reviewed",
    "reviewed product": "Product Reviewed",
    "click": "Email Link Clicked",
    "clicked": "Email Link Clicked",
    "open": "Email Opened",
    "opened": "Email Opened",
    "delivered": "Email Delivered",
    "sent": "Email Delivered",
    "bounce": "Email Bounced",
    "bounced": "Email Bounced",
    "spam": "Email Marked as Spam",
    "complaint": "Email Marked as Spam",
    "unsubscribe": "Unsubscribed",
    "reply": "Email Replied",
    "replied": "Email Replied",
}

_NUMBERS = ("value", "rating")
#: A rating that says of how many, or what it counts.
_RATED = r"^\s*(\d+(?:[.,]\d+)?)\s*(?:(?:/|out of|of|sur)\s*(\d+))?\s*(?:stars?|étoiles?|etoiles?|★|⭐)?\s*$"
_STARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What a chunk of rows means."""

    events: pa.Table  #: one row an event, the columns of `events` that the row itself gives, and whose it is
    rejects: pa.Table  #: see `rejected`


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> Happened:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text."""
    where = layout(chunk, file)
    parts = _parts(where, file)
    session.table("found", chunk)
    session.create("read", statements(_SQL)["read"].format(**parts))
    wrong = session.rows(statements(_SQL)["rejects"]).to_pylist()
    return Happened(
        events=session.rows(statements(_SQL)["events"].format(**parts)),
        rejects=rejected(_reject(row, where) for row in wrong),
    )


def _parts(where: Layout, file: KnownFile) -> dict[str, str]:
    at = next(iter(where.names("at")), None)
    zone = where.zone_of(at) if at else where.zone
    formats = (where.date_formats(at) if at else ()) or PLAIN_INSTANTS
    home = file.settings.shop.currency
    factor = factor_sql(literal(home))
    value = minor_sql(decimal_sql(where.field_sql("value"), where.decimal_separator("value")), factor)
    currency = currency_parts(where, ("value",), home)["currency"]
    rating = decimal_sql(where.field_sql("rating"), where.decimal_separator("rating"))
    return {
        "at_us": instant_sql(where.field_sql("at"), formats, zone),
        "when_text": where.field_sql("at"),
        "zone": literal(zone),
        "timed": str(has_time(formats)).lower(),
        "event": _event_sql(where.field_sql("event"), EVENT_KINDS[where.mapping.kind]),
        "value": f"case when {currency} = {literal(home)} then {value} end",
        **{f"{name}_text": where.field_sql(name) for name in _NUMBERS},
        **{
            f"{name}_of_other_style": other_style_sql(where.field_sql(name), where.decimal_separator(name))
            for name in _NUMBERS
        },
        "rating": f"cast({_rating_sql(where.field_sql('rating'), rating)} as double)",
        "said": f"nullif(concat_ws('\n', {where.field_sql('title')}, {where.field_sql('text')}), '')",
        "properties": filled_json_sql([*where.unmapped(), *where.names("rating")]),
        "content_hash": hash_sql(json_sql(where.columns)),
        "event_id": key_sql(where.field_sql("event_id")),
        "customer_key": customer_key_sql(where.field_sql("customer_key")),
        **{name: where.field_sql(name) for name in ("email", "phone", "loyalty_card", "user_id", "campaign")},
        **{name: key_sql(where.field_sql(name)) for name in ("product_id", "channel")},
        "earliest": str(EARLIEST_US),
        "latest": str(file.loaded_us + MICROSECONDS_A_DAY),
        "key_hash": hash_sql("known_by"),
    }


def _rating_sql(text: str, number: str) -> str:
    """A rating as people write it, in five stars where it says of how many: 4, 4/5, 8/10, 4 stars, ★★★★☆; else null."""

    def part(group: int) -> str:
        """One group of a rating as it is written, as a number; null where it is not told."""
        found = f"nullif(regexp_extract(lower({text}), {literal(_RATED)}, {group}), '')"
        return f"try_cast(replace({found}, ',', '.') as double)"

    scaled = f"{part(1)} * {_STARS} / coalesce(nullif({part(2)}, 0), {_STARS})"
    filled = f"length(regexp_replace({text}, '[^★⭐]', '', 'g'))"
    stars = f"case when regexp_full_match({text}, '[★⭐☆✩ \ufe0f]+') then {filled} end"
    return f"coalesce({number}, {scaled}, {stars})"


def _reject(row: Mapping[str, Any], where: Layout) -> tuple[int, str, Text]:
    """What is wrong with a row: its number in another style, or its time."""
    if row["problem"] in _NUMBERS:
        column, separator = where.named(row["problem"]), where.decimal_separator(row["problem"])
        return row["line"], column, no_number(row["text"], column, separator)
    column = where.named("at")
    return row["line"], column, _reason(row["problem"], row["text"], column)


def _reason(problem: str, value: str | None, column: str) -> Text:
    match problem:
        case "missing":
            return both("'{column}' is empty", column=column)
        case "future":
            return both("'{value}' in '{column}' is in the future", value=value, column=column)
        case "past":
            return both("'{value}' in '{column}' is too long ago to be true", value=value, column=column)
        case _:
            return both("'{value}' in '{column}' is not a date like the others", value=value, column=column)


def _event_sql(text: str, default: str) -> str:
    cases = "".join(f" when {literal(other)} then {literal(name)}" for other, name in OTHER_NAMES.items())
    return f"case lower(trim({text})){cases} else coalesce(trim({text}), {literal(default)}) end"
