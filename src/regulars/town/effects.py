"""What each person would do with and without each treatment: the answer key for uplift and for tomorrow's list.

Without a treatment, the purchases expected in the next days are found by walking the person's own rhythm onwards many
times from the last day. A treatment then quickens the pace of those who read it in the right moment, brings back
a few who had left, costs margin when sure buyers use its offer, and drives off those who complain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.town.buying import Seasons
from regulars.town.goods import CATEGORIES, Goods
from regulars.town.life import Life
from regulars.town.people import People

HORIZONS = (30, 90)  #: days
_WALKS = 16  # of the future, a person
_LINES = 1.95  # an order, in the mean
_PRICE_TO_MARGIN = 2  # a price is about twice its margin
_OUT_OF_MOMENT = 0.15  # of its power is left to a treatment that comes at the wrong time


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What a treatment does to somebody who reads it in its moment."""

    name: str
    lift: float  #: more purchases in 30 days, as a share of those that come anyway
    revive: float  #: chance to bring back somebody who has left, or who never bought
    discount: float  #: of the price, to whoever uses the offer
    cost: int  #: of one message, cents


TREATMENTS: tuple[Power, ...] = (
    Power(name="welcome", lift=0.20, revive=0.05, discount=0.10, cost=2),
    Power(name="second_purchase", lift=0.35, revive=0.03, discount=0.10, cost=2),
    Power(name="due", lift=0.25, revive=0.01, discount=0.0, cost=2),
    Power(name="win_back", lift=0.10, revive=0.08, discount=0.15, cost=2),
    Power(name="birthday", lift=0.20, revive=0.02, discount=0.10, cost=2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a person stands on the last day; one entry a person."""

    orders: np.ndarray  #: so far, in the shop's files
    since: np.ndarray  #: days since the last purchase; -1: never bought
    alive: np.ndarray  #: has bought and has not left for good
    joined: np.ndarray  #: days since joining
    birthday: np.ndarray  #: falls within the next 30 days
    margin: np.ndarray  #: cents expected of one order, by taste


def situation(life: Life) -> Situation:
    """Where everybody stands on the evening of the last day."""
    people, seen = life.people, life.visits
    past = seen.day <= life.last_day
    last = np.full(len(people), -1)
    np.maximum.at(last, seen.person[past], seen.day[past])
    of_year = (people.birth - people.birth.astype("datetime64[Y]")).astype(int)
    today = np.datetime64(life.last_day, "D")
    ahead = (of_year - (today - today.astype("datetime64[Y]")).astype(int)) % 365
    return Situation(
        orders=np.bincount(life.orders.person, minlength=len(people)),
        since=np.where(last >= 0, life.last_day - last, -1),
        alive=(last >= 0) & (seen.left_day < 0),
        joined=life.last_day - people.joined_day,
        birthday=(ahead > 0) & (ahead <= 30),
        margin=_margin(people, life.goods),
    )


def effects(life: Life, rng: np.random.Generator) -> pa.Table:
    """One row for each person and treatment: expected orders and margin (cents), with and without it."""
    stand = situation(life)
    walked = _walked(life.people, stand, life.clock, life.last_day, rng)
    without = dict(zip(HORIZONS, walked, strict=True))
    return pa.concat_tables([_effect(power, life, stand, without) for power in TREATMENTS])


def _effect(power: Power, life: Life, stand: Situation, without: dict[int, np.ndarray]) -> pa.Table:
    people, first = life.people, life.first_person
    reads = np.where(np.array(people.email) == "", 0.0, people.opens_mail)
    timely = np.where(_moment(power.name, people, stand), 1.0, _OUT_OF_MOMENT)
    taste = 0.4 + 0.6 * people.price_sensitivity if power.discount else np.full(len(people), 0.7)
    lift = np.where(people.complains, -0.5 * reads, power.lift * reads * timely * taste)
    revived = np.where(stand.alive | people.complains, 0.0, power.revive * reads * timely * taste)
    uses = reads * (0.3 + 0.7 * people.price_sensitivity)
    columns: dict[str, np.ndarray] = {"person": first + np.arange(len(people))}
    for days in HORIZONS:
        base, kept = without[days], 1.0 if days == HORIZONS[0] else 0.75  # a quarter only comes earlier
        extra = kept * lift * without[HORIZONS[0]] + revived * (1 + (days - 15) / people.gap_days)
        used = uses * (without[HORIZONS[0]] + np.maximum(extra, 0))
        given_away = power.discount * _PRICE_TO_MARGIN * stand.margin * used
        columns |= {
            f"orders_{days}d_without": base,
            f"orders_{days}d_with": base + extra,
            f"margin_{days}d_without": base * stand.margin,
            f"margin_{days}d_with": (base + extra) * stand.margin - given_away - power.cost,
        }
    names = pa.array([power.name]).take(pa.array(np.zeros(len(people), dtype=np.int64)))
    return pa.table({"treatment": names, **columns})


def _moment(treatment: str, people: People, stand: Situation) -> np.ndarray:
    """Is it the right time for this treatment?"""
    share_of_gap = stand.since / people.gap_days
    moments: dict[str, np.ndarray] = {
        "welcome": (stand.joined <= 30) | (stand.since < 0),
        "second_purchase": (stand.orders == 1) & (stand.since <= 60),
        "due": stand.alive & (share_of_gap > 0.8) & (share_of_gap < 1.6),
        "win_back": (stand.since >= 0) & (~stand.alive | (share_of_gap > 2.5)),
        "birthday": stand.birthday,
    }
    return moments[treatment]


def _walked(
    people: People, stand: Situation, clock: Seasons, last_day: int, rng: np.random.Generator
) -> list[np.ndarray]:
    """Mean number of purchases to each horizon over the walks."""
    alive = np.repeat(np.flatnonzero(stand.alive), _WALKS)
    start = clock.steps(last_day + 1 - stand.since.astype(float))
    now = clock.steps(np.array([last_day + 1.0]))[0]
    ends = [clock.steps(np.array([last_day + 1.0 + days]))[0] for days in HORIZONS]
    time = _first(people, alive, start[alive], now, rng)
    counts = [np.zeros(len(people)) for _ in HORIZONS]
    while len(alive):
        for count, end in zip(counts, ends, strict=True):
            count += np.bincount(alive[time < end], minlength=len(people))
        stays = (rng.random(len(alive)) >= people.dropout[alive]) & (time < ends[-1])
        alive, time = alive[stays], time[stays]
        time = time + rng.gamma(people.regularity[alive], people.gap_days[alive] / people.regularity[alive])
    return [count / _WALKS for count in counts]


def _first(
    people: People, who: np.ndarray, start: np.ndarray, now: float, rng: np.random.Generator
) -> np.ndarray:
    """The next purchase, known that none came yet: gaps are drawn anew until they reach beyond today."""
    shape, scale = people.regularity[who], people.gap_days[who] / people.regularity[who]
    time = start + rng.gamma(shape, scale)
    for _attempt in range(20):
        early = np.flatnonzero(time <= now)
        time[early] = start[early] + rng.gamma(shape[early], scale[early])
    late = time <= now  # far in the tail a gamma is nearly exponential
    first: np.ndarray = np.where(late, now + rng.exponential(scale), time)
    return first


def _margin(people: People, goods: Goods) -> np.ndarray:
    margins = goods.price - goods.cost
    by_shelf = np.array([margins[goods.category == shelf].mean() for shelf in range(len(CATEGORIES))])
    mixed: np.ndarray = (
        0.5 * by_shelf[people.category] + 0.2 * by_shelf[people.category_next] + 0.3 * by_shelf.mean()
    )
    mixed *= _LINES * (1 - 0.1 * people.price_sensitivity)
    return mixed
