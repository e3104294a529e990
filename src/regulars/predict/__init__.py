"""Numbers per person -> what may come. Every model says whether it knows enough, and how wrong it was before.

A predictor reads the relations that the indicators were counted over, makes the relations it names, one or more rows
a person, and returns what its models say of themselves. Add one by copying one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regulars.engine import Session
from regulars.model.report import Backtest, ModelReport
from regulars.predict.products import results as recommended
from regulars.predict.voice import predictor as voice

__all__ = ["PREDICTORS", "Backtest", "Evening", "ModelReport", "Predictor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """The shop day of a build, and what of the shop matters to models."""

    as_of: int  #: day number
    currency: str  #: ISO 4217; money is in its minor units


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """Some models that are made together."""

    #: The relations it makes -> the statement that orders their rows for keeping.
    results: Mapping[str, str]
    predict: Callable[[Session, Evening], Sequence[ModelReport]]


def _timing(session: Session, evening: Evening) -> Sequence[ModelReport]:
    from regulars.predict import timing  # scipy is for builds alone

    return timing.predict(session, evening.as_of, evening.currency)


def _products(session: Session, evening: Evening) -> Sequence[ModelReport]:
    from regulars.predict.products import lists  # scipy is for builds alone

    return lists.predict(session, evening.as_of, evening.currency)


#: By the name of the room that makes them, in the order they are run.
PREDICTORS: Mapping[str, Predictor] = {
    "timing": Predictor(
        results={"predictions": "select * from predictions order by person"}, predict=_timing
    ),
    "voice": Predictor(
        results=voice.RESULTS, predict=lambda session, evening: voice.predict(session, evening.as_of)
    ),
    "products": Predictor(results=recommended.RESULTS, predict=_products),
}
