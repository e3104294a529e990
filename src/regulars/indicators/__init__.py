"""Facts become numbers per person. One family, one file; add an indicator by copying one."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.indicators.families import (
    advocacy,
    affinity,
    basket,
    cycle,
    discounts,
    engagement,
    frequency,
    habits,
    journey,
    ranks,
    reach,
    returns,
    spend,
)
from regulars.indicators.indicator import Indicator

__all__ = ["FAMILIES", "INDICATORS", "Indicator"]

#: The families, in the order pages show them.
FAMILIES: Mapping[str, tuple[Indicator, ...]] = {
    "frequency": frequency.FAMILY,
    "spend": spend.FAMILY,
    "discounts": discounts.FAMILY,
    "basket": basket.FAMILY,
    "affinity": affinity.FAMILY,
    "habits": habits.FAMILY,
    "cycle": cycle.FAMILY,
    "ranks": ranks.FAMILY,
    "returns": returns.FAMILY,
    "engagement": engagement.FAMILY,
    "reach": reach.FAMILY,
    "journey": journey.FAMILY,
    "advocacy": advocacy.FAMILY,
}
INDICATORS: Mapping[str, Indicator] = {one.name: one for family in FAMILIES.values() for one in family}
