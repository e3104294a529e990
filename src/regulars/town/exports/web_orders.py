"""The web shop's orders: one row a line, the order's own cells on its first row alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.buying import APP, STATUSES, STORE
from regulars.town.exports import writing
from regulars.town.exports.breakage import some, spoiled
from regulars.town.exports.buyers import billed_names
from regulars.town.exports.contacts import Contacts
from regulars.town.exports.files import Files
from regulars.town.exports.headers import SHOPIFY_ORDERS
from regulars.town.exports.sold import Sold, receipts, record_of
from regulars.town.life import Life
from regulars.town.registry import Registry

AS_GUEST = 0.25  #: of orders of people who have both an account and bought as a guest
COUPONS = ("", "BIENVENUE10", "AUTOMNE15")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Web:
    """The web's part of the sales."""

    orders: np.ndarray  # row numbers of its orders
    first: int  # running number of the first of them
    rows: np.ndarray  # row numbers of its lines
    order: np.ndarray  # of each line, the number of its order within `orders`
    buyer: pa.Table  # of each order, the record it stands under

    def total(self, of: np.ndarray) -> np.ndarray:
        """A sum of lines by order."""
        return np.bincount(self.order, of[self.rows], len(self.orders)).astype(np.int64)

    def of_buyer(self, column: str) -> pa.Array:
        """A cell of each order's buyer."""
        return self.buyer[column].combine_chunks()


def write_web_orders(
    files: Files, life: Life, known: Contacts, rng: np.random.Generator, registry: Registry
) -> Sold:
    """Add the orders of web and app; some rows have a date or a price that is none."""
    here = np.flatnonzero(life.orders.channel != STORE)
    number = np.full(len(life.orders), -1)
    number[here] = np.arange(len(here))
    rows = np.flatnonzero(number[life.lines.order] >= 0)
    named = _records(life.orders.person[here], known, rng)
    web = _Web(
        orders=here,
        first=registry.numbers("web orders", len(here)),
        rows=rows,
        order=number[life.lines.order[rows]],
        buyer=known.table.take(pa.array(named)),
    )
    ids = pc.binary_join_element_wise("#", writing.text(1001 + web.first + np.arange(len(here))), "")
    columns = _columns(life, web, ids, rng)
    dates, prices = _breakage(web.order, rng)
    columns["Created at"] = spoiled(columns["Created at"], dates, "2026-02-30 25:61:00 -0500")
    columns["Lineitem price"] = spoiled(columns["Lineitem price"], prices, "#REF!")
    writing.write_csv(files, "shopify_orders.csv", SHOPIFY_ORDERS, columns)
    return Sold(
        ids=ids,
        refunds=receipts(ids[:0], here[:0], here[:0], here[:0]),
        named=np.unique(named),
        broken=np.isin(np.arange(len(here)), web.order[np.concatenate([dates, prices])]),
        dirt=Counter({"impossible dates": len(dates), "impossible numbers": len(prices)}),
    )


def _records(person: np.ndarray, known: Contacts, rng: np.random.Generator) -> np.ndarray:
    """Under which account each order was made, or as which guest."""
    account = record_of(known, "shopify", person, rng)
    guest = record_of(known, "guest", person, rng)
    as_guest = (guest >= 0) & ((account < 0) | (rng.random(len(person)) < AS_GUEST))
    return np.where(as_guest, guest, account)


def _columns(life: Life, web: _Web, ids: pa.Array, rng: np.random.Generator) -> dict[str, pa.Array]:
    order = pa.array(web.order)
    first = pa.array(np.diff(web.order, prepend=-1) > 0)
    heads = _bill(life, web) | _state(life, web, rng) | _places(web, rng)
    columns = {name: pc.if_else(first, cells.take(order), "") for name, cells in heads.items()}
    columns |= {"Name": ids.take(order), "Email": web.of_buyer("email").take(order)}
    return columns | _line_cells(life, web)


def _bill(life: Life, web: _Web) -> dict[str, pa.Array]:
    paid, tax, shipping = (
        web.total(life.lines.paid),
        web.total(life.lines.tax),
        life.orders.shipping[web.orders],
    )
    whole, status = paid + tax + shipping, life.orders.status[web.orders]
    back = np.where(status == 1, whole, np.where(status == 2, whole // 2, 0))
    return {
        "Currency": writing.same("CAD", len(whole)),
        "Subtotal": writing.amount(paid),
        "Shipping": writing.amount(shipping),
        "Taxes": writing.amount(tax),
        "Total": writing.amount(whole),
        "Refunded Amount": writing.amount(back),
        "Outstanding Balance": writing.amount(0 * whole),
        "Discount Code": pa.array(COUPONS).take(pa.array(life.orders.coupon[web.orders])),
        "Discount Amount": writing.amount(web.total(life.lines.discount)),
        "Shipping Method": pa.array(np.where(shipping > 0, "Standard", "Free")),
        "Payment Method": writing.same("Shopify Payments", len(whole)),
    }


def _state(life: Life, web: _Web, rng: np.random.Generator) -> dict[str, pa.Array]:
    status, count = life.orders.status[web.orders], len(web.orders)
    made = writing.with_offset(life.orders.day[web.orders], life.orders.second[web.orders])
    cancelled = pa.array(status == len(STATUSES) - 1)
    return {
        "Financial Status": pa.array([word for word, _ in STATUSES]).take(pa.array(status)),
        "Fulfillment Status": pc.if_else(cancelled, "unfulfilled", "fulfilled"),
        "Paid at": made,
        "Created at": made,
        "Cancelled at": pc.if_else(cancelled, made, ""),
        "Accepts Marketing": pa.array(np.where(rng.random(count) < 0.4, "yes", "no")),
        "Id": writing.apostrophe(writing.text(5_200_000_000_000 + 4096 * (web.first + np.arange(count)))),
        "Source": pa.array(np.where(life.orders.channel[web.orders] == APP, "app", "web")),
        "Risk Level": writing.same("Low", count),
    }


def _places(web: _Web, rng: np.random.Generator) -> dict[str, pa.Array]:
    cells = {
        "Name": billed_names(web.buyer).combine_chunks(),
        "Address1": writing.address_lines(web.buyer, rng),
        "City": web.of_buyer("city"),
        "Zip": writing.apostrophe(web.of_buyer("postcode")),
        "Province": web.of_buyer("region"),
        "Country": web.of_buyer("country"),
        "Phone": writing.apostrophe(writing.international(web.of_buyer("phone"), web.of_buyer("nation"))),
    }
    return {f"{side} {part}": cell for side in ("Billing", "Shipping") for part, cell in cells.items()}


def _line_cells(life: Life, web: _Web) -> dict[str, pa.Array]:
    product = pa.array(life.lines.product[web.rows])
    return {
        "Lineitem quantity": writing.text(life.lines.quantity[web.rows]),
        "Lineitem name": pa.array([name.fr for name in life.goods.name]).take(product),
        "Lineitem price": writing.amount(life.lines.price[web.rows]),
        "Lineitem sku": pa.array(life.goods.sku).take(product),
        "Lineitem discount": writing.amount(life.lines.discount[web.rows]),
        "Vendor": pa.array(life.goods.brand).take(product),
    }


def _breakage(order: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rows with a date and with a price that is none, among orders of one line."""
    alone = np.flatnonzero(np.bincount(order, minlength=1)[order] == 1)
    dates = some(alone, rng)
    return dates, some(np.setdiff1d(alone, dates), rng)
