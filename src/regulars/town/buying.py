"""What the town's people buy: each by their own rhythm until they leave for good, more before Christmas.

A customer's gaps between purchases are gamma with their own mean and regularity; after each purchase the customer
may leave for good (as in Pareto/NBD and its kin). The seasons stretch and shrink time itself, so a rhythm keeps its
law. The walk goes on 90 days beyond the last day that the shop sees: that is the truth about tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.model.clock import day_date
from regulars.town.goods import CATEGORIES, Goods
from regulars.town.people import People

STORE, WEB, APP = 0, 1, 2
AHEAD = 90  #: days of the future that are drawn
NEVER = 0.06  #: of people register and never buy
SEASONS = (0.78, 0.85, 0.9, 0.95, 1.05, 1.0, 0.85, 0.9, 1.0, 1.05, 1.25, 1.7)  #: January to December
SCANNED_TWICE = 0.02  #: of lines in the shops stand twice on their receipt, for two equal pieces
RETURNED = 0.03  #: of lines bought in the shops come back
#: Web orders by what became of them, in the words of the web shop; voided ones were cancelled.
STATUSES = (("paid", 0.95), ("refunded", 0.025), ("partially_refunded", 0.01), ("voided", 0.015))
TAX = 0.14975  #: GST and QST on what is paid in Canada


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """When people bought, to the end of the future; one entry a purchase, by person and time."""

    person: np.ndarray
    day: np.ndarray
    second: np.ndarray  #: of the local day
    left_day: np.ndarray  #: one entry a person: left for good on this day; -1: still a customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """The purchases that the shop saw, by time; one entry an order."""

    person: np.ndarray
    day: np.ndarray
    second: np.ndarray
    channel: np.ndarray  #: STORE, WEB or APP
    store: np.ndarray  #: 0 or 1
    status: np.ndarray  #: index of STATUSES; store orders are paid
    coupon: np.ndarray  #: 0 none, 1 ten percent, 2 fifteen
    shipping: np.ndarray  #: cents

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of the orders, in their order; money in cents before tax."""

    order: np.ndarray  #: row number of the order
    product: np.ndarray  #: row number of the article
    quantity: np.ndarray
    price: np.ndarray  #: of one piece
    discount: np.ndarray  #: of the line
    paid: np.ndarray  #: price times quantity less discount
    tax: np.ndarray
    returned_day: np.ndarray  #: -1: kept
    twice: np.ndarray  #: is the second of two equal lines

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """A clock that runs faster in December: `pace` sums the seasons from `start`, one entry a day."""

    start: int
    pace: np.ndarray

    def steps(self, day: np.ndarray) -> np.ndarray:
        """Rhythm time of days."""
        steps: np.ndarray = np.interp(day - self.start, np.arange(len(self.pace)), self.pace)
        return steps

    def days(self, steps: np.ndarray) -> np.ndarray:
        """Days, with fractions, of rhythm times."""
        days: np.ndarray = self.start + np.interp(steps, self.pace, np.arange(len(self.pace)))
        return days


def seasons(first: int, last: int) -> Seasons:
    """The clock of rhythms from one day to another."""
    months = [day_date(day).month for day in range(first, last + 1)]
    return Seasons(
        start=first, pace=np.concatenate([[0.0], np.cumsum(np.array(SEASONS)[np.array(months) - 1])])
    )


def visits(people: People, clock: Seasons, last_day: int, rng: np.random.Generator) -> Visits:
    """Walk everybody from joining to leaving, or to the end of the future."""
    horizon = clock.steps(np.array([last_day + AHEAD + 1]))[0]
    time = clock.steps(people.joined_day + rng.random(len(people)))
    active = np.flatnonzero(rng.random(len(people)) >= NEVER)
    left = np.full(len(people), -1.0)
    who, when = [], []
    while len(active):
        who.append(active)
        when.append(time[active])
        leaves = rng.random(len(active)) < people.dropout[active]
        left[active[leaves]] = time[active[leaves]]
        active = active[~leaves]
        shape = people.regularity[active]
        time[active] += rng.gamma(shape, people.gap_days[active] / shape)
        active = active[time[active] < horizon]
    days = clock.days(np.concatenate(when))
    person, day, second = _hours(people, np.concatenate(who), np.floor(days).astype(np.int64), rng)
    gone = np.where(left >= 0, np.floor(clock.days(left)), -1).astype(np.int64)
    return Visits(person=person, day=day, second=second, left_day=np.where(gone > last_day, -1, gone))


def _hours(
    people: People, person: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Move visits to a person's weekday (one in three) and hour; then sort them by person and time."""
    shift = (people.weekday[person] - (day + 3) % 7 + 3) % 7 - 3
    day = day + np.where(rng.random(len(day)) < 0.35, shift, 0)
    hour = np.clip(people.hour[person] + rng.normal(0, 2.0, size=len(day)), 7.0, 22.9)
    second = np.floor(hour * 3600).astype(np.int64)
    by = np.lexsort((second, day, person))
    return person[by], day[by], second[by]


def orders(people: People, seen: Visits, first_day: int, last_day: int, rng: np.random.Generator) -> Orders:
    """The orders of the days that the shop's files cover, by time."""
    within = np.flatnonzero((seen.day >= first_day) & (seen.day <= last_day))
    within = within[np.lexsort((seen.person[within], seen.second[within], seen.day[within]))]
    person, count = seen.person[within], len(within)
    web = rng.random(count) < people.web_share[person]
    app = web & (rng.random(count) < people.app_share[person])
    status = rng.choice(len(STATUSES), size=count, p=[share for _, share in STATUSES])
    likes = rng.random(count) < 0.04 + 0.36 * people.price_sensitivity[person]
    return Orders(
        person=person,
        day=seen.day[within],
        second=np.where(web, seen.second[within], np.clip(seen.second[within], 9 * 3600, 21 * 3600 - 1)),
        channel=np.where(app, APP, np.where(web, WEB, STORE)),
        store=np.where(rng.random(count) < 0.87, people.store[person], 1 - people.store[person]),
        status=np.where(web, status, 0),
        coupon=np.where(likes & web, 1 + (rng.random(count) < 0.3), 0),
        shipping=np.where(web & (rng.random(count) < 0.6), 995, 0),
    )


def lines(people: People, orders: Orders, goods: Goods, last_day: int, rng: np.random.Generator) -> Lines:
    """What is on each order: mostly of the person's own shelves."""
    order = np.repeat(np.arange(len(orders)), 1 + rng.poisson(0.95, size=len(orders)))
    twice = (orders.channel[order] == STORE) & (rng.random(len(order)) < SCANNED_TWICE)
    person = orders.person[order]
    shelf = rng.choice(4, size=len(order), p=(0.5, 0.2, 0.15, 0.15))
    category = np.where(
        shelf == 0, people.category[person], np.where(shelf == 1, people.category_next[person], 0)
    )
    category = np.where(shelf >= 2, rng.integers(0, len(CATEGORIES), size=len(order)), category)
    product = goods.pick(category, rng)
    quantity = (
        1
        + (rng.random(len(order)) < 0.12)
        + (rng.random(len(order)) < 0.02) * rng.integers(1, 10, size=len(order))
    )
    price = goods.price[product]
    share = np.array([0.0, 0.10, 0.15])[orders.coupon[order]]
    marked_down = (orders.channel[order] == STORE) & (
        rng.random(len(order)) < 0.02 + 0.12 * people.price_sensitivity[person]
    )
    discount = np.round(price * quantity * np.where(marked_down, 0.2, share)).astype(np.int64)
    back = orders.day[order] + rng.integers(1, 21, size=len(order))
    returned = (orders.channel[order] == STORE) & (rng.random(len(order)) < RETURNED) & (back <= last_day)
    paid = price * quantity - discount
    at_home = ~np.isin(people.home.country.to_numpy(zero_copy_only=False), ("FR", "US"))
    tax = np.where(at_home[person], np.floor(paid * TAX + 0.5), 0).astype(np.int64)
    pieces = np.repeat(np.arange(len(order)), 1 + twice)
    second = np.concatenate([[False], pieces[1:] == pieces[:-1]]) if len(pieces) else np.zeros(0, dtype=bool)
    return Lines(
        order=order[pieces], product=product[pieces], quantity=quantity[pieces], price=price[pieces],
        discount=discount[pieces], paid=paid[pieces], tax=tax[pieces], twice=second,
        returned_day=np.where(returned[pieces] & ~second, back[pieces], -1),
    )  # fmt: skip
