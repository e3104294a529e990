"""Pareto/NBD: customers buy at random at their own rate, and leave at a random time, at their own rate of leaving.

Rates of buying are gamma(r, alpha) over customers, rates of leaving gamma(s, beta). Schmittlein, Morrison & Colombo
(1987), Management Science 33(1); formulas as in Fader & Hardie (2005), "A note on deriving the Pareto/NBD model".
Their difference of two hypergeometric functions loses all its digits for frequent customers; it is an integral over
the day of leaving, of positive terms, and is summed as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, exprel, gammaln

from regulars.predict.timing.btyd.fitting import Fit, fit
from regulars.predict.timing.btyd.histories import Floats, Histories, some

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


def fitted(of: Histories) -> Fit:
    """The likeliest parameters."""
    weeks = max(float(of.count @ of.age) / of.customers / 2, 0.1)
    start = {"r": 1.0, "alpha": weeks, "s": 1.0, "beta": weeks}
    few = some(of)
    return fit(
        lambda p: log_likelihood(of, p),
        start,
        customers=of.customers,
        sample=None if few is None else (lambda p: log_likelihood(few, p), few.customers),
    )


def log_likelihood(of: Histories, parameters: Floats) -> tuple[float, Floats]:
    """The log-likelihood, and how it changes with r, alpha, s, beta."""
    r, alpha, s, beta = parameters
    paths = _Paths(of, parameters)
    either = np.logaddexp(paths.stayed, paths.left)
    each = gammaln(r + of.repeats) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + either
    gone = np.exp(paths.left - either)
    here = 1 - gone
    rate = r + of.repeats
    slopes = (
        digamma(rate) - digamma(r) + np.log(alpha)
        - here * np.log(alpha + of.age) - gone * paths.mean(np.log(alpha + paths.times)),
        r / alpha - rate * (here / (alpha + of.age) + gone * paths.mean(1 / (alpha + paths.times))),
        np.log(beta) - here * np.log(beta + of.age)
        + gone * (1 / s - paths.mean(np.log(beta + paths.times))),
        s / beta - here * s / (beta + of.age) - gone * (s + 1) * paths.mean(1 / (beta + paths.times)),
    )  # fmt: skip
    return float(of.count @ each), np.array([of.count @ slope for slope in slopes])


class _Paths:
    """How a history can have come about: the customer is still one, or left at some time since the last purchase."""

    def __init__(self, of: Histories, parameters: Floats) -> None:
        r, alpha, s, beta = parameters
        rate = r + of.repeats
        self.stayed = -rate * np.log(alpha + of.age) - s * np.log(beta + of.age)
        # u = ((alpha + t) / (alpha + last))^-fall runs from 1 to `end` as t runs from `last` to `age`; with this fall
        # the integrand is nearly flat in u, so that few points are enough
        slopes = [rate - 1 + (s + 1) * (alpha + at) / (beta + at) for at in (of.last, of.age)]
        fall = np.maximum(np.minimum(*slopes), 1e-3)[:, None]
        width = np.log((alpha + of.age) / (alpha + of.last))[:, None]
        lost = -np.expm1(-fall * width)
        u = 1 - lost * (_NODES + 1) / 2
        self.times = (alpha + of.last)[:, None] * np.exp(-np.log(u) / fall) - alpha
        logs = (
            np.log(s) + (1 - rate)[:, None] * np.log(alpha + self.times) - (s + 1) * np.log(beta + self.times)
            - np.log(u * fall)
        )  # fmt: skip
        top = logs.max(axis=1)
        parts = np.exp(logs - top[:, None]) * (_WEIGHTS / 2)
        whole = parts.sum(axis=1)
        with np.errstate(divide="ignore"):  # who bought on the very evening cannot have left since
            self.left = top + np.log(whole * lost[:, 0])
        self._share = parts / whole[:, None]

    def mean(self, of_times: Floats) -> Floats:
        """The mean of something that depends on the time of leaving, if the customer has left."""
        return np.asarray((self._share * of_times).sum(axis=1))


@dataclass(frozen=True, slots=True)
class ParetoNBD:
    """What is to be expected of customers, given the parameters."""

    parameters: Floats

    def alive(self, of: Histories) -> Floats:
        """The chance, 0..1, that a customer has not left for good."""
        paths = _Paths(of, self.parameters)
        return np.asarray(np.exp(paths.stayed - np.logaddexp(paths.stayed, paths.left)))

    def expected(self, of: Histories, weeks: float) -> Floats:
        """Days with an order to be expected of each customer in the weeks to come."""
        r, alpha, s, beta = self.parameters
        since = beta + of.age
        stretch = np.log1p(weeks / since)
        as_customer = since * stretch * exprel((1 - s) * stretch)  # weeks; the paper divides by s - 1
        return np.asarray(self.alive(of) * (r + of.repeats) / (alpha + of.age) * as_customer)

    def none(self, of: Histories, weeks: float) -> Floats:
        """The chance of no purchase in the weeks to come, 0..1."""
        r, alpha, s, beta = self.parameters
        rate, since = (r + of.repeats)[:, None], (alpha + of.age)[:, None]
        # over u, the chance that a customer's next purchase is later than a time: 1 now, `end` at the horizon
        end = (1 + weeks / since) ** -rate
        u = 1 - (1 - end) * (_NODES + 1) / 2
        times = since * (u ** (-1 / rate) - 1)
        staying = (1 + times / (beta + of.age)[:, None]) ** -s
        return np.asarray(1 - self.alive(of) * (1 - end[:, 0]) * (staying @ (_WEIGHTS / 2)))
