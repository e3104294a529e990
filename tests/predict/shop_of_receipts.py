"""A shop made of receipts, laid out as a build lays it out for the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.predict.products import lists

AS_OF = 20_000
#: person, receipt, day, article; a receipt below 0 brings the article back.
Receipt = tuple[int, int, int, str]
_LINES = pa.schema(
    [("person", pa.int64()), ("order_no", pa.int64()), ("day", pa.int64()), ("sold_at_us", pa.int64()),
     ("product_id", pa.string()), ("product_name", pa.string()), ("category", pa.string()), ("quantity", pa.float64()),
     ("paid", pa.int64()), ("currency", pa.string()), ("store", pa.string()), ("line_kind", pa.string()),
     ("is_return", pa.bool_())]
)  # fmt: skip
_PRODUCTS = pa.schema(
    [("source", pa.string()), ("product_id", pa.string()), ("product_name", pa.string()), ("unit_price", pa.int64()),
     ("unit_cost", pa.int64()), ("currency", pa.string()), ("stock", pa.float64()), ("superseded_by", pa.int64()),
     ("fact", pa.int64()), ("told_day", pa.int64())]
)  # fmt: skip


@contextmanager
def shop(
    folder: Path, receipts: Sequence[Receipt], products: Sequence[dict[str, object]] = ()
) -> Iterator[Session]:
    lines = [
        {
            "person": person, "order_no": abs(receipt), "day": day, "sold_at_us": day * 86_400_000_000 + abs(receipt),
            "product_id": article, "product_name": article.title(), "category": None, "store": None,
            "quantity": -1.0 if receipt < 0 else 1.0, "paid": -500 if receipt < 0 else 500, "currency": "CAD",
            "line_kind": "goods", "is_return": receipt < 0,
        }
        for person, receipt, day, article in receipts
    ]  # fmt: skip
    kept = [
        {"source": "shop", "currency": "CAD", "fact": n, "told_day": AS_OF, **one}
        for n, one in enumerate(products)
    ]
    people = sorted({one[0] for one in receipts})
    with DuckDBEngine(folder).session() as session:
        session.table("lines", pa.Table.from_pylist(lines, _LINES))
        session.view("order_lines", "select * from lines")
        session.table("products", pa.Table.from_pylist(kept, _PRODUCTS))
        facts = pa.array([1] * len(people), pa.int64())
        session.table(
            "indicators", pa.table({"person": pa.array(people, pa.int64()), "facts_lifetime": facts})
        )
        yield session


def listed(session: Session) -> dict[tuple[int, str], list[str]]:
    """Articles by person and list, the likeliest first."""
    lists.predict(session, AS_OF, "CAD")
    found: dict[tuple[int, str], list[str]] = {}
    for row in session.rows(lists_sql()).to_pylist():
        found.setdefault((row["person"], row["list"]), []).append(row["product_id"])
    return found


def lists_sql() -> str:
    from regulars.predict.products.results import RESULTS

    return RESULTS["recommendations"]
