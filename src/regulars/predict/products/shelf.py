"""What can be sold: in stock, at no loss, and still sold at all. Of what is not known nothing is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from regulars import figures
from regulars.engine import Session
from regulars.predict.products.history import Flags, Floats
from regulars.words import LANGUAGES, Text, both

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


def stock_unknown(session: Session) -> Text | None:
    """That nothing is known of what was in stock on the day, though it was told later; none where that is not so."""
    (told,) = session.rows("select known_day, first_day from stock_told").to_pylist()
    if told["known_day"] is not None or told["first_day"] is None:
        return None
    message = (
        "What was in stock on that day is not known: stock was first told on {day}. Nothing is held against an article"
        " for it; a build without `--as-of` uses the newest."
    )
    english, french = (
        both(message, day=figures.day(told["first_day"], one)).in_language(one) for one in LANGUAGES
    )
    return Text(en=english, fr=french)


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
