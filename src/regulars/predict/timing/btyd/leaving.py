"""Customers who may leave after a purchase: what BG/NBD and MBG/NBD have in common.

While a customer is one, they buy at random at their own rate, gamma(r, alpha) over customers; after a purchase they
leave for good with their own chance, beta(a, b) over customers. In the modified model they may also leave right after
the first one. Fader, Hardie & Lee (2005), Marketing Science 24(2); Batislam, Denizel & Filiztekin (2007), IJRM 24(3).
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln, hyp2f1

from regulars.predict.timing.btyd.fitting import Fit, Likelihood, fit
from regulars.predict.timing.btyd.histories import Floats, Histories, some

_NOTHING = 1e-300
#: Where a horizon is looked at, and with what weight: Gauss-Legendre on 0..1.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


def fitted(of: Histories, *, leaves_at_once: bool) -> Fit:
    """The likeliest r, alpha, a, b."""

    def likelihood(among: Histories) -> Likelihood:
        """What parameters say of some histories, as a function of them."""
        return lambda p: log_likelihood(among, p, leaves_at_once=leaves_at_once)

    few = some(of)
    return fit(
        likelihood(of),
        start(of),
        customers=of.customers,
        sample=None if few is None else (likelihood(few), few.customers),
    )


def start(of: Histories) -> dict[str, float]:
    """Where the search for the parameters begins."""
    return {"r": 1.0, "alpha": max(float(of.count @ of.age) / of.customers / 2, 0.1), "a": 1.0, "b": 1.0}


def log_likelihood(of: Histories, parameters: Floats, *, leaves_at_once: bool) -> tuple[float, Floats]:
    """The log-likelihood, and how it changes with r, alpha, a, b."""
    r, alpha, a, b = parameters
    repeats = of.repeats.astype(np.int64)
    times = np.arange(
        repeats.max(initial=0) + 1.0
    )  # what depends on repeats alone is computed once for each number
    chances = times + (1.0 if leaves_at_once else 0.0)  # to leave, all declined while they are a customer
    before = np.maximum(b + chances - 1, _NOTHING)
    to_leave = np.where(chances > 0, np.log(a / before), -np.inf)
    bought = gammaln(r + times) - gammaln(r) + r * np.log(alpha)
    declined = gammaln(a + b) + gammaln(b + chances) - gammaln(b) - gammaln(a + b + chances)
    rate = r + of.repeats
    log_age, log_last = np.log(alpha + of.age), np.log(alpha + of.last)
    stayed, left = -rate * log_age, to_leave[repeats] - rate * log_last
    either = np.logaddexp(stayed, left)
    gone = of.count * np.exp(left - either)
    here = of.count - gone
    customers, lost = (np.bincount(repeats, weights=one, minlength=len(times)) for one in (of.count, gone))
    total = (bought + declined) @ customers + of.count @ either
    slopes = (
        (digamma(r + times) - digamma(r) + np.log(alpha)) @ customers - here @ log_age - gone @ log_last,
        r / alpha * customers.sum() - here @ (rate / (alpha + of.age)) - gone @ (rate / (alpha + of.last)),
        (digamma(a + b) - digamma(a + b + chances)) @ customers + lost.sum() / a,
        (digamma(a + b) + digamma(b + chances) - digamma(b) - digamma(a + b + chances)) @ customers
        - np.where(chances > 0, 1 / before, 0.0) @ lost,
    )  # fmt: skip
    return float(total), np.array(slopes)


def alive(of: Histories, parameters: Floats, *, leaves_at_once: bool) -> Floats:
    """The chance, 0..1, that a customer has not left for good. In BG/NBD it is 1 of all who bought once."""
    r, alpha, a, b = parameters
    chances = of.repeats + (1.0 if leaves_at_once else 0.0)
    before = np.maximum(b + chances - 1, _NOTHING)
    odds = np.log(a / before) + (r + of.repeats) * np.log((alpha + of.age) / (alpha + of.last))
    return np.where(chances > 0, np.exp(-np.logaddexp(0.0, odds)), 1.0)


def expected(of: Histories, parameters: Floats, weeks: float, *, leaves_at_once: bool) -> Floats:
    """Days with an order to be expected of each customer in the weeks to come.

    The closed form of the paper divides by a - 1; its integral does not, and is the same number.
    """
    r, alpha, a, b = parameters
    rate, since = r + of.repeats, alpha + of.age
    declined = b + of.repeats + (1.0 if leaves_at_once else 0.0)
    total = np.zeros(len(rate))
    stretch = np.log1p(
        weeks / since
    )  # over the logarithm of time, for what is expected thins out as a power of it
    for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
        longer = np.exp(stretch * node)
        # the mean over p ~ beta(a, declined) of (1 + p s / since)^-(rate + 1), turned by Pfaff so that nothing
        # overflows; where scipy gives up, it is nothing
        share = hyp2f1(a + declined - rate - 1, a, a + declined, 1 - 1 / longer)
        total += weight * stretch * rate * longer ** (1 - a) * np.nan_to_num(share)
    return np.asarray(alive(of, parameters, leaves_at_once=leaves_at_once) * total)


def none(of: Histories, parameters: Floats, weeks: float, *, leaves_at_once: bool) -> Floats:
    """The chance of no purchase in the weeks to come, 0..1: one who is a customer leaves only after a purchase."""
    r, alpha, _a, _b = parameters
    quiet = (1 + weeks / (alpha + of.age)) ** -(r + of.repeats)
    return np.asarray(1 - alive(of, parameters, leaves_at_once=leaves_at_once) * (1 - quiet))
