"""The items of the two tills: most without a customer, some with who said who they are, returns as negative rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.buying import STORE
from regulars.town.exports import writing
from regulars.town.exports.breakage import some, spoiled
from regulars.town.exports.contacts import Contacts
from regulars.town.exports.files import Files
from regulars.town.exports.headers import SQUARE_ITEMS
from regulars.town.exports.sold import Sold, receipts, record_of
from regulars.town.goods import CATEGORIES
from regulars.town.life import Life

SHOPS = ("Plateau", "Vieux-Longueuil")
SHOWN = 0.55  #: of purchases by people in the till's directory, they say who they are
CARD_READ = 0.6  #: of those who have a card, it is read too
FAMILY_CARD = 0.05  #: of those give the name of the head of the family


@dataclass(frozen=True, slots=True, kw_only=True)
class _Till:
    """The tills' part of the sales: what was bought, and behind it what came back."""

    orders: np.ndarray  # row numbers of its orders
    number: np.ndarray  # of each order of the town, its number within `orders`, or -1
    rows: np.ndarray  # row numbers of the lines
    is_back: np.ndarray
    day: np.ndarray  # of each row


def write_till_items(files: Files, life: Life, known: Contacts, rng: np.random.Generator) -> Sold:
    """Add the items of the tills by time; a return is a receipt of its own that names the payment it undoes."""
    till = _till(life)
    order = life.lines.order[till.rows]
    back = till.rows[till.is_back]
    ids, back_ids = writing.codes(len(till.orders), 22, rng), writing.codes(len(back), 22, rng)
    payment = ids.take(pa.array(till.number[order]))
    columns = _cells(life, till, rng) | _shown(life, till, known, rng)
    columns["Payment ID"] = payment
    columns["Transaction ID"] = pa.concat_arrays([payment[: len(payment) - len(back)], back_ids])
    dates, numbers = _breakage(columns, len(payment) - len(back), rng)
    by_time = np.lexsort((np.arange(len(order)), life.orders.second[order], till.day))
    writing.write_csv(files, "square_items.csv", SQUARE_ITEMS, columns, by=by_time)
    dirt = Counter({"impossible dates": len(dates), "impossible numbers": len(numbers)})
    dirt["equal lines of one receipt"] = int(life.lines.twice[till.rows[~till.is_back]].sum())
    return Sold(
        ids=ids,
        refunds=receipts(
            back_ids, life.orders.person[order[till.is_back]], till.day[till.is_back], -life.lines.paid[back]
        ),
        named=till.orders[:0],
        broken=np.isin(np.arange(len(till.orders)), till.number[order[np.concatenate([dates, numbers])]]),
        dirt=dirt,
    )


def _till(life: Life) -> _Till:
    orders = np.flatnonzero(life.orders.channel == STORE)
    number = np.full(len(life.orders), -1)
    number[orders] = np.arange(len(orders))
    bought = np.flatnonzero(number[life.lines.order] >= 0)
    back = bought[life.lines.returned_day[bought] >= 0]
    rows = np.concatenate([bought, back])
    is_back = np.arange(len(rows)) >= len(bought)
    day = np.where(is_back, life.lines.returned_day[rows], life.orders.day[life.lines.order[rows]])
    return _Till(orders=orders, number=number, rows=rows, is_back=is_back, day=day)


def _cells(life: Life, till: _Till, rng: np.random.Generator) -> dict[str, pa.Array]:
    lines, rows, count = life.lines, till.rows, len(till.rows)
    order, sign = lines.order[rows], np.where(till.is_back, -1, 1)
    product = pa.array(lines.product[rows])
    shelves = pa.array([shelf.title.fr for shelf in CATEGORIES])
    return {
        "Date": writing.iso_days(till.day),
        "Time": writing.clock(life.orders.second[order]),
        "Time Zone": writing.same("Eastern Time (US & Canada)", count),
        "Category": shelves.take(pa.array(life.goods.category[lines.product[rows]])),
        "Item": pa.array([name.fr for name in life.goods.name]).take(product),
        "Qty": writing.text(sign * lines.quantity[rows]),
        "Price Point Name": writing.same("Regular", count),
        "SKU": pa.array(life.goods.sku).take(product),
        "Gross Sales": writing.dollars(sign * lines.price[rows] * lines.quantity[rows]),
        "Discounts": writing.dollars(-sign * lines.discount[rows]),
        "Net Sales": writing.dollars(sign * lines.paid[rows]),
        "Tax": writing.dollars(sign * lines.tax[rows]),
        "Device Name": pa.array(np.where(rng.random(count) < 0.5, "Caisse 1", "Caisse 2")),
        "Event Type": pa.array(np.where(till.is_back, "Refund", "Payment")),
        "Location": pa.array(SHOPS).take(pa.array(life.orders.store[order])),
    }


def _shown(life: Life, till: _Till, known: Contacts, rng: np.random.Generator) -> dict[str, pa.Array]:
    """Who said who they are: directory id, name as the clerk typed it, and card."""
    person = life.orders.person[till.orders]
    heads = np.flatnonzero(life.people.place == 0)[life.people.household[person]]
    person = np.where(rng.random(len(person)) < FAMILY_CARD, heads, person)
    record = np.where(rng.random(len(person)) < SHOWN, record_of(known, "square", person, rng), -1)
    read = (record >= 0) & (rng.random(len(person)) < CARD_READ)
    client = np.where(read, record_of(known, "crm", person, rng), -1)
    name = pc.binary_join_element_wise(known.table["given"], known.table["family"], " ")
    by_order = {
        "Customer ID": _of(known.table["key"], record),
        "Customer Name": _of(pc.utf8_trim_whitespace(name), record),
        "Customer Reference ID": _of(known.table["card"], client),
    }
    rows = pa.array(till.number[life.lines.order[till.rows]])
    return {column: cells.take(rows) for column, cells in by_order.items()}


def _breakage(
    columns: dict[str, pa.Array], bought: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Spoil the dates of some rows and the numbers of others, among the first `bought`."""
    dates = some(np.arange(bought), rng)
    numbers = some(np.setdiff1d(np.arange(bought), dates), rng)
    columns["Date"] = spoiled(columns["Date"], dates, "2026-13-45")
    for name in ("Qty", "Gross Sales", "Net Sales"):
        columns[name] = spoiled(columns[name], numbers, "#VALUE!")
    return dates, numbers


def _of(column: pa.ChunkedArray, rows: np.ndarray) -> pa.Array:
    """Cells by row number; nothing for -1."""
    found = column.combine_chunks().take(pa.array(np.maximum(rows, 0)))
    return pc.if_else(pa.array(rows < 0), "", found)
