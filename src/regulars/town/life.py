"""The life of a quarter: who lives there, what is sold, and all that was bought, in one noun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from regulars.model.clock import day_number
from regulars.town.buying import AHEAD, Lines, Orders, Seasons, Visits, lines, orders, seasons, visits
from regulars.town.goods import Goods
from regulars.town.people import People, people
from regulars.town.quarters import Chance
from regulars.town.registry import Registry

_BEFORE = 1510  # days before the first one on which people may have joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that the shop's files cover."""

    first_day: int
    last_day: int

    @classmethod
    def of(cls, end: date, years: float) -> Self:
        """Some years until `end`."""
        return cls(first_day=day_number(end) - round(years * 365.25) + 1, last_day=day_number(end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What truly happened, from `first_day` to `last_day` as the shop's files see it, and 90 days beyond."""

    first_day: int
    last_day: int
    first_person: int  #: the town's number of the quarter's first person; here people count from 0
    first_household: int  #: the same of households
    goods: Goods
    people: People
    clock: Seasons
    visits: Visits
    orders: Orders
    lines: Lines


def life(customers: int, shelf: Goods, span: Span, chance: Chance, registry: Registry) -> Life:
    """Let the people of a quarter live and buy."""
    first_day, last_day = span.first_day, span.last_day
    folk = people(customers, first_day, last_day, chance["people"], registry)
    clock = seasons(first_day - _BEFORE, last_day + AHEAD + 10)
    seen = visits(folk, clock, last_day, chance["visits"])
    bought = orders(folk, seen, first_day, last_day, chance["orders"])
    return Life(
        first_day=first_day,
        last_day=last_day,
        first_person=registry.numbers("people", len(folk)),
        first_household=registry.numbers("households", folk.households),
        goods=shelf,
        people=folk,
        clock=clock,
        visits=seen,
        orders=bought,
        lines=lines(folk, bought, shelf, last_day, chance["lines"]),
    )
