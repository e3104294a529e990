"""Order lines: rows of a receipt or an order export become facts, or rejects with a reason.

`paid` is what was paid for the line, discounts off, without shipping and, when the source tells it apart, without
tax. A negative quantity, a cancelled or refunded status, and a credit note are returns. A cancelled order that shows
what would have been paid is a return of nothing: the sale and its cancellation are one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.clean.columns import Columns, hash_sql, json_sql, literal
from regulars.clean.goods import line_kind_sql
from regulars.clean.instants import has_time, instant_sql
from regulars.clean.keys import key_sql, order_id_sql
from regulars.clean.numbers import DECIMAL, decimal_sql, minor_sql
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import MICROSECONDS_A_DAY
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping
from regulars.settings import Settings
from regulars.words import _

#: Words of a status, in English and French, that mean: nothing was sold in the end.
CANCELLED = (
    "cancelled", "canceled", "voided", "void", "refunded", "returned", "failed", "trash", "credit note", "annulé",
    "annulée", "remboursé", "remboursée", "retourné", "retournée", "échoué", "avoir", "note de crédit", "refund", "return",
)  # fmt: skip
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_SQL = Path(__file__).with_name("orders.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLines:
    """What a chunk of rows means."""

    lines: pa.Table  #: one row a line, the columns of `order_lines` that the row itself gives, and who bought
    rejects: pa.Table  #: line, column, reason


def understand(
    session: Session,
    chunk: pa.Table,
    mapping: FileMapping,
    formats: Mapping[str, ColumnFormat],
    settings: Settings,
    *,
    source: str,
    now_us: int,
) -> OrderLines:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text.

    Buyers are named by the raw columns `customer_key`, `email`, `phone`, `loyalty_card`, `user_id` and `full_name`;
    who that is, is settled by `people`.
    """
    columns = Columns(mapping=mapping, formats=formats)
    header = [name for name in chunk.column_names if name != "line"]
    session.table("found", chunk)
    session.view("read", statements(_SQL)["read"].format(**_read_parts(columns, header, settings, source)))
    session.create("judged", statements(_SQL)["judged"].format(latest=now_us + MICROSECONDS_A_DAY))
    rejects = session.rows(statements(_SQL)["rejects"])
    return OrderLines(
        lines=session.rows(statements(_SQL)["lines"].format(**_line_parts(settings))),
        rejects=_in_words(rejects, columns),
    )


def _read_parts(columns: Columns, header: list[str], settings: Settings, source: str) -> dict[str, str]:
    zone = columns.time_zone("ordered_at") or settings.source(source).time_zone or settings.shop.time_zone
    when, formats = columns.text("ordered_at"), columns.date_formats("ordered_at")
    if columns.has("ordered_time"):
        when = f"concat_ws(' ', {when}, {columns.text('ordered_time')})"
        formats = tuple(f"{day} {time}" for day in formats for time in _TIMES) + formats
    number = {
        name: decimal_sql(columns.text(name), columns.decimal_separator(name))
        for name in ("quantity", "unit_price", "line_total", "paid", "discount", "tax", "shipping")
    }
    raw_number = {f"{name}_text": columns.text(name) for name in number}
    keys = {
        name: key_sql(columns.text(name))
        for name in ("customer_key", "product_id", "store", "channel", "payment", "coupon", "status")
    }
    texts = {
        name: columns.text(name)
        for name in ("product_name", "category", "email", "phone", "loyalty_card", "user_id", "full_name")
    }
    space = key_sql(columns.text("order_space"))
    return {
        **number,
        **raw_number,
        **keys,
        **texts,
        "order_space": f"coalesce({space}, {literal(settings.order_space(source))})",
        "order_id": order_id_sql(columns.text("order_id")),
        "when_text": when,
        "sold_at_us": instant_sql(when, formats, zone),
        "zone": literal(zone),
        "timed": str(columns.has("ordered_time") or has_time(formats)).lower(),
        "currency": f"upper(coalesce({columns.text('currency')}, {literal(settings.shop.currency)}))",
        "extra": json_sql(columns.unmapped(header)),
        "content_hash": hash_sql(json_sql(header)),
    }


def _line_parts(settings: Settings) -> dict[str, str]:
    nothing = "(paid_amount = 0 and buyer_missing)"
    return {
        "cancelled": ", ".join(literal(word) for word in CANCELLED),
        "paid": minor_sql("paid_amount", "currency"),
        "discount": minor_sql("coalesce(discount, 0)", "currency"),
        "tax": minor_sql("coalesce(tax, 0)", "currency"),
        "shipping": minor_sql("coalesce(shipping, 0)", "currency"),
        "line_kind": line_kind_sql("product_id", "product_name", nothing, settings.orders),
        "key_hash": hash_sql(
            "concat_ws('|', order_space, order_id, coalesce(product_id, product_name, ''), quantity, paid_amount)"
        ),
        "decimal": DECIMAL,
    }


def _in_words(rejects: pa.Table, columns: Columns) -> pa.Table:
    """Say each reason in a sentence, and name the file's own column."""
    said = []
    for row in rejects.to_pylist():
        column, value = columns.name(row["field"]), row["value"]
        match row["problem"]:
            case "missing":
                reason = _("'{column}' is empty", column=column)
            case "future":
                reason = _("'{value}' in '{column}' is in the future", value=value, column=column)
            case "date":
                reason = _(
                    "'{value}' in '{column}' is not a date like the others", value=value, column=column
                )
            case _:
                reason = _("'{value}' in '{column}' is not a number", value=value, column=column)
        said.append({"line": row["line"], "column": column, "reason": reason})
    return pa.Table.from_pylist(
        said, pa.schema([("line", pa.int64()), ("column", pa.string()), ("reason", pa.string())])
    )
