"""Who bought what on which receipt, as numbers; and the same as it was known before the last receipts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import CROWD_FACTS

_SQL = statements(Path(__file__).with_suffix(".sql"))
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
HALF_LIFE_DAYS = (30.0, 90.0)
#: A customer is asked about their last basket when they had so many.
BASKETS_TO_ASK = 3


@dataclass(frozen=True, kw_only=True)
class History:
    """Every article of every receipt, by person (0 … people-1), then receipt (0: the oldest), then article."""

    ids: Ints  #: the shop's number of each person
    items: int  #: how many articles there are
    person: Ints
    item: Ints
    basket: Ints
    day: Ints
    at_us: Ints
    pieces: Floats
    #: What was brought back: (person, article) as a key, when, and how much.
    back_key: Ints
    back_us: Ints
    back_pieces: Floats

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.ids)

    @cached_property
    def baskets(self) -> Ints:
        """How many receipts each person has."""
        found = np.zeros(self.people, np.int64)
        np.maximum.at(found, self.person, self.basket + 1)
        return found

    @cached_property
    def last_day(self) -> Ints:
        """The day of each person's newest receipt; far in the past for nobody's."""
        found = np.full(self.people, -(10**6), np.int64)
        np.maximum.at(found, self.person, self.day)
        return found

    @cached_property
    def popularity(self) -> Floats:
        """On how many receipts each article stands."""
        return np.bincount(self.item, minlength=self.items).astype(float)

    def key(self, person: Ints, item: Ints) -> Ints:
        """A person and an article as one number."""
        return np.asarray(person, np.int64) * max(self.items, 1) + item

    @cached_property
    def pairs(self) -> Pairs:
        """What each person bought of each article."""
        return _pairs(self)

    def some(self, most: int) -> History:
        """The history of every so many-th person, of so many at most; of itself when there are no more."""
        step = max(1, -(-self.people // most))
        if step == 1:
            return self
        rows, back = self.person % step == 0, self.back_key // max(self.items, 1) % step == 0
        of, item = np.divmod(self.back_key[back], max(self.items, 1))
        return replace(
            self, ids=self.ids[::step], person=self.person[rows] // step, item=self.item[rows],
            basket=self.basket[rows], day=self.day[rows], at_us=self.at_us[rows], pieces=self.pieces[rows],
            back_key=of // step * max(self.items, 1) + item, back_us=self.back_us[back],
            back_pieces=self.back_pieces[back],
        )  # fmt: skip

    @cached_property
    def past(self) -> HeldOut:
        """What was known before the last receipts, and these."""
        return held_out(self)

    @cached_property
    def decays(self) -> dict[float, Floats]:
        """By half-life in days: the receipts of each pair, halved by their age before the person's last one."""
        return {
            half: summed(self, 0.5 ** ((self.last_day[self.person] - self.day) / half))
            for half in HALF_LIFE_DAYS
        }

    @cached_property
    def unwanted(self) -> Ints:
        """The keys of what people bought last only to bring all of it back, in order."""
        if not len(self.back_key):
            return self.back_key
        keys, at = np.unique(self.back_key, return_inverse=True)
        own = self.key(self.person, self.item)
        mine = np.flatnonzero(among(own, keys))
        theirs = np.searchsorted(keys, own[mine])
        bought = np.full(len(keys), np.iinfo(np.int64).min)
        np.maximum.at(bought, theirs, self.at_us[mine])
        newest = self.at_us[mine] == bought[theirs]
        had = np.bincount(theirs[newest], weights=self.pieces[mine][newest], minlength=len(keys))
        since = self.back_us >= bought[at]
        back = np.bincount(at[since], weights=self.back_pieces[since], minlength=len(keys))
        return keys[(back > 0) & (back >= had)]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """One row a person and article they bought, by person, then article."""

    person: Ints
    item: Ints
    key: Ints
    times: Ints  #: on how many receipts
    newest: Ints  #: number of the newest receipt with it
    first_day: Ints
    last_day: Ints
    start: Ints  #: where the rows of each person begin, and where the last one's end

    def of(self, people: Ints) -> tuple[Ints, Ints]:
        """The rows of some people, one after the other, and where those of each begin and the last one's end."""
        wide = self.start[people + 1] - self.start[people]
        begin = np.concatenate((np.zeros(1, np.int64), np.cumsum(wide)))
        return np.repeat(self.start[people] - begin[:-1], wide) + np.arange(begin[-1]), begin


@dataclass(frozen=True, kw_only=True)
class HeldOut:
    """What was known before the last receipt of everybody who had enough of them, and that receipt."""

    known: History
    asked: Ints  #: the people whose last receipt is held out
    wanted: Ints  #: the keys of what stood on these receipts, in order


def read_history(session: Session) -> History:
    """The history of everybody, from `lines` and `indicators`; makes `bought_articles` and `numbered_articles`."""
    session.create("bought_articles", _SQL["bought"].format(crowd=CROWD_FACTS))
    session.create("numbered_articles", _SQL["numbered"])
    rows = session.rows(_SQL["rows"])
    ids, person = np.unique(_ints(rows, "person"), return_inverse=True)
    items = int(session.rows("select count(*) as n from numbered_articles").column("n")[0].as_py())
    back = session.rows(_SQL["brought_back"])
    of = _ints(back, "person")
    at = np.searchsorted(ids, of).clip(max=max(len(ids) - 1, 0))
    known = ids[at] == of if len(ids) else np.zeros(len(of), bool)
    return History(
        ids=ids, items=items, person=_short(person), item=_short(_ints(rows, "item")),
        basket=_short(_ints(rows, "basket")), day=_short(_ints(rows, "day")), at_us=_ints(rows, "at_us"),
        pieces=_floats(rows, "pieces"),
        back_key=at[known] * max(items, 1) + _ints(back, "item")[known],
        back_us=_ints(back, "at_us")[known], back_pieces=_floats(back, "pieces")[known],
    )  # fmt: skip


def read_goods(session: Session, *, as_of: int, currency: str) -> Any:
    """What is known of each article, an Arrow table in the order of their numbers; makes `stocks` and `stock_told`."""
    session.create("stocks", _SQL["stocks"].format(as_of=as_of))
    session.create("stock_told", _SQL["stock_told"])
    return session.rows(_SQL["goods"].format(as_of=as_of, currency=currency))


def held_out(history: History) -> HeldOut:
    """Hold out the last receipt of everybody with enough of them, and what they brought back after it."""
    asked = history.baskets >= BASKETS_TO_ASK
    last = asked[history.person] & (history.basket == history.baskets[history.person] - 1)
    until = np.full(history.people, np.iinfo(np.int64).max)
    np.minimum.at(until, history.person[last], history.at_us[last])
    before = history.back_us < until[history.back_key // max(history.items, 1)]
    stays = ~last
    known = replace(
        history,
        person=history.person[stays], item=history.item[stays], basket=history.basket[stays],
        day=history.day[stays], at_us=history.at_us[stays], pieces=history.pieces[stays],
        back_key=history.back_key[before], back_us=history.back_us[before],
        back_pieces=history.back_pieces[before],
    )  # fmt: skip
    wanted = np.unique(history.key(history.person[last], history.item[last]))
    return HeldOut(known=known, asked=np.flatnonzero(asked), wanted=wanted)


def _pairs(history: History) -> Pairs:
    key = history.key(history.person, history.item)
    order = np.argsort(key, kind="stable")  # receipts stay in order
    ordered = key[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    ends = np.append(begins[1:], len(ordered)) - 1 if len(begins) else begins
    first, last = order[begins], order[ends]
    person = history.person[first]
    return Pairs(
        person=person,
        item=history.item[first],
        key=ordered[begins],
        times=_short(ends - begins + 1),
        newest=history.basket[last],
        first_day=history.day[first],
        last_day=history.day[last],
        start=np.searchsorted(person, np.arange(history.people + 1)),
    )


def among(keys: Ints, of: Ints) -> Flags:
    """Which keys are some of those `of`, which are in order."""
    if not len(of):
        return np.zeros(keys.shape, bool)
    return np.asarray(of[np.searchsorted(of, keys).clip(max=len(of) - 1)] == keys)


def summed(history: History, weight: Floats) -> Floats:
    """A weight of each row of a history, summed by pair."""
    at = np.searchsorted(history.pairs.key, history.key(history.person, history.item))
    return np.bincount(at, weights=weight, minlength=len(history.pairs.key)).astype(float)


def _short(numbers: Ints) -> Ints:
    """The same in half the memory: there are as many as lines of the shop."""
    return numbers.astype(np.int32)


def _floats(rows: Any, name: str) -> Floats:
    return np.asarray(rows.column(name).to_numpy(), dtype=float)


def _ints(rows: Any, name: str) -> Ints:
    return np.asarray(rows.column(name).to_numpy(), dtype=np.int64)
