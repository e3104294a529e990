"""Order lines: rows of a receipt or an order export become facts, or rejects with a reason.

`paid` is what was paid for the line, discounts off, without shipping and, when the source tells it apart, without
tax. A negative quantity or amount, a cancelled or refunded status, and a credit note are returns. A cancelled order
that shows what would have been paid is a return of nothing: the sale and its cancellation are one row. An order that
is not paid yet is kept, and counts when a newer file says that it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.clean.order.goods import kind_parts
from regulars.clean.order.shares import OF_THE_WHOLE, share, share_nothing
from regulars.clean.order.statuses import cancelled_sql, evidence_sql, unpaid_sql
from regulars.clean.person.consents import Answer, answers
from regulars.clean.row.currencies import DOLLARS, currency_parts
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
from regulars.clean.row.keys import customer_key_sql, key_sql, order_id_sql, rounded, rounded_sql
from regulars.clean.row.numbers import DECIMAL, decimal_sql, factor_sql, minor_sql, no_number
from regulars.clean.row.rejects import rejected
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import MICROSECONDS_A_DAY
from regulars.model.person import nobody_sql
from regulars.settings import Settings
from regulars.words import Text, both

#: How a row may name the buyer.
_NAMES = ("full_name", "given_name", "family_name")
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_NOBODY = nobody_sql("coalesce(full_name, nullif(concat_ws(' ', given_name, family_name), ''))")
#: The amounts of money of a row; the first that has a sign says the currency of all.
_MONEY = (
    "paid", "line_total", "unit_price", "discount", "tax", "line_tax", "shipping", "order_discount",
    "order_subtotal", "order_total", "refunded",
)  # fmt: skip
_AMOUNTS = ("quantity", *_MONEY)
_SQL = Path(__file__).with_name("orders.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLines:
    """What a chunk of rows means."""

    lines: (
        pa.Table
    )  #: one row a fact, the columns of `order_lines` that the row itself gives, and who bought;
    #: `beside` is true of a fact that no row of the file stands for: what was given back of a whole order;
    #: `walk_in` of a line that says itself that its buyer is nobody in particular
    rejects: pa.Table  #: see `rejected`
    answers: Mapping[str, Answer]  #: by column of `lines`: what the buyer says of messages


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> OrderLines:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text.

    Buyers are named by the raw columns `customer_key`, `email`, `phone`, `loyalty_card`, `user_id` and `full_name`
    or its parts; who that is, is settled by `people`, and so is what the columns of `answers` grant or withdraw.
    """
    where = layout(chunk, file)
    said = {f"answer_{nth}": one for nth, one in enumerate(answers(where))}
    session.table("found", chunk)
    session.create(
        "judged",
        statements(_SQL)["judged"].format(
            read=statements(_SQL)["read"].format(**_read_parts(where, file), answers=_answers_sql(said)),
            latest=file.loaded_us + MICROSECONDS_A_DAY,
            earliest=EARLIEST_US,
            rounded_order=rounded_sql("order_id"),
            rounded_customer=rounded_sql("customer_key"),
            nobody=_NOBODY,
            evidence=evidence_sql("line_type"),
            dollars=", ".join(map(literal, DOLLARS)),
        ),
    )
    rejects = session.rows(statements(_SQL)["rejects"])
    session.create("priced", statements(_SQL)["priced"].format(**_price_parts(file.settings)))
    if any(where.names(field) for field in OF_THE_WHOLE):
        share(session)
    else:
        share_nothing(session)
    return OrderLines(
        lines=session.rows(
            statements(_SQL)["lines"].format(**_key_parts(), answers="".join(f"{name}, " for name in said))
        ),
        rejects=_in_words(rejects, where),
        answers=said,
    )


def _read_parts(where: Layout, file: KnownFile) -> dict[str, str]:
    number = {name: _amount_sql(where, name) for name in _AMOUNTS}
    sold_at = next(iter(where.names("ordered_at")), None)
    zone = where.zone_of(sold_at) if sold_at else where.zone
    when, formats = _when(where, sold_at)
    space = key_sql(where.field_sql("order_space"))
    keys = ("product_id", "store", "channel", "payment", "coupon", "status", "line_type")
    texts = ("product_name", "category", "email", "phone", "loyalty_card", "user_id", *_NAMES)
    return {
        **number,
        **{f"{name}_text": where.field_sql(name) for name in number},
        **{name: key_sql(where.field_sql(name)) for name in keys},
        **{name: where.field_sql(name) for name in texts},
        "customer_key_text": where.field_sql("customer_key"),
        "customer_key": customer_key_sql(where.field_sql("customer_key")),
        "order_space": f"coalesce({space}, {literal(file.settings.order_space(file.source))})",
        "order_id": order_id_sql(where.field_sql("order_id")),
        "when_text": when,
        "sold_at_us": instant_sql(when, formats, zone),
        "zone": literal(zone),
        "timed": str(has_time(formats)).lower(),
        **currency_parts(where, _MONEY, file.settings.shop.currency),
        "cancelled_at": where.field_sql("cancelled_at"),
        "extra": filled_json_sql(where.unmapped()),
        "content_hash": hash_sql(json_sql(where.columns)),
    }


def _answers_sql(said: Mapping[str, Answer]) -> str:
    return "".join(f"{one.sql} as {name}, " for name, one in said.items())


def _amount_sql(where: Layout, field: str) -> str:
    """SQL for the amount in a field; a plain null where the file has none, which is planned in no time."""
    if not where.has(field):
        return f"cast(null as {DECIMAL})"
    return decimal_sql(where.field_sql(field), where.decimal_separator(field))


def _when(where: Layout, sold_at: str | None) -> tuple[str, tuple[str, ...]]:
    """SQL for the text of the time of sale, and its formats; the time of day may stand in a column of its own."""
    days = (where.date_formats(sold_at) if sold_at else ()) or PLAIN_INSTANTS
    time_of_day = next(iter(where.names("ordered_time")), None)
    if time_of_day is None:
        return where.field_sql("ordered_at"), days
    times = where.date_formats(time_of_day) or _TIMES
    text = f"concat_ws(' ', {where.field_sql('ordered_at')}, {where.field_sql('ordered_time')})"
    return text, (*(f"{day} {time}" for day in days for time in times), *days)


def _price_parts(settings: Settings) -> dict[str, str]:
    minor = {
        "cents": "paid_amount",
        "line_off": "discount",
        "tax_cents": "case when evidence then 0 else coalesce(tax, 0) end",
        "line_tax_cents": "case when evidence then 0 else coalesce(line_tax, 0) end",
        "shipping_cents": "coalesce(shipping, 0)",
        "order_off": "order_discount",
        "subtotal_cents": "order_subtotal",
        "total_cents": "order_total",
        "refunded_cents": "refunded",
    }
    return {
        "cancelled": cancelled_sql("status", "cancelled_at"),
        "unpaid": unpaid_sql("status"),
        **kind_parts("product_id", "product_name", settings.orders),
        "decimal": DECIMAL,
        "factor": factor_sql("currency"),
        **{name: minor_sql(amount, "factor") for name, amount in minor.items()},
    }


def _key_parts() -> dict[str, str]:
    """SQL for what a line, and what was given back of an order, are known by."""
    content = "coalesce(product_id, product_name, ''), pieces, amount, case when evidence then line_type end"
    line = f"concat_ws('|', order_space, order_id, {content})"
    return {
        "key_hash": hash_sql(line),
        "shared_hash": hash_sql("concat_ws('|', content_hash, off, tax_inside)"),
        "back_key": hash_sql("concat_ws('|', order_space, order_id, 'given back')"),
        "back_hash": hash_sql("concat_ws('|', given_back, currency, sold_at_us, customer_key, email)"),
    }


def _in_words(rejects: pa.Table, where: Layout) -> pa.Table:
    """Say each reason in a sentence, and name the file's own column."""
    return rejected(
        (row["line"], where.named(field), _reason(row["problem"], row["value"], where, field))
        for row in rejects.to_pylist()
        for field in [_there(where, row["field"])]
    )


def _there(where: Layout, field: str) -> str:
    """A field; for the amount of a line, the first of those that may hold it for which the file has a column."""
    choices = ("paid", "line_total", "unit_price") if field == "paid" else (field,)
    return next((one for one in choices if where.names(one)), field)


def _reason(problem: str, value: str, where: Layout, field: str) -> Text:
    column = where.named(field)
    match problem:
        case "missing":
            return both("'{column}' is empty", column=column)
        case "lineless":
            return both(
                "the order has no lines: nothing says what was sold, and its total is no line's amount"
            )
        case "future":
            return both("'{value}' in '{column}' is in the future", value=value, column=column)
        case "past":
            return both("'{value}' in '{column}' is too long ago to be true", value=value, column=column)
        case "rounded":
            return rounded(column)
        case "date":
            return both("'{value}' in '{column}' is not a date like the others", value=value, column=column)
        case "currency":
            return both(
                "'{value}' in '{column}' is not a currency: write its code, such as CAD or EUR",
                value=value,
                column=column,
            )
        case "sign":
            return both(
                "'{column}' says {value}, but the sign beside the amount is another currency's",
                value=value,
                column=column,
            )
        case "dollar":
            return both(
                "the amount is in '$', but the currency is {value}: write which dollar it is, such as US$",
                value=value,
            )
        case _:
            return no_number(value, column, where.decimal_separator(field))
