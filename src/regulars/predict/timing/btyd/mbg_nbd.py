"""MBG/NBD: as BG/NBD, but customers may leave after the first purchase too.

Batislam, Denizel & Filiztekin (2007), "Empirical validation and comparison of models for customer base analysis",
IJRM 24(3); formulas as in Hoppe & Wagner (2007), "Customer base analysis: the case for a central variant of the
Betageometric/NBD model".
"""

from __future__ import annotations

from dataclasses import dataclass

from regulars.predict.timing.btyd import leaving
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.btyd.histories import Floats, Histories


def fitted(of: Histories) -> Fit:
    """The likeliest r, alpha, a, b."""
    return leaving.fitted(of, leaves_at_once=True)


@dataclass(frozen=True, slots=True)
class MBGNBD:
    """What is to be expected of customers, given the parameters."""

    parameters: Floats

    def alive(self, of: Histories) -> Floats:
        """The chance, 0..1, that a customer has not left for good."""
        return leaving.alive(of, self.parameters, leaves_at_once=True)

    def expected(self, of: Histories, weeks: float) -> Floats:
        """Days with an order to be expected of each customer in the weeks to come."""
        return leaving.expected(of, self.parameters, weeks, leaves_at_once=True)

    def none(self, of: Histories, weeks: float) -> Floats:
        """The chance of no purchase in the weeks to come, 0..1."""
        return leaving.none(of, self.parameters, weeks, leaves_at_once=True)
