"""Gamma-Gamma: what a customer spends at a purchase varies about their own mean, and means vary over customers.

Fader & Hardie (2013), "The Gamma-Gamma model of monetary value"; z, the mean spend at repeat purchases, is in units
of the currency and above nothing: customers without such are not in the fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from regulars.predict.timing.btyd.fitting import Fit, fit
from regulars.predict.timing.btyd.histories import Floats, Ints


def fitted(purchases: Floats, mean_spend: Floats) -> Fit:
    """The likeliest parameters, from how often customers came back and what they spent on average.

    With q <= 1 the mean spend of the shop would be infinite: that is a corner.
    """
    times, where = np.unique(purchases, return_inverse=True)
    seen = _Seen(times, where, purchases, mean_spend)
    middle = float(np.median(mean_spend))
    start = {"p": 2.0, "q": 3.0, "v": middle}
    return fit(seen.log_likelihood, start, customers=len(purchases), floors={"q": 1.0})


@dataclass(frozen=True, slots=True)
class _Seen:
    times: Floats  #: the different numbers of purchases
    where: Ints  #: which of them each customer has
    purchases: Floats
    mean_spend: Floats

    def log_likelihood(self, parameters: Floats) -> tuple[float, Floats]:
        """The log-likelihood, and how it changes with p, q, v."""
        p, q, v = parameters
        x, z = self.purchases, self.mean_spend
        whole = np.log(x * z + v)
        each = (
            (gammaln(p * self.times + q) - gammaln(p * self.times))[self.where] - gammaln(q) + q * np.log(v)
            + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * whole
        )  # fmt: skip
        both = digamma(p * self.times + q)
        slopes = (
            x * ((both - digamma(p * self.times))[self.where] + np.log(x * z) - whole),
            both[self.where] - digamma(q) + np.log(v) - whole,
            q / v - (p * x + q) / (x * z + v),
        )
        return float(each.sum()), np.array([slope.sum() for slope in slopes])


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """What is to be expected of customers, given the parameters."""

    parameters: Floats

    def expected(self, purchases: Floats, mean_spend: Floats) -> Floats:
        """The mean spend of each customer: their own, drawn towards the shop's the more, the fewer their purchases."""
        p, q, v = self.parameters
        return np.asarray(p * (v + purchases * mean_spend) / (p * purchases + q - 1))
