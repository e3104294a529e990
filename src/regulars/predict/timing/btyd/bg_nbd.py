"""BG/NBD: customers buy at random at their own rate, and may leave after each repeat purchase.

Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24(2). Who bought once has had
no chance to leave, so `alive` is 1 of them by construction: never use 1 - alive as the chance to lose somebody.
"""

from __future__ import annotations

from dataclasses import dataclass

from regulars.predict.timing.btyd import leaving
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.btyd.histories import Floats, Histories


def fitted(of: Histories) -> Fit:
    """The likeliest r, alpha, a, b."""
    return leaving.fitted(of, leaves_at_once=False)


@dataclass(frozen=True, slots=True)
class BGNBD:
    """What is to be expected of customers, given the parameters."""

    parameters: Floats

    def alive(self, of: Histories) -> Floats:
        """The chance, 0..1, that a customer has not left for good."""
        return leaving.alive(of, self.parameters, leaves_at_once=False)

    def expected(self, of: Histories, weeks: float) -> Floats:
        """Days with an order to be expected of each customer in the weeks to come."""
        return leaving.expected(of, self.parameters, weeks, leaves_at_once=False)

    def none(self, of: Histories, weeks: float) -> Floats:
        """The chance of no purchase in the weeks to come, 0..1."""
        return leaving.none(of, self.parameters, weeks, leaves_at_once=False)
