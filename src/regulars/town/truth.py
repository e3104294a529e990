"""The truth, set aside as Parquet: what graders read and the code under test never sees.

The tables grow quarter by quarter; people, households and chains are numbered through the whole town.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.town.buying import AHEAD, STORE, Visits
from regulars.town.census import Census
from regulars.town.exports.browsing import Trail
from regulars.town.exports.buyers import buyer_keys
from regulars.town.exports.contacts import Contacts
from regulars.town.exports.sold import Sold
from regulars.town.goods import CATEGORIES
from regulars.town.knowable import chains
from regulars.town.life import Life
from regulars.town.people import People
from regulars.town.places import Homes
from regulars.town.registry import Registry

_WORDED = ("category", "category_next", "tongue", "french", "birth", "household", "referred_by")


class Aside:
    """The files of the truth in one folder: people, records, orders and effects."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; a file comes with its first rows."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    @property
    def paths(self) -> dict[str, Path]:
        """By the name of the table."""
        return {name: self._path(name) for name in self._writers}

    def add(self, name: str, table: pa.Table) -> None:
        """Write the rows of a quarter behind those of the earlier ones."""
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(self._path(name), table.schema, compression="zstd")
        self._writers[name].write_table(table)

    def close(self) -> None:
        """End the files; before, nobody can read them."""
        for writer in self._writers.values():
            writer.close()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"


def of_people(life: Life) -> pa.Table:
    """One row a person: who they are, what makes them tick, and what they will do in the next 90 days."""
    people, seen, last_day = life.people, life.visits, life.last_day
    plain = {
        field.name: pa.array(value)
        for field in fields(People)
        if field.name not in _WORDED and not isinstance(value := getattr(people, field.name), Homes)
    }
    shelves = pa.array([shelf.title.en for shelf in CATEGORIES])
    ahead = seen.day - last_day
    columns = {
        "person": pa.array(life.first_person + np.arange(len(people))),
        "household": pa.array(life.first_household + people.household),
        **plain,
        "referred_by": pa.array(np.where(people.referred_by < 0, -1, life.first_person + people.referred_by)),
        "birth_date": pa.array(people.birth),
        "language": pa.array(np.where(people.french, "fr", "en")),
        "category": shelves.take(pa.array(people.category)),
        "category_next": shelves.take(pa.array(people.category_next)),
        **{name: getattr(people.home, name) for name in Homes.__dataclass_fields__ if name != "area_code"},
        "left_day": pa.array(seen.left_day),
        "next_order_day": pa.array(_next(seen, len(people), last_day)),
    }
    for days in (30, AHEAD):
        within = seen.person[(ahead > 0) & (ahead <= days)]
        columns[f"orders_next_{days}d"] = pa.array(np.bincount(within, minlength=len(people)))
    return pa.table(columns)


def of_records(
    known: Contacts, life: Life, web_orders: Sold, trail: Trail, names: Census, registry: Registry
) -> pa.Table:
    """Whose each record is: source, source_key, person, chain; a key of two people is its owner's.

    Records of one chain are one person to anybody who has all the files; see `knowable`.
    """
    people = life.people
    buyers = known.table.take(pa.array(web_orders.named))
    filed = known.table.filter(pc.not_equal(known.table["kind"], "guest"))
    web, table = _owner_first(buyers, people), _owner_first(filed, people)
    parts = [
        _named(table["source"], table["key"], table["person"]),
        _named(web["source"], buyer_keys(web), web["person"]),
        _named(
            "app", pc.binary_join_element_wise("user:", trail.users["user_id"], ""), trail.users["person"]
        ),
        _named("app", _by_email(trail.readers["email"]), trail.readers["person"]),
    ]
    found = pa.concat_tables(parts)
    name = pc.binary_join_element_wise(found["source"], found["source_key"], "\x1f").combine_chunks()
    first = np.unique(name.dictionary_encode().indices.to_numpy(), return_index=True)[1]
    found = found.take(pa.array(np.sort(first))).combine_chunks()
    written = pa.concat_tables([filed, buyers.filter(pc.equal(buyers["kind"], "guest"))])
    chain = registry.numbers("truth", len(found)) + chains(found, written, people, trail, names)
    return _of_the_town(found, life).append_column("chain", pa.array(chain))


def of_orders(life: Life, web: Sold, till: Sold) -> pa.Table:
    """Who bought each order: source, order_id (without `#`), person, day, paid, broken (its row is unreadable).

    `paid` is in cents before tax and shipping.
    """
    orders, lines = life.orders, life.lines
    paid = np.bincount(lines.order, lines.paid, len(orders)).astype(np.int64)
    parts = []
    for source, sold, here in (
        ("shopify", web, orders.channel != STORE),
        ("square", till, orders.channel == STORE),
    ):
        bought = pa.table(
            {
                "order_id": pc.replace_substring(sold.ids, "#", ""),
                "person": orders.person[here],
                "day": orders.day[here],
                "paid": paid[here],
                "broken": sold.broken,
            }
        )
        back = sold.refunds.append_column("broken", pa.array(np.zeros(len(sold.refunds), dtype=bool)))
        parts += [
            part.add_column(0, "source", pa.array(np.full(len(part), source))) for part in (bought, back)
        ]
    return _of_the_town(pa.concat_tables(parts), life)


def _of_the_town(table: pa.Table, life: Life) -> pa.Table:
    """With the people numbered as in the town."""
    at = table.schema.get_field_index("person")
    return table.set_column(at, "person", pc.add(table["person"], life.first_person))


def _owner_first(table: pa.Table, people: People) -> pa.Table:
    shared = people.email_is_shared[np.array(table["person"])]
    return table.take(pa.array(np.argsort(shared, kind="stable")))


def _next(seen: Visits, count: int, last_day: int) -> np.ndarray:
    future = np.flatnonzero((seen.day > last_day) & (seen.day <= last_day + AHEAD))
    coming = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(coming, seen.person[future], seen.day[future])
    return np.where(coming == np.iinfo(np.int64).max, -1, coming)


def _by_email(emails: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise("email:", pc.utf8_lower(emails), "")


def _named(source: pa.ChunkedArray | str, key: pa.ChunkedArray, person: pa.ChunkedArray) -> pa.Table:
    named = pa.array(np.full(len(key), source)) if isinstance(source, str) else source
    return pa.table({"source": named, "source_key": key, "person": person})
