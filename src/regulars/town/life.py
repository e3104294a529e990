"""The life of the town: who lives there, what is sold, and all that was bought, in one noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from regulars.model.clock import day_number
from regulars.town.buying import AHEAD, Lines, Orders, Seasons, Visits, lines, orders, seasons, visits
from regulars.town.goods import Goods, goods
from regulars.town.people import People, people

Chance = Mapping[str, np.random.Generator]  #: one stream of random numbers for each part, by its name
_BEFORE = 1510  # days before the first one on which people may have joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What truly happened, from `first_day` to `last_day` as the shop's files see it, and 90 days beyond."""

    first_day: int
    last_day: int
    goods: Goods
    people: People
    clock: Seasons
    visits: Visits
    orders: Orders
    lines: Lines


def life(customers: int, end: date, years: float, chance: Chance) -> Life:
    """Let `customers` people live and buy for some years, until `end`."""
    last_day = day_number(end)
    first_day = last_day - round(years * 365.25) + 1
    shelf = goods(chance["goods"])
    folk = people(customers, first_day, last_day, chance["people"])
    clock = seasons(first_day - _BEFORE, last_day + AHEAD + 10)
    seen = visits(folk, clock, end, chance["visits"])
    bought = orders(folk, seen, first_day, last_day, chance["orders"])
    return Life(
        first_day=first_day,
        last_day=last_day,
        goods=shelf,
        people=folk,
        clock=clock,
        visits=seen,
        orders=bought,
        lines=lines(folk, bought, shelf, last_day, chance["lines"]),
    )
