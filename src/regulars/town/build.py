"""Build a town: from a seed to a folder of exports, with the truth beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from regulars.errors import Invalid
from regulars.town import truth
from regulars.town.effects import effects
from regulars.town.exports.browsing import Trail, write_events
from regulars.town.exports.contacts import Contacts, contacts, write_contacts
from regulars.town.exports.noise import dirty
from regulars.town.exports.records import records
from regulars.town.exports.sold import Sold
from regulars.town.exports.till_items import write_till_items
from regulars.town.exports.web_orders import write_web_orders
from regulars.town.goods import CATEGORIES, Goods
from regulars.town.knowable import with_meaning
from regulars.town.life import Chance, Life, life
from regulars.town.people import People
from regulars.words import _

SMALLEST = 50  #: customers
LAST_DAY = date(2026, 10, 31)  #: of a town, when nobody names another
_STEPS = 4
Progress = Callable[[str, int, int], None]  #: what is done now, steps done, steps in all
_PARTS = (
    "goods",
    "people",
    "visits",
    "orders",
    "lines",
    "records",
    "noise",
    "keys",
    "contacts",
    "web",
    "till",
    "events",
    "effects",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What was built. `exports` is what a shop has; `truth` is for graders alone."""

    folder: Path
    exports: Mapping[str, Path]  #: file name -> path
    truth: Mapping[str, Path]  #: people, records, orders, effects -> path
    rows: Mapping[str, int]  #: file name -> data rows as written, broken ones counted
    customers: int
    households: int
    records: int  #: of people: rows of their files, and guests of the web shop
    orders: int
    order_lines: int
    dirt: Mapping[str, int]  #: what was made dirty -> how many cells, rows or people


def build(
    folder: Path,
    *,
    customers: int = 2000,
    seed: int = 7,
    end: date = LAST_DAY,
    years: float = 2.0,
    progress: Progress | None = None,
) -> Town:
    """Build a town of customers whose last day is `end` and write its exports and its truth into `folder`.

    The same customers, seed, end and years give the same files, byte for byte.
    """
    _check(customers, years)
    chance = {part: np.random.default_rng([seed, number]) for number, part in enumerate(_PARTS)}
    tell = progress or _nobody_listens

    tell(_("people, their families, and what they buy"), 0, _STEPS)
    lived = life(customers, end, years, chance)
    tell(_("what each system knows of them, and its errors"), 1, _STEPS)
    clean = records(lived.people, lived.orders, lived.first_day, lived.last_day, chance["records"])
    messy, dirt = dirty(with_meaning(clean), chance["noise"])
    known = contacts(messy, lived.people, lived.last_day, chance["keys"])
    tell(_("the files of the shop"), 2, _STEPS)
    written = _exports(folder / "exports", lived, known, chance)
    tell(_("the truth, set aside"), 3, _STEPS)
    aside = _truth(folder / "truth", lived, known, written, chance)
    tell(_("done"), _STEPS, _STEPS)
    return Town(
        folder=folder,
        exports={name: folder / "exports" / name for name in sorted(written.rows)},
        truth=aside,
        rows=dict(sorted(written.rows.items())),
        customers=customers,
        households=int(lived.people.household[-1]) + 1,
        records=_in_files(known, written.web),
        orders=len(lived.orders),
        order_lines=len(lived.lines),
        dirt=dict(sorted((dirt + written.dirt).items())) | _changes_of_life(lived.people, known, written.web),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What the exports hold."""

    rows: Mapping[str, int]
    web: Sold
    till: Sold
    trail: Trail
    dirt: Counter[str]


def _exports(folder: Path, lived: Life, known: Contacts, chance: Chance) -> _Written:
    folder.mkdir(parents=True, exist_ok=True)
    rows, dirt = write_contacts(folder, known, chance["contacts"])
    web = write_web_orders(folder / "shopify_orders.csv", lived, known, chance["web"])
    till = write_till_items(folder / "square_items.csv", lived, known, chance["till"])
    trail = write_events(folder / "app_events.jsonl", lived, known, chance["events"])
    write_products(folder / "products.xlsx", lived.goods)
    more = {"shopify_orders.csv": web.rows, "square_items.csv": till.rows, "app_events.jsonl": trail.rows}
    return _Written(
        rows=rows | more | {"products.xlsx": len(lived.goods)},
        web=web,
        till=till,
        trail=trail,
        dirt=dirt + web.dirt + till.dirt + trail.dirt,
    )


def _truth(folder: Path, lived: Life, known: Contacts, written: _Written, chance: Chance) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "people": truth.of_people(lived),
        "records": truth.of_records(known, lived.people, written.web, written.trail),
        "orders": truth.of_orders(lived, written.web, written.till),
        "effects": effects(lived, chance["effects"]),
    }
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, table in tables.items():
        pq.write_table(table, paths[name], compression="zstd")
    return paths


def write_products(path: Path, shelf: Goods) -> None:
    """The articles as a workbook, dated so that the same town gives the same bytes."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Products")
        sheet.write_row(0, 0, ("SKU", "Product name", "Nom du produit", "Category", "Brand", "Price", "Cost"))
        for row, sku in enumerate(shelf.sku):
            title = CATEGORIES[shelf.category[row]].title
            money = (float(shelf.price[row]) / 100, float(shelf.cost[row]) / 100)
            name = shelf.name[row]
            sheet.write_row(row + 1, 0, (sku, name.en, name.fr, title.fr, shelf.brand[row], *money))


def _check(customers: int, years: float) -> None:
    if customers < SMALLEST:
        raise Invalid(
            _("a town of {customers} customers is too small", customers=customers),
            _("ask for at least {smallest}", smallest=SMALLEST),
        )
    if not 0.25 <= years <= 10:
        raise Invalid(_("a town cannot remember {years} years", years=years), _("ask for 0.25 to 10 years"))


def _in_files(known: Contacts, web: Sold) -> int:
    kind = np.array(known.table["kind"])
    return int((kind != "guest").sum() + (kind[web.named] == "guest").sum())


def _changes_of_life(folk: People, known: Contacts, web: Sold) -> dict[str, int]:
    """What makes records of one person differ, or of two people agree, though nobody made an error."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    twins = (folk.place[1:] == 3) & (folk.birth[1:] == folk.birth[:-1])
    return {
        "registered again in the shops": int((kind == "crm").sum() - len(np.unique(person[kind == "crm"]))),
        "guests of the web shop": int((kind[web.named] == "guest").sum()),
        "people who moved": int((folk.moved_day >= 0).sum()),
        "people who changed their name": int((folk.renamed_day >= 0).sum()),
        "people with a shared e-mail": int(folk.email_is_shared.sum()),
        "people with a second e-mail": int(pc.sum(pc.not_equal(folk.email, folk.email_other)).as_py()),
        "twins": int(twins.sum()),
        "sons named as their father": int(pc.sum(pc.not_equal(folk.suffix, "")).as_py()),
    }


def _nobody_listens(what: str, done: int, steps: int) -> None:
    """The progress of who did not ask for it."""
