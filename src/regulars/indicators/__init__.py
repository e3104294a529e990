"""Facts become numbers per person. One family, one file; add an indicator by copying one."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.indicators.families import (
    advocacy,
    basket,
    cycle,
    engagement,
    frequency,
    habits,
    journey,
    ranks,
    returns,
    spend,
)
from regulars.indicators.indicator import Indicator

__all__ = ["FAMILIES", "INDICATORS", "Indicator"]

#: The families, in the order pages show them.
FAMILIES: Mapping[str, tuple[Indicator, ...]] = {
    "frequency": frequency.FAMILY,
    "spend": spend.FAMILY,
    "basket": basket.FAMILY,
    "habits": habits.FAMILY,
    "cycle": cycle.FAMILY,
    "ranks": ranks.FAMILY,
    "returns": returns.FAMILY,
    "engagement": engagement.FAMILY,
    "journey": journey.FAMILY,
    "advocacy": advocacy.FAMILY,
}
INDICATORS: Mapping[str, Indicator] = {one.name: one for family in FAMILIES.values() for one in family}
