"""The days on which customers ordered, as arrays; and what was known of them on the evening of any day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import CROWD_FACTS
from regulars.predict.timing.btyd.histories import Floats, Histories, Ints, grouped

SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True)
class OrderDays:
    """One row a customer and day with an order, by customer and day; arrays of one length."""

    person: Ints
    day: Ints  #: days since 1970
    paid: Floats  #: minor units, returns not taken off
    products: Floats  #: products never bought by them before

    @property
    def first(self) -> int:
        """The day of the shop's first order."""
        return int(self.day.min()) if len(self.day) else 0


@dataclass(frozen=True, slots=True)
class Buyers:
    """Those who had bought by the evening of a day, and what was known of each; arrays of one length."""

    as_of: int
    person: Ints
    repeats: Ints  #: days with an order after the first one
    last: Ints  #: days from the first order to the last
    age: Ints  #: days from the first order to the evening of the day
    paid: Floats  #: minor units, at all orders
    paid_first: Floats  #: minor units, on the first day with an order
    products: Floats  #: different products
    gaps_squared: Floats  #: sum of the squared gaps between days with an order
    histories: Histories
    where: Ints  #: which of the histories each has

    @property
    def silent(self) -> Ints:
        """Days since the last order."""
        return self.age - self.last


def order_days(session: Session) -> OrderDays:
    """The days with an order of everybody who is one person."""
    rows = session.rows(SQL["days"].format(crowd=CROWD_FACTS))
    return OrderDays(
        _column(rows, "person").astype(np.int64),
        _column(rows, "day").astype(np.int64),
        _column(rows, "paid").astype(float),
        _column(rows, "products").astype(float),
    )


def _column(rows: pa.Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(rows.column(name).to_numpy())


def known(days: OrderDays, as_of: int) -> Buyers:
    """What was known on the evening of a day."""
    seen = days.day <= as_of
    person, day = days.person[seen], days.day[seen]
    new = np.ones(len(person), dtype=bool)
    new[1:] = person[1:] != person[:-1]
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(person)) - 1 if len(starts) else starts
    gap = np.zeros(len(person))
    gap[1:] = np.where(new[1:], 0, day[1:] - day[:-1])
    repeats, last, age = ends - starts, day[ends] - day[starts], as_of - day[starts]
    histories, where = grouped(repeats, last, age)
    paid = days.paid[seen]
    return Buyers(
        as_of=as_of, person=person[starts], repeats=repeats, last=last, age=age,
        paid=_sums(paid, starts), paid_first=paid[starts], products=_sums(days.products[seen], starts),
        gaps_squared=_sums(gap**2, starts), histories=histories, where=where,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Came:
    """What buyers did in the days after an evening; arrays in the order of the buyers."""

    orders: Floats  #: days with an order
    after: Floats  #: days until the first of them; infinite of those who did not come
    paid: Floats  #: minor units


def came(days: OrderDays, buyers: Buyers, horizon: int) -> Came:
    """What came of buyers in the days after the evening they were looked at."""
    then = (days.day > buyers.as_of) & (days.day <= buyers.as_of + horizon)
    at = np.searchsorted(buyers.person, days.person[then])
    known_then = at < len(buyers.person)
    known_then[known_then] = buyers.person[at[known_then]] == days.person[then][known_then]
    at, count = at[known_then], len(buyers.person)
    after = np.full(count, np.inf)
    np.minimum.at(after, at, days.day[then][known_then] - buyers.as_of)
    return Came(
        np.bincount(at, minlength=count).astype(float),
        after,
        np.bincount(at, weights=days.paid[then][known_then], minlength=count).astype(float),
    )


def _sums(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)
