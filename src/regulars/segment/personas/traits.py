"""What personas are told apart by: how people buy, each trait on a scale of its own, with words for much and little.

Only what the shop really has counts: a trait that is known of few, or the same for all, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import CROWD_FACTS
from regulars.words import Text

_SQL = statements(Path(__file__).with_name("buyers.sql"))
_KNOWN = 0.5  #: a trait must be known of so many of the buyers
_FURTHEST = 3.0  #: standard deviations: who is further off counts as that far
_CATEGORIES, _CATEGORY_SHARE = (
    5,
    0.05,
)  #: how many categories are traits, and of what part of all lines at least
_DOUBTED = 2.0  #: orders of the shop's mean that a share of a person's own orders is mixed with

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One way in which customers differ."""

    name: str
    column: str  #: of the statement `buyers`; of a category, its name
    weight: float  #: in distances
    logarithmic: (
        bool  #: ln(1 + value); else it is a share, mixed with the shop's mean where few orders tell it
    )
    much: Text | None  #: said of who has much of it; None: nothing is said
    little: Text | None


def _said(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


#: How somebody buys counts, and little where they stand in their rhythm: that is `stage`, and changes every week.
TRAITS = (
    Trait(
        name="frequency", column="orders_lifetime", weight=1.0, logarithmic=True,
        much=_said("regulars", "habitués"), little=_said("occasional customers", "clients occasionnels"),
    ),
    Trait(
        name="recency", column="days_since_last_order", weight=0.3, logarithmic=True,
        much=_said("long away", "partis depuis longtemps"), little=_said("here lately", "venus récemment"),
    ),
    Trait(
        name="basket", column="average_basket", weight=1.0, logarithmic=True,
        much=_said("big baskets", "gros paniers"), little=_said("small baskets", "petits paniers"),
    ),
    Trait(
        name="variety", column="products_per_order", weight=0.5, logarithmic=True,
        much=_said("many different articles", "beaucoup d’articles différents"),
        little=_said("few different articles", "peu d’articles différents"),
    ),
    Trait(
        name="discount", column="discount_share", weight=0.5, logarithmic=False,
        much=_said("fond of discounts", "amateurs de rabais"), little=_said("at full price", "au prix courant"),
    ),
    Trait(
        name="returns", column="return_share", weight=0.3, logarithmic=False,
        much=_said("many returns", "beaucoup de retours"), little=None,
    ),
    Trait(
        name="weekend", column="weekend_share", weight=0.3, logarithmic=False,
        much=_said("at the weekend", "la fin de semaine"), little=_said("on weekdays", "en semaine"),
    ),
    Trait(
        name="evening", column="evening_share", weight=0.3, logarithmic=False,
        much=_said("in the evening", "le soir"), little=_said("in the daytime", "le jour"),
    ),
)  # fmt: skip


def category_trait(category: str) -> Trait:
    """How much of what somebody buys is of one category."""
    return Trait(
        name=f"category {category}", column=category, weight=0.4, logarithmic=False,
        much=_said(f"fond of {category}", f"portés sur {category}"), little=None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Buyers:
    """Everybody who bought, and their traits in standard deviations from the shop's mean, times their weight."""

    person: npt.NDArray[np.int64]
    traits: tuple[Trait, ...]
    points: Numbers  #: (people, traits)
    mean: Numbers  #: by trait, in its own unit
    scale: Numbers  #: one standard deviation over the weight, in its own unit
    orders: Numbers
    days_since: Numbers
    basket: Numbers  #: minor units


def buyers(session: Session, frozen: Mapping[str, tuple[float, float]]) -> Buyers:
    """The buyers of the session's relations `indicators` and `lines`, by person; walk-in accounts are nobody.

    `frozen` are mean and scale of an earlier run by trait; they hold when the traits are the same.
    """
    rows = session.rows(_SQL["buyers"].format(crowd=CROWD_FACTS))
    person = rows.column("person").to_numpy()
    found = {name: _column(rows.column(name).to_numpy()) for name in rows.column_names if name != "person"}
    orders = found["orders_lifetime"]
    values, traits = [], []
    for trait in (*TRAITS, *_categories(session, person, found)):
        value = _valued(trait, found[trait.column], orders)
        if value is not None:
            values.append(value)
            traits.append(trait)
    measured = np.column_stack(values) if values else np.zeros((len(person), 0))
    mean, scale = _measure(traits, measured, frozen)
    furthest = _FURTHEST * np.array([trait.weight for trait in traits])
    points = np.clip((measured - mean) / scale, -furthest, furthest)
    return Buyers(
        person=person, traits=tuple(traits), points=points, mean=mean, scale=scale, orders=orders,
        days_since=found["days_since_last_order"], basket=found["average_basket"],
    )  # fmt: skip


def _measure(
    traits: Sequence[Trait], measured: Numbers, frozen: Mapping[str, tuple[float, float]]
) -> tuple[Numbers, Numbers]:
    """Where the middle of each trait is, and how long a step; as they were when the traits are the same."""
    if traits and frozen.keys() == {trait.name for trait in traits}:
        kept = np.array([frozen[trait.name] for trait in traits])
        return kept[:, 0], kept[:, 1]
    if not len(measured):
        return np.zeros(len(traits)), np.ones(len(traits))
    return measured.mean(axis=0), measured.std(axis=0) / np.array([trait.weight for trait in traits])


def _column(values: npt.NDArray[np.generic]) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def _valued(trait: Trait, value: Numbers, orders: Numbers) -> Numbers | None:
    """A trait of everybody on its scale, the unknown at the mean; None when it tells nothing here."""
    known = np.isfinite(value)
    if not len(value) or known.mean() < _KNOWN:
        return None
    scaled = np.log1p(np.maximum(value, 0)) if trait.logarithmic else np.clip(value, 0, 1)
    mean = scaled[known].mean()
    if not trait.logarithmic:
        scaled = (scaled * orders + mean * _DOUBTED) / (orders + _DOUBTED)
    scaled = np.where(known, scaled, mean)
    return scaled if scaled.std() > 1e-9 else None


def _categories(
    session: Session, person: npt.NDArray[np.int64], found: dict[str, Numbers]
) -> Sequence[Trait]:
    """The traits of the categories that sell most; their shares are put beside the other columns."""
    session.create("best_categories", _SQL["categories"].format(share=_CATEGORY_SHARE, most=_CATEGORIES))
    best = session.rows("select category from best_categories order by place")
    names = best.column("category").to_pylist()
    if len(names) < 2:
        return []
    for name in names:
        found[name] = np.zeros(len(person))
    rows = session.rows(_SQL["category_shares"])
    at = np.searchsorted(person, rows.column("person").to_numpy())
    of, share = np.array(rows.column("category").to_pylist(), dtype=object), rows.column("share").to_numpy()
    whose = np.append(person, -1)[at] == rows.column("person").to_numpy()
    for name in names:
        here = (of == name) & whose
        found[name][at[here]] = share[here]
    return [category_trait(name) for name in names]
