"""All that is foretold on an evening, made of what was known on it and nothing else: today, or an earlier one to be
marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.predict.timing.btyd import gamma_gamma
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.btyd.histories import Floats
from regulars.predict.timing.churn import Churn, learnt
from regulars.predict.timing.orders import Buyers, OrderDays, known
from regulars.predict.timing.outlook import Outlook, fits, likeliest, outlook
from regulars.predict.timing.value import mean_spend, repeat_spend

#: Without so many, nothing is foretold.
NEEDED_BUYERS = 200
NEEDED_BACK = 50
NEEDED_DAYS = 60
CHURN_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is foretold of the buyers of an evening."""

    buyers: Buyers
    fits: Mapping[str, Fit]  #: of every model of coming back
    outlook: Outlook  #: by the likeliest of them
    spend_fit: Fit | None  #: None with too few who paid something again
    spenders: int  #: customers it was fitted on
    a_time: Floats  #: minor units to be expected at an order of each
    churn: Churn | None  #: of the next 90 days


def enough(buyers: Buyers, days: OrderDays) -> bool:
    """Whether so much is known that something can be foretold."""
    back = int((buyers.repeats > 0).sum())
    return (
        len(buyers.person) >= NEEDED_BUYERS
        and back >= NEEDED_BACK
        and buyers.as_of - days.first >= NEEDED_DAYS
    )


def sight(days: OrderDays, as_of: int, unit: float) -> Sight | None:
    """What is foretold on an evening; None when too little was known. `unit` minor units are one of the currency."""
    buyers = known(days, as_of)
    if not enough(buyers, days):
        return None
    found = fits(buyers)
    best = likeliest(found)
    ahead = outlook(best, found[best], days, as_of)
    times, means = repeat_spend(buyers, unit)
    spend_fit = gamma_gamma.fitted(times, means) if len(times) >= NEEDED_BACK else None
    return Sight(
        buyers=buyers,
        fits=found,
        outlook=ahead,
        spend_fit=spend_fit,
        spenders=len(times),
        a_time=mean_spend(buyers, spend_fit, unit),
        churn=learnt(days, as_of, ahead, CHURN_DAYS),
    )
