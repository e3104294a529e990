"""What was written of sales, and under which record a sale stands: shared by the web shop and the tills."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.town.exports.contacts import Contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What was written of the sales of one source."""

    ids: pa.Array  #: the order id of each order, as written
    refunds: pa.Table  #: order_id, person, day, paid (cents) of receipts that take goods back
    named: np.ndarray  #: records that orders name, as row numbers of the contacts
    broken: np.ndarray  #: orders of which a line cannot be read
    dirt: Counter[str]


def receipts(ids: pa.Array, person: np.ndarray, day: np.ndarray, paid: np.ndarray) -> pa.Table:
    """Receipts that take goods back."""
    return pa.table({"order_id": ids, "person": person, "day": day, "paid": paid})


def record_of(known: Contacts, kind: str, person: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The first or the last record of a kind that each person has, as a row number; -1 without one."""
    rows = np.flatnonzero(np.array(known.table["kind"]) == kind)
    owner = np.array(known.table["person"])[rows]
    size = int(max(person.max(initial=0), owner.max(initial=0))) + 1
    first, last = np.full(size, -1), np.full(size, -1)
    last[owner] = rows
    first[owner[::-1]] = rows[::-1]
    found: np.ndarray = np.where(rng.random(len(person)) < 0.7, first[person], last[person])
    return found
