"""Which amount of an order file is the line's, and which is the whole order's, written again on each of its lines."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.guesses import Guess
from regulars.words import _

_ALWAYS = 0.95


def settle(found: Sequence[Guess], sample: pa.Table) -> tuple[list[Guess], tuple[str, ...]]:
    """The guesses without an order's total in the place of a line's amount, and what a person should confirm.

    Such a total is told by its values: it is the same on every line of an order while another amount is not.
    """
    columns = {guess.field: guess.column for guess in found}
    order = columns.get("order_id")
    if order is None:
        return list(found), ()
    repeated = {field for field in _AMOUNTS if field in columns and _repeats(sample, order, columns[field])}
    if "unit_price" not in columns and {"paid", "line_total"} & set(columns) <= repeated:
        asked = _(
            "'{column}' is the same on all lines of an order: is it the order's total? Then say so in a mapping"
        )
        return list(found), tuple(asked.format(column=columns[field]) for field in sorted(repeated))
    told = _("'{column}' is the total of the order, not of its lines; it is left in the raw row")
    kept = [guess for guess in found if guess.field not in repeated]
    return kept, tuple(told.format(column=columns[field]) for field in sorted(repeated))


_AMOUNTS = ("paid", "line_total")


def _repeats(sample: pa.Table, order: str, amount: str) -> bool:
    """Is the amount one and the same on all lines of nearly every order of several lines?"""
    lines = pa.table({"order": sample[order], "amount": sample[amount]}).group_by("order")
    counted = lines.aggregate([("amount", "count_distinct"), ("amount", "count")])
    several = counted.filter(pc.greater(counted["amount_count"], 1))
    if several.num_rows == 0:
        return False
    same = pc.sum(pc.equal(several["amount_count_distinct"], 1)).as_py()
    return bool(same >= _ALWAYS * several.num_rows)
