"""The files of sales: orders of the web shop, and the items of the two tills with who showed a card."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town import writing
from regulars.town.breakage import some
from regulars.town.buying import APP, STATUSES, STORE, Lines, Orders
from regulars.town.contacts import Contacts
from regulars.town.goods import CATEGORIES, Goods
from regulars.town.headers import SHOPIFY_ORDERS, SQUARE_ITEMS
from regulars.town.people import People

SHOPS = ("Plateau", "Vieux-Longueuil")
SHOWN = 0.55  #: of purchases by people in the till's directory, they say who they are
FAMILY_CARD = 0.05  #: of those give the card of the head of the family
COUPONS = ("", "BIENVENUE10", "AUTOMNE15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What was written of the sales."""

    rows: int
    ids: pa.Array  #: the order id of each order, as written
    refunds: pa.Table  #: order_id, person, day, paid (cents) of receipts that take goods back
    named: np.ndarray  #: records that orders name, as row numbers of the contacts
    broken: np.ndarray  #: orders of which a line cannot be read
    dirt: Counter[str]


def write_shopify_orders(
    folder: Path, orders: Orders, lines: Lines, goods: Goods, known: Contacts, rng: np.random.Generator
) -> Sold:
    """Write the web shop's orders: one row a line, the order's own cells on its first row alone."""
    web = np.flatnonzero(orders.channel != STORE)
    ids = pc.binary_join_element_wise("#", writing.text(1001 + np.arange(len(web))), "")
    number = np.full(len(orders), -1)
    number[web] = np.arange(len(web))
    rows = np.flatnonzero(number[lines.order] >= 0)
    order = number[lines.order[rows]]
    first = np.concatenate([[True], order[1:] != order[:-1]]) if len(order) else np.zeros(0, dtype=bool)
    named = _web_record(orders.person[web], known, rng)
    buyer = known.table.take(pa.array(named)).combine_chunks()
    heads = _order_cells(orders, web, lines, rows, order, buyer, rng)
    columns = {
        name: pc.if_else(pa.array(first), cells.take(pa.array(order)), "") for name, cells in heads.items()
    }
    columns |= {
        "Name": ids.take(pa.array(order)),
        "Email": buyer["email"].combine_chunks().take(pa.array(order)),
    }
    broken_dates, broken_prices = _breakage(order, rng)
    columns |= _line_cells(lines, rows, goods)
    columns["Created at"] = _spoiled(columns["Created at"], broken_dates, "2026-02-30 25:61:00 -0500")
    columns["Lineitem price"] = _spoiled(columns["Lineitem price"], broken_prices, "#REF!")
    written = writing.csv_lines(writing.in_order(SHOPIFY_ORDERS, columns, len(rows)), ",")
    writing.write_lines(folder / "shopify_orders.csv", [writing.header(SHOPIFY_ORDERS, ","), *written])
    broken = np.isin(np.arange(len(web)), order[np.concatenate([broken_dates, broken_prices])])
    dirt = Counter({"impossible dates": len(broken_dates), "impossible numbers": len(broken_prices)})
    return Sold(
        rows=len(rows),
        ids=ids,
        refunds=_receipts(ids[:0], web[:0], web[:0], web[:0]),
        named=np.unique(named),
        broken=broken,
        dirt=dirt,
    )


def _web_record(person: np.ndarray, known: Contacts, rng: np.random.Generator) -> np.ndarray:
    """Under which account each web order was made, or as a guest: a row number of the contacts."""
    account = _record_of(known, "shopify", person, rng)
    guest = _record_of(known, "guest", person, rng)
    as_guest = (guest >= 0) & ((account < 0) | (rng.random(len(person)) < 0.25))
    return np.where(as_guest, guest, account)


def _record_of(known: Contacts, kind: str, person: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The first or the last record of a kind that each person has, or -1."""
    rows = np.flatnonzero(np.array(known.table["kind"]) == kind)
    owner = np.array(known.table["person"])[rows]
    size = int(max(person.max(initial=0), owner.max(initial=0))) + 1
    first, last = np.full(size, -1), np.full(size, -1)
    last[owner] = rows
    first[owner[::-1]] = rows[::-1]
    found: np.ndarray = np.where(rng.random(len(person)) < 0.7, first[person], last[person])
    return found


def _order_cells(
    orders: Orders,
    web: np.ndarray,
    lines: Lines,
    rows: np.ndarray,
    order: np.ndarray,
    buyer: pa.Table,
    rng: np.random.Generator,
) -> dict[str, pa.Array]:
    def total(of: np.ndarray) -> np.ndarray:
        return np.bincount(order, of[rows], len(web)).astype(np.int64)

    status = orders.status[web]
    names = pa.array(["paid", "refunded", "partially_refunded", "voided"]).take(pa.array(status))
    paid, tax, shipping = total(lines.paid), total(lines.tax), orders.shipping[web]
    whole = paid + tax + shipping
    back = np.where(status == 1, whole, np.where(status == 2, whole // 2, 0))
    made = writing.with_offset(orders.day[web], orders.second[web])
    cancelled = pa.array(status == len(STATUSES) - 1)
    app = pa.array(orders.channel[web] == APP)
    phone = writing.international(buyer["phone"].combine_chunks(), buyer["nation"].combine_chunks())
    name = pc.utf8_trim_whitespace(
        pc.binary_join_element_wise(buyer["given"], buyer["family"], " ")
    ).combine_chunks()
    place = {
        "Name": name, "Address1": writing.address_lines(buyer, rng), "City": buyer["city"].combine_chunks(),
        "Zip": _apostrophe(buyer["postcode"].combine_chunks()), "Province": buyer["region"].combine_chunks(),
        "Country": buyer["country"].combine_chunks(), "Phone": _apostrophe(phone),
    }  # fmt: skip
    cells = {
        "Financial Status": names, "Paid at": made, "Created at": made, "Cancelled at": pc.if_else(cancelled, made, ""),
        "Fulfillment Status": pc.if_else(cancelled, "unfulfilled", "fulfilled"),
        "Accepts Marketing": pa.array(np.where(rng.random(len(web)) < 0.4, "yes", "no")),
        "Currency": pa.array(np.full(len(web), "CAD")),
        "Subtotal": writing.amount(paid), "Shipping": writing.amount(shipping),
        "Taxes": writing.amount(tax), "Total": writing.amount(whole), "Refunded Amount": writing.amount(back),
        "Discount Code": pa.array(COUPONS).take(pa.array(orders.coupon[web])),
        "Discount Amount": writing.amount(total(lines.discount)), "Outstanding Balance": writing.amount(0 * whole),
        "Shipping Method": pa.array(np.where(shipping > 0, "Standard", "Free")),
        "Payment Method": pa.array(np.full(len(web), "Shopify Payments")),
        "Id": _apostrophe(writing.text(5_200_000_000_000 + 4096 * np.arange(len(web)))),
        "Source": pc.if_else(app, "app", "web"), "Risk Level": pa.array(np.full(len(web), "Low")),
    }  # fmt: skip
    return cells | {
        f"{side} {part}": cell for side in ("Billing", "Shipping") for part, cell in place.items()
    }


def _line_cells(lines: Lines, rows: np.ndarray, goods: Goods) -> dict[str, pa.Array]:
    product = pa.array(lines.product[rows])
    return {
        "Lineitem quantity": writing.text(lines.quantity[rows]),
        "Lineitem name": pa.array([name.fr for name in goods.name]).take(product),
        "Lineitem price": writing.amount(lines.price[rows]),
        "Lineitem sku": pa.array(goods.sku).take(product),
        "Lineitem discount": writing.amount(lines.discount[rows]),
        "Vendor": pa.array(goods.brand).take(product),
    }


def _breakage(order: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rows with a date and with a price that is none, among orders of one line."""
    alone = np.flatnonzero(np.bincount(order, minlength=1)[order] == 1)
    dates = some(alone, rng)
    return dates, some(np.setdiff1d(alone, dates), rng)


def write_square_items(
    folder: Path,
    orders: Orders,
    lines: Lines,
    goods: Goods,
    known: Contacts,
    people: People,
    rng: np.random.Generator,
) -> Sold:
    """Write the items of the tills, with what came back as negative rows of receipts of their own."""
    shops = np.flatnonzero(orders.channel == STORE)
    number = np.full(len(orders), -1)
    number[shops] = np.arange(len(shops))
    bought = np.flatnonzero(number[lines.order] >= 0)
    back = bought[lines.returned_day[bought] >= 0]
    rows = np.concatenate([bought, back])
    is_back = np.arange(len(rows)) >= len(bought)
    order = lines.order[rows]
    day = np.where(is_back, lines.returned_day[rows], orders.day[order])
    ids, refund_ids = writing.codes(len(shops), 22, rng), writing.codes(len(back), 22, rng)
    payment = ids.take(pa.array(number[order]))
    columns = _till_cells(orders, lines, goods, rows, is_back, day, rng)
    columns |= _shown(orders, number[order], shops, known, people, rng)
    columns |= {
        "Payment ID": payment,
        "Transaction ID": pa.concat_arrays([payment[: len(bought)], refund_ids]),
    }
    bad_dates = some(np.arange(len(bought)), rng)
    bad_numbers = some(np.setdiff1d(np.arange(len(bought)), bad_dates), rng)
    columns["Date"] = _spoiled(columns["Date"], bad_dates, "2026-13-45")
    for name in ("Qty", "Gross Sales", "Net Sales"):
        columns[name] = _spoiled(columns[name], bad_numbers, "#VALUE!")
    written = writing.csv_lines(writing.in_order(SQUARE_ITEMS, columns, len(rows)), ",")
    by = np.lexsort((np.arange(len(rows)), orders.second[order], day))
    writing.write_lines(
        folder / "square_items.csv", [writing.header(SQUARE_ITEMS, ","), *(written[i] for i in by)]
    )
    broken = np.isin(np.arange(len(shops)), number[order[np.concatenate([bad_dates, bad_numbers])]])
    refunds = _receipts(
        refund_ids, orders.person[lines.order[back]], lines.returned_day[back], -lines.paid[back]
    )
    dirt = Counter({"impossible dates": len(bad_dates), "impossible numbers": len(bad_numbers)})
    dirt["equal lines of one receipt"] = int(lines.twice[bought].sum())
    return Sold(rows=len(rows), ids=ids, refunds=refunds, named=shops[:0], broken=broken, dirt=dirt)


def _till_cells(
    orders: Orders,
    lines: Lines,
    goods: Goods,
    rows: np.ndarray,
    is_back: np.ndarray,
    day: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, pa.Array]:
    order, sign = lines.order[rows], np.where(is_back, -1, 1)
    product = pa.array(lines.product[rows])
    shelves = pa.array([shelf.title.fr for shelf in CATEGORIES])
    return {
        "Date": writing.iso_days(day),
        "Time": writing.clock(orders.second[order]),
        "Time Zone": pa.array(np.full(len(rows), "Eastern Time (US & Canada)")),
        "Category": shelves.take(pa.array(goods.category[lines.product[rows]])),
        "Item": pa.array([name.fr for name in goods.name]).take(product),
        "Qty": writing.text(sign * lines.quantity[rows]),
        "Price Point Name": pa.array(np.full(len(rows), "Regular")),
        "SKU": pa.array(goods.sku).take(product),
        "Gross Sales": writing.dollars(sign * lines.price[rows] * lines.quantity[rows]),
        "Discounts": writing.dollars(-sign * lines.discount[rows]),
        "Net Sales": writing.dollars(sign * lines.paid[rows]),
        "Tax": writing.dollars(sign * lines.tax[rows]),
        "Device Name": pa.array(np.where(rng.random(len(rows)) < 0.5, "Caisse 1", "Caisse 2")),
        "Event Type": pa.array(np.where(is_back, "Refund", "Payment")),
        "Location": pa.array(SHOPS).take(pa.array(orders.store[order])),
    }


def _shown(
    orders: Orders,
    order: np.ndarray,
    shops: np.ndarray,
    known: Contacts,
    people: People,
    rng: np.random.Generator,
) -> dict[str, pa.Array]:
    """Who said who they are at the till: directory id, name as the clerk typed it, and card."""
    person = orders.person[shops]
    heads = np.flatnonzero(people.place == 0)[people.household[person]]
    person = np.where(rng.random(len(person)) < FAMILY_CARD, heads, person)
    record = np.where(rng.random(len(person)) < SHOWN, _record_of(known, "square", person, rng), -1)
    client = np.where(rng.random(len(person)) < 0.6, _record_of(known, "crm", person, rng), -1)
    client = np.where(record >= 0, client, -1)
    name = pc.utf8_trim_whitespace(
        pc.binary_join_element_wise(known.table["given"], known.table["family"], " ")
    )
    by_order = {
        "Customer ID": _cells(known.table["key"], record),
        "Customer Name": _cells(name, record),
        "Customer Reference ID": _cells(known.table["card"], client),
    }
    return {header: cells.take(pa.array(order)) for header, cells in by_order.items()}


def _cells(column: pa.ChunkedArray, rows: np.ndarray) -> pa.Array:
    """Cells by row number; nothing for -1."""
    found = column.combine_chunks().take(pa.array(np.maximum(rows, 0)))
    return pc.if_else(pa.array(rows < 0), "", found)


def _spoiled(column: pa.Array, rows: np.ndarray, with_what: str) -> pa.Array:
    mask = np.zeros(len(column), dtype=bool)
    mask[rows] = True
    return pc.if_else(pa.array(mask), with_what, column)


def _apostrophe(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), "", pc.binary_join_element_wise("'", values, ""))


def _receipts(ids: pa.Array, person: np.ndarray, day: np.ndarray, paid: np.ndarray) -> pa.Table:
    return pa.table({"order_id": ids, "person": person, "day": day, "paid": paid})
