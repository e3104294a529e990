"""The house dialect: the few things SQL may say so that every engine gives the same numbers.

It is an allow-list. Four types; integers for days, hours, weekdays and instants; sums cast to BIGINT; favourites by
rule and never `mode()`; windows parted by person with a total order; no date function, no `now()`, no list, no struct.
A date function that was translated ran on another engine without an error and gave other numbers: hence the list.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

#: Functions that mean the same on every engine, by sqlglot's name for them.
FUNCTIONS = frozenset(
    {
        "Abs", "Case", "Cast", "Ceil", "Coalesce", "Concat", "Count", "Exp", "Floor", "Greatest", "If", "Lag", "Least",
        "Ln", "Lower", "Max", "Min", "Nullif", "Round", "RowNumber", "Sqrt", "Substring", "Sum", "TryCast", "Upper",
        "And", "Or", "Xor", "Not",
    }
)  # fmt: skip
TYPES = frozenset({"BIGINT", "DOUBLE", "VARCHAR", "TEXT", "BOOLEAN"})
#: Words that are names in one engine and grammar in another.
RESERVED = frozenset({"at", "window", "end", "order"})
_FOREIGN = (exp.Array, exp.Struct, exp.Interval, exp.Lambda, exp.Bracket, exp.Unnest, exp.Pivot, exp.Star)


def violations(sql: str, *, whole_shop: bool = False) -> list[str]:
    """What a statement says that the house dialect does not have; empty when it is well.

    With `whole_shop` a window may look over all people: norms compare everybody with everybody.
    """
    found: list[str] = []
    for node in sqlglot.parse_one(sql, read="duckdb").walk():
        found += _violations(node, whole_shop)
    return found


def to_spark(sql: str) -> str:
    """The same statement in Spark's words."""
    said = sqlglot.parse_one(sql, read="duckdb").transform(_as_double)
    return said.sql("spark", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)


def _as_double(node: exp.Expr) -> exp.Expr:
    """A number with a point is a DOUBLE: as a decimal, sums of many would lose digits."""
    if isinstance(node, exp.Literal) and not node.is_string and "." in node.name:
        return exp.cast(node.copy(), exp.DataType.Type.DOUBLE)
    return node


def _violations(node: exp.Expr, whole_shop: bool) -> Iterator[str]:
    if isinstance(node, exp.Anonymous):
        yield f"{node.name}() is not a function of the house dialect"
    elif isinstance(node, exp.Func) and type(node).__name__ not in FUNCTIONS:
        yield f"{type(node).__name__} is not a function of the house dialect"
    elif isinstance(node, (exp.Cast, exp.TryCast)) and node.to.this.name not in TYPES:
        yield f"cast to {node.to.sql()}: types are BIGINT, DOUBLE, VARCHAR, BOOLEAN"
    elif isinstance(node, exp.Window) and not node.args.get("partition_by") and not whole_shop:
        yield f"a window over everybody: {node.sql()}"
    elif isinstance(node, exp.Sum) and not _cast_or_divided(node):
        yield f"{node.sql()} is not cast: a sum of BIGINT is wider than BIGINT"
    elif isinstance(node, _FOREIGN) and not _harmless_star(node):
        yield f"{node.sql()} is not in the house dialect"
    elif isinstance(node, exp.Identifier) and not node.quoted and node.name.lower() in RESERVED:
        yield f"'{node.name}' cannot be a name"


def _cast_or_divided(node: exp.Expr) -> bool:
    """Whether a sum is inside a cast, or in arithmetic that makes a DOUBLE of it or only compares it."""
    above = node.parent
    while above is not None and not isinstance(above, (exp.Select, exp.Subquery)):
        if isinstance(above, (exp.Cast, exp.Div, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.Having)):
            return True
        if isinstance(above, exp.Mul) and any(
            isinstance(side, exp.Literal) and "." in side.name for side in (above.left, above.right)
        ):
            return True
        above = above.parent
    return False


def _harmless_star(node: exp.Expr) -> bool:
    """`count(*)`, `select *` and `p.*` name no column and are the same everywhere."""
    return isinstance(node, exp.Star) and not node.args.get("except_") and not node.args.get("except")
