"""What in an order file is the line's and what is the whole order's: written on each of its lines, or on the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.meaning.guesses import Guess
from regulars.words import _

_ALWAYS = 0.95  #: share of orders of several lines for which a thing must hold
_AMOUNTS = ("paid", "line_total")
#: Fields that say the same of every line of an order. Money is not among them: it would count once a line.
_OF_ORDER = (
    "ordered_at", "ordered_time", "customer_key", "email", "phone", "full_name", "loyalty_card", "user_id",
    "currency", "store", "channel", "coupon", "status", "payment",
)  # fmt: skip


def without_totals(found: Sequence[Guess], sample: pa.Table) -> tuple[list[Guess], tuple[str, ...]]:
    """The guesses without an order's total in the place of a line's amount, and what a person should confirm.

    Such a total is told by its values: an order of several lines has but one of it.
    """
    columns = {guess.field: guess.column for guess in found}
    order = columns.get("order_id")
    if order is None:
        return list(found), ()
    totals = {
        field for field in _AMOUNTS if field in columns and _one_an_order(sample, order, columns[field])
    }
    if "unit_price" not in columns and {"paid", "line_total"} & set(columns) <= totals:
        asked = _(
            "'{column}' is the same on all lines of an order: is it the order's total? Then say so in a mapping"
        )
        return list(found), tuple(asked.format(column=columns[field]) for field in sorted(totals))
    told = _("'{column}' is the total of the order, not of its lines; it is left in the raw row")
    kept = [guess for guess in found if guess.field not in totals]
    return kept, tuple(told.format(column=columns[field]) for field in sorted(totals))


def blank_below(fields: Mapping[str, str], sample: pa.Table) -> tuple[str, ...]:
    """The columns that only the first row of an order fills, of those that say the same of all its lines.

    `fields` are the columns by field.
    """
    order = fields.get("order_id")
    if order is None or order not in sample.column_names:
        return ()
    candidates = [
        fields[field] for field in _OF_ORDER if field in fields and fields[field] in sample.column_names
    ]
    return tuple(column for column in candidates if _filled_once(sample, order, column))


def _one_an_order(sample: pa.Table, order: str, column: str) -> bool:
    """Has nearly every order of several lines one value of the column, once or on each line?"""
    several = _counts(sample, order, column)
    return _nearly_all(several, pc.equal(several["value_count_distinct"], 1))


def _filled_once(sample: pa.Table, order: str, column: str) -> bool:
    several = _counts(sample, order, column)
    return _nearly_all(several, pc.equal(several["value_count"], 1))


def _counts(sample: pa.Table, order: str, column: str) -> pa.Table:
    """Of each order of several lines: its lines, the cells filled in a column, and the different values in it."""
    lines = pa.table({"order": sample[order], "value": sample[column]})
    everything = pc.CountOptions(mode="all")
    counted = lines.group_by("order").aggregate(
        [("order", "count", everything), ("value", "count"), ("value", "count_distinct")]
    )
    return counted.filter(pc.and_(pc.greater(counted["order_count"], 1), pc.is_valid(counted["order"])))


def _nearly_all(orders: pa.Table, true: pa.ChunkedArray) -> bool:
    return bool(orders.num_rows and pc.sum(true).as_py() >= _ALWAYS * orders.num_rows)
