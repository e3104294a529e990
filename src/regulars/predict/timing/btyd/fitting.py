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
#: A slope, of the surprise a customer along the logarithm of a parameter, at which the search ends.
_FLAT = 1e-8
#: How far a parameter's logarithm is moved to see how the slope curves; and how many of Newton's steps are made.
_STEP, _STEPS = 1e-3, 10


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
    sample: tuple[Likelihood, float] | None = None,
) -> Fit:
    """The likeliest parameters, from a start of the right magnitude; one under its floor is in a corner too.

    `sample`, of very many customers, is the likelihood of some of them, and how many they are: what they say is
    mended in a few steps with all.
    """
    names, guess = list(start), np.log(np.array(list(start.values())))
    free = np.zeros(len(names))
    found = None if sample is None else _from_sample(likelihood, guess, customers, sample)
    if found is None:
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


def _surprise(
    likelihood: Likelihood, guess: Floats, customers: float, belief: Floats
) -> Callable[[Floats], tuple[float, Floats]]:
    """By the logarithms of the parameters: how surprising what was seen is, a customer, and how that changes."""

    def surprise(logs: Floats) -> tuple[float, Floats]:
        """The negative log-likelihood a customer, held towards the guess, and its slope."""
        found, slope = likelihood(np.exp(logs))
        away = logs - guess
        found -= float((belief * away**2).sum() / 2)
        return -found / customers, -(slope * np.exp(logs) - belief * away) / customers

    return surprise


def _from_sample(
    likelihood: Likelihood, guess: Floats, customers: float, sample: tuple[Likelihood, float]
) -> Floats | None:
    """From the likeliest parameters of some customers to those of all, by Newton's steps with the curvature that some
    have; None where these do not lead there."""
    free = np.zeros(len(guess))
    at = _climb(sample[0], guess, sample[1], free)
    of_some = _surprise(sample[0], guess, sample[1], free)
    curved = np.array([of_some(at + step)[1] - of_some(at - step)[1] for step in _STEP * np.eye(len(at))])
    curved = (curved + curved.T) / (4 * _STEP)
    if not np.all(np.isfinite(curved)) or np.linalg.eigvalsh(curved).min() <= 0:
        return None
    of_all = _surprise(likelihood, guess, customers, free)
    steepest = np.inf
    for _step in range(_STEPS):
        slope = of_all(at)[1]
        if np.abs(slope).max() < _FLAT:
            return at
        if not np.abs(slope).max() < steepest / 2:
            return None
        steepest = np.abs(slope).max()
        at = at - np.linalg.solve(curved, slope)
    return None


def _climb(likelihood: Likelihood, guess: Floats, customers: float, belief: Floats) -> Floats:
    from scipy.optimize import minimize

    surprise = _surprise(likelihood, guess, customers, belief)
    options = {"maxiter": 500, "ftol": 1e-14, "gtol": _FLAT, "maxcor": 20}
    limits = [(at - 12.0, at + 12.0) for at in guess]
    reached = minimize(surprise, guess, jac=True, method="L-BFGS-B", bounds=limits, options=options)
    return np.asarray(reached.x, dtype=float)
