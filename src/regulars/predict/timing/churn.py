"""The chance that somebody buys nothing in the days to come, learnt from what earlier buyers did.

A logistic regression on how recent, how often and how much (logarithms), the gaps between orders, and what the model
of coming back thinks. It learns on evenings so long ago that their outcome is known, and is asked about a later one.
With too few to learn from there is none, and the chance of the model of coming back is the one shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.predict.marks import Flags
from regulars.predict.timing.btyd.histories import Floats
from regulars.predict.timing.orders import Buyers, OrderDays, came, known
from regulars.predict.timing.outlook import Outlook

#: Evenings to learn from: the last whose outcome is known, and so many days before it.
_BEFORE = (0, 30, 60, 90)
#: How long a shop must have been known on an evening to learn from it.
_KNOWN_DAYS = 60
#: Of how many customers an evening is learnt at most, more or less; of more, every second, third, …
_LEARNT_FROM = 100_000
#: How many must have come back, and how many not, on all evenings together.
NEEDED = 100
_SURE = 1e-6
_STEPS = 50
NAMES = (
    "log_days_silent", "log_repeats", "log_days_known", "log_spend", "log_gap", "log_lateness", "irregularity",
    "log_products", "logit_model", "log_expected",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Churn:
    """What was learnt: a weight a feature, for features of mean 0 and spread 1."""

    horizon: int  #: days
    mean: Floats
    spread: Floats
    weights: Floats
    intercept: float
    learnt_from: int  #: customers, once an evening

    def none(self, outlook: Outlook, buyers: Buyers) -> Floats:
        """The chance of no order in the days to come, 0..1."""
        of = (features(outlook, buyers, self.horizon) - self.mean) / self.spread
        return np.asarray(1 / (1 + np.exp(-np.clip(of @ self.weights + self.intercept, -30, 30))))


def learnt(days: OrderDays, as_of: int, outlook: Outlook, horizon: int) -> Churn | None:
    """What is learnt from evenings whose outcome is known on this one; None with too few of either kind."""
    given, stayed_away = [], []
    for before in _BEFORE:
        evening = as_of - horizon - before
        if evening - days.first < _KNOWN_DAYS:
            break
        then = known(days, evening)
        every = len(then.person) // _LEARNT_FROM + 1
        given.append(features(outlook, then, horizon)[::every].copy())
        stayed_away.append((came(days, then, horizon).orders == 0)[::every])
    if not given:
        return None
    all_given, answers = np.vstack(given), np.concatenate(stayed_away)
    if min(answers.sum(), (~answers).sum()) < NEEDED:
        return None
    return _fit(all_given, answers, horizon)


def _fit(given: Floats, answers: Flags, horizon: int) -> Churn:
    mean, spread = given.mean(axis=0), given.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    weights = logistic((given - mean) / spread, answers)
    return Churn(horizon, mean, spread, weights[1:], float(weights[0]), len(answers))


def logistic(given: Floats, answers: Flags) -> Floats:
    """The weights, the intercept first, of a logistic regression with a ridge of 1, by Newton's steps.

    >>> given, answers = np.array([[-1.0], [-1.0], [1.0], [1.0]]), np.array([False, True, False, True])
    >>> [abs(round(float(weight), 6)) for weight in logistic(given, answers)]
    [0.0, 0.0]
    """
    columns = np.column_stack([np.ones(len(given)), given])
    ridge = np.eye(columns.shape[1])
    ridge[0, 0] = 1e-9
    weights = np.zeros(columns.shape[1])
    for _step in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (chance - answers) + ridge @ weights
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-10:
            break
    return weights


def features(outlook: Outlook, buyers: Buyers, horizon: int) -> Floats:
    """One row a buyer, one column a name of `NAMES`."""
    none = np.clip(outlook.none(buyers, horizon), _SURE, 1 - _SURE)
    gaps = float(buyers.repeats.sum())
    usual = float(buyers.last.sum()) / gaps if gaps else 1.0
    gap = (buyers.last + 2 * usual) / (buyers.repeats + 2)
    own = buyers.last / np.maximum(buyers.repeats, 1)
    variance = buyers.gaps_squared / np.maximum(buyers.repeats, 1) - own**2
    irregular = np.minimum(np.sqrt(np.maximum(variance, 0.0)) / np.maximum(gap, 1.0), 3.0)
    return np.column_stack([
        np.log1p(buyers.silent), np.log1p(buyers.repeats), np.log1p(buyers.age),
        np.log1p(np.maximum(buyers.paid, 0.0)), np.log1p(gap), np.log1p(buyers.silent / np.maximum(gap, 1.0)),
        irregular, np.log1p(buyers.products), np.log(none / (1 - none)), np.log1p(outlook.expected(buyers, horizon)),
    ])  # fmt: skip
