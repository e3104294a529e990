"""What one file tells of each order that is stored already: how many of its lines, and whether it may hold only part.

It rests in a temporary SQLite database, so that a file of any size needs the same memory.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Telling:
    """An order that is told again, without some of its stored lines."""

    order_no: int
    tax: int  #: of the order as this file tells it, in minor units
    shipping: int
    whole: bool  #: the file seems to hold all of it


class Tellings:
    """The orders of one file that earlier files told."""

    def __init__(self) -> None:
        """No row was seen yet; leaving the `with` forgets all orders."""
        self._retold = sqlite3.connect("")  # a file that SQLite deletes by itself
        self._retold.execute(
            "create table retold (order_no integer primary key, known integer, met integer, tax integer,"
            " shipping integer) without rowid"
        )
        self._missed: list[int] = []
        self._torn: set[int] = set()
        self._first: int | None = None
        self._last: tuple[int, int] | None = None  # line and order

    def __enter__(self) -> Tellings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._retold.close()

    def miss(self, lines: Iterable[int]) -> None:
        """Note rows that could not be understood: the orders around them are not told whole."""
        for line in lines:
            insort(self._missed, line)

    def walk(self, lines: Sequence[int], orders: Sequence[int]) -> None:
        """Note rows in the order of the file. The first and the last order of a file may be cut off at its edge.

        Facts beside the rows come after them, and tell nothing of the order of rows.
        """
        if not lines or (self._last and lines[-1] <= self._last[0]):
            return
        if self._first is None:
            self._first = orders[0]
        before = self._last or (0, orders[0])
        for missed in self._missed[
            bisect_left(self._missed, before[0]) : bisect_left(self._missed, lines[-1])
        ]:
            at = bisect_left(lines, missed)
            self._torn |= {orders[at], orders[at - 1] if at else before[1]}
        self._last = lines[-1], orders[-1]

    def count(self, known: Counter[int], met: Counter[int], whole: dict[int, tuple[int, int]]) -> None:
        """Count the stored lines of orders that are met for the first time, and how many of them the file has.

        `whole` is the tax and shipping of each order, by its first row.
        """
        self._retold.executemany(
            "insert or ignore into retold values (?, ?, 0, ?, ?)",
            [(order, lines, *whole.get(order, (0, 0))) for order, lines in known.items()],
        )
        self._retold.executemany(
            "update retold set met = met + ? where order_no = ?",
            [(lines, order) for order, lines in met.items()],
        )

    def retold(self) -> int:
        """How many orders are told again."""
        return int(self._retold.execute("select count(*) from retold").fetchone()[0])

    def lacking(self, most: int) -> Iterator[list[Telling]]:
        """The orders with stored lines that the file does not have, so many at a time."""
        part = self._torn | ({self._first, self._last[1]} if self._last else set())
        found = self._retold.execute(
            "select order_no, tax, shipping from retold where met < known order by order_no"
        )
        while rows := found.fetchmany(most):
            yield [Telling(order, tax, shipping, order not in part) for order, tax, shipping in rows]
