"""Fitting: the parameters under which what was seen is the least surprising, with guard rails at the corners.

All parameters are positive, so they are sought by their logarithms, by quasi-Newton steps along exact gradients.
Real shops drive likelihoods into corners (nobody ever leaves: a -> 0, b -> infinity) where figures stop meaning
anything. A fit that ends there is made anew with a weak belief that no parameter is far from where the search began
(a maximum a posteriori), and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from regulars.predict.timing.btyd.histories import Floats

#: A likelihood: parameters -> its logarithm, and how that changes with each parameter.
Likelihood = Callable[[Floats], tuple[float, Floats]]
#: A parameter this many times smaller or larger than where the search began is in a corner.
_FAR = 100.0
#: How sure the belief is: the spread of a parameter's logarithm (a factor of 4.5 either way).
_SPREAD = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The parameters of one model, and how well they explain what was seen."""

    parameters: Mapping[str, float]
    log_likelihood: float
    corner: bool  #: whether the likelihood alone ran into a corner, and the belief was needed

    @property
    def values(self) -> Floats:
        """The parameters in the order of the model."""
        return np.array(list(self.parameters.values()))


def fit(
    likelihood: Likelihood,
    start: Mapping[str, float],
    *,
    customers: float,
    floors: Mapping[str, float] | None = None,
) -> Fit:
    """The likeliest parameters, from a start of the right magnitude; one under its floor is in a corner too."""
    names, guess = list(start), np.log(np.array(list(start.values())))
    free = np.zeros(len(names))
    found = _climb(likelihood, guess, customers, free)
    low = np.array([(floors or {}).get(name, 0.0) for name in names])
    corner = bool(np.any(np.abs(found - guess) > np.log(_FAR)) or np.any(np.exp(found) <= low))
    if corner:
        found = _climb(likelihood, guess, customers, free + _SPREAD**-2)
    values = np.maximum(np.exp(found), low * 1.05)
    return Fit(
        parameters={name: float(value) for name, value in zip(names, values, strict=True)},
        log_likelihood=likelihood(values)[0],
        corner=corner,
    )


def _climb(likelihood: Likelihood, guess: Floats, customers: float, belief: Floats) -> Floats:
    from scipy.optimize import minimize

    def surprise(logs: Floats) -> tuple[float, Floats]:
        found, slope = likelihood(np.exp(logs))
        away = logs - guess
        found -= float((belief * away**2).sum() / 2)
        return -found / customers, -(slope * np.exp(logs) - belief * away) / customers

    options = {"maxiter": 500, "ftol": 1e-14, "gtol": 1e-8, "maxcor": 20}
    limits = [(at - 12.0, at + 12.0) for at in guess]
    reached = minimize(surprise, guess, jac=True, method="L-BFGS-B", bounds=limits, options=options)
    return np.asarray(reached.x, dtype=float)
