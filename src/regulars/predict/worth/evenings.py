"""Two earlier evenings of a shop: what was known of its people by each, and what came of them by the next.

People are sampled by a hash, so that a large shop is weighed in the same time as a small one. What the cards say of
people (age, gender, city, …) is known as of today alone. Whether it is known at all may come of what they did since:
of whom it is not, somebody else's is lent, so that only what it says can tell anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.indicators import INDICATORS, compute
from regulars.model.person import CROWD_FACTS
from regulars.predict.marks import Floats
from regulars.predict.worth.people import Ints, People, sampled
from regulars.words import Text

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: People of a shop that are weighed at most.
MOST = 20_000
#: Days ahead, in a shop that is known for long enough; else a third of the days it is known, a month at least.
_HORIZON_DAYS, _SHORTEST_DAYS = 90, 30
#: How many different words of a text column are told apart, the commonest.
_WORDS = 40
_SEED = 40_009
_DAYS_A_YEAR = 365.25
#: What is known as of today alone, so that an earlier evening would see what came after it.
_OF_TODAY = ("reach", "opens")
#: Columns of the cards that are weighed, and the fields of files that they come of.
CARD: Mapping[str, tuple[str, ...]] = {
    "card_age": ("people.birth_date", "people.age"),
    "card_gender": ("people.gender",),
    "card_language": ("people.language",),
    "card_city": ("people.city",),
    "card_region": ("people.region",),
    "card_area": ("people.postcode",),
    "card_country": ("people.country",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Something that people do or not after an evening, or an amount."""

    name: str
    title: Text
    yes_no: bool


OUTCOMES = (
    Outcome(name="orders", title=Text(en="orders again", fr="commande de nouveau"), yes_no=True),
    Outcome(name="spend", title=Text(en="spends", fr="dépense"), yes_no=False),
    Outcome(name="clicks", title=Text(en="clicks in a message", fr="clique dans un message"), yes_no=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenings:
    """The people of an earlier and of a later evening, by outcome."""

    horizon: int  #: days from an evening to the end of what came of it
    earlier: int  #: day number
    later: int  #: day number
    persons: tuple[Ints, Ints]  #: who they are, in the order of `people`
    people: Mapping[str, tuple[People, People]]  #: by outcome: of the earlier evening, and of the later one


def weighed() -> tuple[str, ...]:
    """The indicators that can be told of an earlier evening."""
    return tuple(name for name, one in INDICATORS.items() if one.over not in _OF_TODAY)


def horizon_days(first: int, as_of: int) -> int | None:
    """How many days ahead can be asked, twice, in a shop known from one day to another; None: too few are known."""
    found = min(_HORIZON_DAYS, (as_of - first) // 3)
    return found if found >= _SHORTEST_DAYS else None


def evenings(session: Session, as_of: int, currency: str, horizon: int) -> Evenings:
    """Two evenings, one and two horizons before the shop day, from the relations that indicators are counted over.

    Reads `people` too, the cards. Afterwards `identity` is of the people of the sample alone.
    """
    _sample(session)
    known = [_known(session, as_of - ahead * horizon, currency) for ahead in (2, 1)]
    came = [_came(session, as_of - ahead * horizon, as_of, currency, horizon) for ahead in (2, 1)]
    names, matrices = _alike(known[0], known[1])
    people = {
        one.name: (
            People(names=names, given=matrices[0], came=_of(known[0], came[0], one), yes_no=one.yes_no),
            People(names=names, given=matrices[1], came=_of(known[1], came[1], one), yes_no=one.yes_no),
        )
        for one in OUTCOMES
    }
    return Evenings(
        horizon=horizon, earlier=as_of - 2 * horizon, later=as_of - horizon, people=people,
        persons=(_ints(known[0], "person"), _ints(known[1], "person")),
    )  # fmt: skip


def _sample(session: Session) -> None:
    everybody = _ints(session.rows("select person from persons order by person"), "person")
    chosen = pa.table({"person": pa.array(everybody[sampled(everybody, MOST)], pa.int64())})
    session.table("weighed_people", chosen)
    session.table("identity", session.rows(_SQL["identity"]))


def _known(session: Session, evening: int, currency: str) -> pa.Table:
    """What was known of those of whom something was, one row a person."""
    compute.compute(session, as_of=evening, currency=currency)
    columns = ", ".join(
        f"i.{name} - {evening} as {name}" if INDICATORS[name].unit == "day" else f"i.{name}"
        for name in weighed()
    )
    year = round(1970 + evening / _DAYS_A_YEAR, 3)
    return session.rows(_SQL["known"].format(columns=columns, year=year, crowd=CROWD_FACTS))


def _came(session: Session, evening: int, as_of: int, currency: str, horizon: int) -> pa.Table:
    compute.prepare(session, {"orders", "clicks"}, as_of=as_of, currency=currency)
    return session.rows(_SQL["came"].format(evening=evening, until=evening + horizon))


def _of(known: pa.Table, came: pa.Table, outcome: Outcome) -> Floats:
    """What came of each of those who are known; `came` is of everybody."""
    at = np.searchsorted(_ints(came, "person"), _ints(known, "person"))
    values = np.asarray(came.column(outcome.name).to_numpy(), dtype=float)[at]
    return np.asarray(values > 0, dtype=float) if outcome.yes_no else np.maximum(values, 0.0)


def _alike(earlier: pa.Table, later: pa.Table) -> tuple[tuple[str, ...], tuple[Floats, Floats]]:
    """Both evenings as numbers that mean the same: words by how common they were on the first."""
    names = tuple(name for name in earlier.column_names if name != "person")
    pairs = [_numbers(name, earlier, later) for name in names]
    first, second = (np.column_stack([pair[at] for pair in pairs]) for at in (0, 1))
    return names, (first, second)


def _numbers(name: str, earlier: pa.Table, later: pa.Table) -> tuple[Floats, Floats]:
    columns = (earlier.column(name), later.column(name))
    if pa.types.is_string(columns[0].type):
        code = _codes(columns[0])
        read = [_coded(column, code) for column in columns]
    else:
        read = [np.asarray(column.cast(pa.float64()).to_numpy(), dtype=float) for column in columns]
    if name in CARD:
        read = [_lent(one, _ints(table, "person")) for one, table in zip(read, (earlier, later), strict=True)]
    return read[0], read[1]


def _codes(words: pa.ChunkedArray) -> dict[str, float]:
    """The commonest words, by their place."""
    counted = [(-one["counts"], one["values"]) for one in words.drop_null().value_counts().to_pylist()]
    return {word: float(place) for place, (_times, word) in enumerate(sorted(counted)[:_WORDS])}


def _coded(words: pa.ChunkedArray, code: Mapping[str, float]) -> Floats:
    found = (np.nan if one is None else code.get(one, float(_WORDS)) for one in words.to_pylist())
    return np.fromiter(found, dtype=float, count=len(words))


def _lent(values: Floats, persons: Ints) -> Floats:
    """Those of whom nothing is known are lent what is known of somebody else, at random."""
    known = values[~np.isnan(values)]
    if not len(known):
        return values
    chance = np.random.default_rng(_SEED).random(int(persons.max()) + 1 if len(persons) else 0)
    lent = np.sort(known)[(chance[persons] * len(known)).astype(np.int64)]
    return np.where(np.isnan(values), lent, values)


def _ints(rows: pa.Table, name: str) -> Ints:
    return np.asarray(rows.column(name).to_numpy(), dtype=np.int64)
