"""Data from outside: on what terms a source of it was had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.words import Text

#: How data from outside came to the shop.
ORIGINS: Mapping[str, Text] = {
    "bought": Text(en="bought", fr="achetées"),
    "asked": Text(en="asked of customers", fr="demandées aux clients"),
    "public": Text(en="public", fr="publiques"),
    "partner": Text(en="of a partner", fr="d’un partenaire"),
}
#: Those of data that nobody gave to this shop: whoever it names is no customer for it.
OTHERS_DATA = ("bought", "public", "partner")
#: The kinds of files that hold it.
OUTSIDE_KINDS = ("areas", "traits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a source of data from outside says of itself; None: nobody said."""

    origin: str | None = None  #: a name of `ORIGINS`
    price: int | None = None  #: what it cost in all, in minor units of the shop's currency
    licence: str | None = None
    licence_until: int | None = None  #: day number: the last day on which it may be used
    of_day: int | None = None  #: day number that it is of

    def ended(self, day: int) -> bool:
        """Whether it may no longer be used on a day."""
        return self.licence_until is not None and self.licence_until < day
