"""What can be sold: in stock, at no loss, and still sold at all. Of what is not known nothing is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from regulars.predict.products.history import Flags, Floats

#: An article is out of the range when nobody bought it for so many days, and for so many of its own usual waits; but
#: what only few ever bought may only have lost those few.
SILENT_DAYS = 90
FEW_BUYERS = 10
SILENT_WAITS = 4


def on_the_shelf(goods: pa.Table) -> Floats:
    """1 for each article that can be offered, 0 for one that cannot; in the order of their numbers."""
    return (~(sold_out(goods) | at_a_loss(goods) | out_of_range(goods))).astype(float)


def sold_out(goods: pa.Table) -> Flags:
    """No source that tells of its stock has any."""
    return np.nan_to_num(_numbers(goods, "stock"), nan=1.0) <= 0


def at_a_loss(goods: pa.Table) -> Flags:
    """It costs more than it is sold for."""
    margin = _numbers(goods, "unit_price") - _numbers(goods, "unit_cost")
    return np.nan_to_num(margin, nan=0.0) < 0


def out_of_range(goods: pa.Table) -> Flags:
    """Nobody has bought it for long, as counted from the shop's newest sale."""
    if not goods.num_rows:
        return np.zeros(0, bool)
    first, last, days = (_numbers(goods, name) for name in ("first_day", "last_day", "days_sold"))
    silent = last.max() - last
    waits = (last - first) / np.maximum(days - 1, 1)
    gone: Flags = (silent > SILENT_DAYS) & (silent > SILENT_WAITS * waits)
    gone &= _numbers(goods, "buyers") >= FEW_BUYERS
    return gone


def _numbers(goods: Any, name: str) -> Floats:
    return np.asarray(goods.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
