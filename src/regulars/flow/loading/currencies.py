"""Orders of a load in another currency than the shop's, without a rate: their money is in no sum, which is said."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from regulars.flow import Ground
from regulars.flow.rates import rates
from regulars.words import _, plural


@dataclass(slots=True)
class OtherCurrencies:
    """The orders in other currencies that one import stored."""

    own: str  #: the shop's currency
    _met: list[pa.Table] = field(default_factory=list)  #: currency, order_no, day
    _own_too: bool = False  #: orders in the shop's currency were stored as well

    def meet(self, lines: pa.Table) -> None:
        """Note some lines that were stored."""
        foreign = lines.filter(pc.not_equal(lines.column("currency"), self.own))
        self._own_too = self._own_too or foreign.num_rows < lines.num_rows
        if foreign.num_rows:
            orders = foreign.select(["currency", "order_no", "day"])
            self._met.append(orders.group_by(["currency", "order_no"]).aggregate([("day", "min")]))

    def remarks(self, ground: Ground, connection: Connection) -> list[str]:
        """A sentence for each currency of orders that are older than its first rate, or that has no rate at all."""
        if not self._met:
            return []
        met, since = pa.concat_tables(self._met), _first_days(ground, connection)
        currencies = sorted(met.column("currency").unique().to_pylist())
        alone = len(currencies) == 1 and not self._own_too
        said = []
        for currency in currencies:
            orders = met.filter(pc.equal(met.column("currency"), currency))
            if currency in since:
                orders = orders.filter(pc.less(orders.column("day_min"), since[currency]))
            if orders.num_rows:
                said.append(
                    self._sentence(
                        currency, pc.count_distinct(orders.column("order_no")).as_py(), alone=alone
                    )
                )
        return said

    def _sentence(self, currency: str, orders: int, *, alone: bool) -> str:
        uncounted = plural(
            "{count} order is in {currency}: the order counts, its money does not, for the shop counts {own}",
            "{count} orders are in {currency}: the orders count, their money does not, for the shop counts {own}",
            orders, currency=currency, own=self.own,
        )  # fmt: skip
        if alone:
            return _(
                "{uncounted}; if the shop's own currency is {currency}, write currency = \"{currency}\" under [shop] in"
                " its settings.toml, else load a file of rates (currency, day, rate)",
                uncounted=uncounted, currency=currency,
            )  # fmt: skip
        return _(
            "{uncounted}; load a file of rates (currency, day, rate) that begins before them",
            uncounted=uncounted,
        )


def _first_days(ground: Ground, connection: Connection) -> dict[str, int]:
    """The first day on which each currency has a rate; it has one ever after."""
    known = rates(ground, connection).group_by("currency").aggregate([("since_day", "min")])
    return dict(
        zip(known.column("currency").to_pylist(), known.column("since_day_min").to_pylist(), strict=True)
    )
