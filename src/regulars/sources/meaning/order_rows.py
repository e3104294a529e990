"""What in an order file is the line's and what is the whole order's: written on each of its lines, or on the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.meaning.guesses import Guess
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.words import _

_ALWAYS = 0.95  #: share of orders of several lines for which a thing must hold
_TELLING = (
    2  #: orders whose lines differ that have to say the same discount on each, where its name says nothing
)
_WHOLE = {"order", "total"}  #: words of a discount that is the whole order's
_AMOUNTS = ("line_total", "paid")
#: Fields that say the same of every line of an order. Money is not among them: it would count once a line.
_OF_ORDER = (
    "ordered_at", "ordered_time", "customer_key", "email", "phone", "full_name", "loyalty_card", "user_id",
    "currency", "store", "channel", "coupon", "status", "payment",
)  # fmt: skip


def with_wholes(found: Sequence[Guess], sample: pa.Table) -> tuple[list[Guess], tuple[str, ...]]:
    """The guesses with an order's amounts as the order's, and what a person should confirm.

    An amount of the whole order is told by its values: an order of several lines that differ has but one of it.
    """
    columns = {guess.field: guess.column for guess in found}
    if "order_id" not in columns:
        return list(found), ()
    differing = _differing(sample, columns)
    totals = [
        name for name in _AMOUNTS if name in columns and _one_an_order(differing, columns, columns[name])
    ]
    if totals and "unit_price" not in columns and {"paid", "line_total"} & set(columns) <= set(totals):
        renamed: dict[str, str] = {}
        said = [
            _(
                "'{column}' is the same on all lines of an order: is it the order's total? Then say so in a mapping",
                column=columns[name],
            )
            for name in totals
        ]
    else:
        renamed = _as_wholes(totals)
        said = [
            _(
                "'{column}' is the total of the order, not of its lines: it is no line's amount",
                column=columns[name],
            )
            for name in totals
        ]
    if (
        "discount" in columns
        and (whole := _whole_discount(differing, columns, columns["discount"])) is not None
    ):
        renamed |= {"discount": "order_discount"} if whole else {}
        said.append(_of_discount(columns["discount"], whole=whole))
    kept = [
        replace(one, field=renamed.get(one.field, one.field)) for one in found if renamed.get(one.field, "-")
    ]
    return kept, tuple(said)


def _as_wholes(totals: Sequence[str]) -> dict[str, str]:
    """What the totals of orders are beside each other; a subtotal alone may be before or after a discount."""
    match totals:
        case ["line_total", "paid"]:
            return {"line_total": "order_subtotal", "paid": "order_total"}
        case ["line_total"]:
            return {"line_total": ""}
        case _:
            return dict.fromkeys(totals, "order_total")


def _of_discount(column: str, *, whole: bool) -> str:
    if whole:
        return _(
            "'{column}' is the discount of the whole order, the same on each of its lines: it is shared over them",
            column=column,
        )
    return _(
        "'{column}' is the same on all lines of an order: is it the discount of the whole order? Then map it to"
        " order_discount in a mapping file",
        column=column,
    )


def _whole_discount(differing: pa.Table, columns: Mapping[str, str], column: str) -> bool | None:
    """Is a discount the whole order's? None: it is the line's; False: it may be."""
    order = columns["order_id"]
    something = pc.fill_null(pc.match_substring_regex(differing[column], "[1-9]"), False)
    reduced = pc.unique(differing[order].filter(something))
    counts = _counts(differing.filter(pc.is_in(differing[order], reduced)), order, column)
    on_each = pc.equal(counts["value_count"], counts["order_count"])
    if not _nearly_all(counts, pc.and_(on_each, pc.equal(counts["value_count_distinct"], 1))):
        return None
    return counts.num_rows >= _TELLING or bool(_WHOLE & set(lexicon().words(column)))


def _differing(sample: pa.Table, columns: Mapping[str, str]) -> pa.Table:
    """The rows of orders whose lines are not all alike: of the others a line's amount is the same on each, too."""
    order = columns["order_id"]
    telling = [columns[name] for name in ("unit_price", "quantity") if name in columns]
    if not telling:
        return sample
    counted = sample.group_by(order).aggregate([(name, "count_distinct") for name in telling])
    several = [pc.greater(counted[f"{name}_count_distinct"], 1) for name in telling]
    differ = several[0] if len(several) == 1 else pc.or_(*several)
    return sample.filter(pc.is_in(sample[order], counted.filter(differ)[order].combine_chunks()))


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


def _one_an_order(rows: pa.Table, columns: Mapping[str, str], column: str) -> bool:
    """Has nearly every order of several lines one value of the column, once or on each line?"""
    several = _counts(rows, columns["order_id"], column)
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
