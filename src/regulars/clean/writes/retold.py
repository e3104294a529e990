"""An order that a newer file tells again: the newest whole telling counts.

Lines have no ids of their own, so an amount that was corrected looks like another line, and a line that was taken out
simply is not there. A newer file of the same columns that tells an order whole says what is in it: lines that it does
not have stay in the store as evidence, marked as replaced by its import, and undo brings them back. Of an order that
it may hold only in part, only lines that it shows to be corrected go. See docs/why/0015-the-newest-telling.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, or_, select, update

from regulars.clean.order.occurrences import Occurrences
from regulars.clean.order.tellings import Telling, Tellings
from regulars.clean.writes.versions import supersede
from regulars.store.ledgers import next_facts, touch
from regulars.store.rows import columns_of, fetch, fetch_where_in, insert, schema_of
from regulars.store.tables import order_lines
from regulars.words import _, plural

_ORDERS = 2_000  #: looked at together
_PARTS = 3  #: so many orders that lose lines, and most of those told again, are no corrections: the file holds parts

Line = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Retold:
    """What became of the older tellings of some orders."""

    lines: int = 0  #: that no longer count
    orders: int = 0
    parts: bool = False  #: the file holds parts of orders: lines that it does not have still count
    changed_imports: set[int] = field(default_factory=set)

    def remarks(self) -> list[str]:
        """What the person who loads should know."""
        gone = _(
            "no longer counted: {lines} of {orders}; this file tells these orders anew, without them"
            " or with other amounts; undo of this import brings them back",
            lines=plural("{count} stored line", "{count} stored lines", self.lines),
            orders=plural("{count} order", "{count} orders", self.orders),
        )
        parts = _(
            "most orders that this file tells again lack lines that were loaded before: it seems to hold only parts of"
            " orders, so what it leaves out still counts"
        )
        return [gone] * (self.lines > 0) + [parts] * self.parts


@dataclass(slots=True)
class _Verdict:
    """What a telling says of an order's stored lines."""

    telling: Telling
    corrected: list[Line]  #: the file has them with another amount or number
    left_out: list[Line]  #: it has nothing in their place, and seems to hold the whole order
    staying: list[Line]

    def dropped(self, parts: bool) -> list[Line]:
        """The lines that no longer count; of a file that holds parts of orders, those it corrects alone."""
        return self.corrected if parts else self.corrected + self.left_out


def settle(
    connection: Connection,
    told: Tellings,
    met: Occurrences,
    *,
    source: str,
    import_id: int,
    rivals: Collection[int],
    now_us: int,
) -> Retold:
    """Let the tellings of an import take the place of older ones, which came with the imports `rivals`."""
    verdicts = [
        verdict
        for some in told.lacking(_ORDERS)
        for verdict in _judged(connection, some, met, source, import_id, rivals)
    ]
    lost = sum(1 for verdict in verdicts if verdict.left_out)
    settled = Retold(parts=lost >= _PARTS and 2 * lost > told.retold())
    for verdict in verdicts:
        dropped = verdict.dropped(settled.parts)
        if dropped:
            settled.changed_imports |= _drop(connection, verdict, dropped, import_id, now_us)
            settled.orders += 1
            settled.lines += len(dropped)
    return settled


def _judged(
    connection: Connection,
    tellings: Sequence[Telling],
    met: Occurrences,
    source: str,
    import_id: int,
    rivals: Collection[int],
) -> list[_Verdict]:
    lines = _lines_of(connection, [one.order_no for one in tellings], source, import_id)
    counts = met.met({line["key_hash"] for line in lines})
    of_order: dict[int, list[Line]] = {one.order_no: [] for one in tellings}
    for line in lines:
        of_order[line["order_no"]].append(line)
    return [_verdict(one, of_order[one.order_no], counts, import_id, rivals) for one in tellings]


def _lines_of(
    connection: Connection, orders: Sequence[int], source: str, import_id: int
) -> list[dict[str, Any]]:
    """The current lines of orders, and those that the import has replaced."""
    c = order_lines.c
    statement = columns_of(
        order_lines, "order_no", "key_hash", "nth", "fact", "import_id", "superseded_by", "record", "sold_at_us",
        "product_id", "product_name", "paid", "tax", "shipping",
    ).where(c.source == source, or_(c.superseded_by.is_(None), c.superseded_by == import_id))  # fmt: skip
    found: list[dict[str, Any]] = fetch_where_in(connection, statement, [c.order_no], orders).to_pylist()
    return found


def _verdict(
    telling: Telling,
    lines: Sequence[Line],
    counts: Mapping[int, int],
    import_id: int,
    rivals: Collection[int],
) -> _Verdict:
    replaced = {(line["key_hash"], line["nth"]) for line in lines if line["superseded_by"] is not None}
    current = [line for line in lines if line["superseded_by"] is None]
    here = [line for line in current if line["import_id"] == import_id or _is_told(line, counts)]
    missing = [line for line in current if line not in here and line["import_id"] in rivals]
    staying = [line for line in current if line not in missing]
    if here and all(line["paid"] < 0 for line in here) and any(line["paid"] > 0 for line in missing):
        return _Verdict(telling, [], [], current)  # a file of what was given back
    new = {
        _article(line)
        for line in here
        if line["import_id"] == import_id and (line["key_hash"], line["nth"]) not in replaced
    }
    corrected = [line for line in missing if _article(line) in new]
    left_out = [line for line in missing if line not in corrected] if telling.whole else []
    return _Verdict(telling, corrected, left_out, staying)


def _is_told(line: Line, counts: Mapping[int, int]) -> bool:
    return bool(line["nth"] <= counts.get(line["key_hash"], 0))


def _article(line: Line) -> tuple[object, bool]:
    """What a line is of: an article sold, or one given back."""
    return line["product_id"] or line["product_name"], line["paid"] < 0


def _drop(
    connection: Connection, verdict: _Verdict, dropped: Sequence[Line], import_id: int, now_us: int
) -> set[int]:
    """Take lines out of an order; the imports whose facts changed by that."""
    near = order_lines.c.order_no == verdict.telling.order_no
    supersede(connection, order_lines, [line["fact"] for line in dropped], near, import_id)
    touch(connection, pa.array([line["record"] for line in dropped], pa.int64()), now_us)
    changed = {line["import_id"] for line in dropped}
    staying = [*verdict.staying, *(line for line in verdict.left_out if line not in dropped)]
    carried = any(line["tax"] or line["shipping"] for line in staying)
    if staying and not carried and any(line["tax"] or line["shipping"] for line in dropped):
        changed |= _hand_on(connection, verdict.telling, staying, import_id)
    return changed


def _hand_on(connection: Connection, telling: Telling, staying: Sequence[Line], import_id: int) -> set[int]:
    """Let a line that stays carry the order's tax and shipping, as the line that did is gone."""
    heir = max(staying, key=lambda line: (line["import_id"] == import_id, -line["fact"]))
    values = {"tax": telling.tax, "shipping": telling.shipping}
    this = (order_lines.c.order_no == telling.order_no) & (order_lines.c.fact == heir["fact"])
    if heir["import_id"] == import_id:
        connection.execute(update(order_lines).where(this).values(values))
        return {import_id}
    (row,) = fetch(connection, select(order_lines).where(this)).to_pylist()
    copy = row | values | {"fact": next_facts(connection, 1), "import_id": import_id}
    insert(connection, order_lines, pa.Table.from_pylist([copy], schema_of(order_lines)))
    supersede(connection, order_lines, [heir["fact"]], this, import_id)
    return {import_id, heir["import_id"]}
