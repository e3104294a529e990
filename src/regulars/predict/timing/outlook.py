"""The outlook of customers by the model that explains them best, in the season of the shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from regulars.predict.timing.btyd import bg_nbd, mbg_nbd, pareto_nbd
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.btyd.histories import Floats, Histories
from regulars.predict.timing.orders import Buyers, OrderDays
from regulars.predict.timing.season import Season, season


class Model(Protocol):
    """A model of coming back, with its parameters."""

    def expected(self, of: Histories, weeks: float) -> Floats:
        """Days with an order to be expected of each in the weeks to come."""

    def none(self, of: Histories, weeks: float) -> Floats:
        """The chance of no order in the weeks to come, 0..1."""


#: How each model is fitted, and what it foretells; of two that explain as well, the first one.
MODELS: Mapping[str, tuple[Callable[[Histories], Fit], Callable[[Floats], Model]]] = {
    "bg_nbd": (bg_nbd.fitted, bg_nbd.BGNBD),
    "mbg_nbd": (mbg_nbd.fitted, mbg_nbd.MBGNBD),
    "pareto_nbd": (pareto_nbd.fitted, pareto_nbd.ParetoNBD),
}
#: Days ahead at which the chance of having come is computed; between them it runs straight.
GRID = np.array(
    [*range(31), *range(32, 91, 2), *range(95, 181, 5), *range(190, 366, 15), 400, 450, 520, 600, 730]
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A model with its parameters and the season ahead, as known on one evening."""

    name: str
    model: Model
    season: Season

    def expected(self, buyers: Buyers, days: int) -> Floats:
        """Days with an order to be expected of each buyer in the days to come."""
        return self._each(buyers, self.model.expected, days)

    def none(self, buyers: Buyers, days: int) -> Floats:
        """The chance of no order of each buyer in the days to come, 0..1."""
        return self._each(buyers, self.model.none, days)

    def came_by(self, buyers: Buyers) -> Floats:
        """The chance to have come by each day of `GRID`; one row a history."""
        at = self.season.ahead[GRID]
        chances = [1 - self.model.none(buyers.histories, float(weeks)) for weeks in at]
        return np.maximum.accumulate(np.clip(np.column_stack(chances), 0.0, 1.0), axis=1)

    def _each(self, buyers: Buyers, of: Callable[[Histories, float], Floats], days: int) -> Floats:
        found = of(buyers.histories, float(self.season.ahead[days]))
        return np.clip(np.nan_to_num(found), 0.0, None)[buyers.where]


def fits(buyers: Buyers) -> dict[str, Fit]:
    """Every model, fitted on what is known of these buyers."""
    return {name: fitted(buyers.histories) for name, (fitted, _model) in MODELS.items()}


def outlook(name: str, fit: Fit, days: OrderDays, as_of: int) -> Outlook:
    """The outlook by one model."""
    model = MODELS[name][1](fit.values)
    return Outlook(name, model, season(days, as_of, model.expected))


def likeliest(found: Mapping[str, Fit]) -> str:
    """The model that explains what was seen best; of those that explain it as well, the first one."""
    return max(found, key=lambda name: round(found[name].log_likelihood, 6))


def naive_orders(buyers: Buyers, days: int) -> Floats:
    """Everybody goes on as before: repeat orders a day since the first order, times the days to come."""
    return buyers.repeats / np.maximum(buyers.age, 1.0) * days
