"""Build a town: from a seed to a folder of exports, with the truth beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import xlsxwriter

from regulars.errors import Invalid
from regulars.model.clock import day_number
from regulars.town import buying, truth
from regulars.town.browsing import Trail, write_events
from regulars.town.contacts import Contacts, contacts, write_contacts
from regulars.town.effects import effects, situation
from regulars.town.goods import CATEGORIES, Goods, goods
from regulars.town.noise import dirty
from regulars.town.people import People, people
from regulars.town.records import records
from regulars.town.sales import Sold, write_shopify_orders, write_square_items
from regulars.words import _

SMALLEST = 50  #: customers
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
    end: date = date(2026, 10, 31),
    years: float = 2.0,
    progress: Progress | None = None,
) -> Town:
    """Build a town of customers whose last day is `end` and write its exports and its truth into `folder`.

    The same customers, seed, end and years give the same files, byte for byte.
    """
    _check(customers, years)
    last_day = day_number(end)
    first_day = last_day - round(years * 365.25) + 1
    chance = {part: np.random.default_rng([seed, number]) for number, part in enumerate(_PARTS)}
    said = _Steps(progress)

    said.step(_("people and their families"))
    shelf = goods(chance["goods"])
    folk = people(customers, first_day, last_day, chance["people"])
    said.step(_("what they buy, and when"))
    clock = buying.seasons(first_day - 1510, last_day + buying.AHEAD + 10)
    seen = buying.visits(folk, clock, end, chance["visits"])
    bought = buying.orders(folk, seen, first_day, last_day, chance["orders"])
    lines = buying.lines(folk, bought, shelf, last_day, chance["lines"])
    said.step(_("what each system knows of them, and its errors"))
    clean = records(folk, bought, first_day, last_day, chance["records"])
    messy, dirt = dirty(clean, chance["noise"])
    known = contacts(messy, folk, last_day, chance["keys"])

    said.step(_("the files of the shop"))
    exports, aside = folder / "exports", folder / "truth"
    for made in (exports, aside):
        made.mkdir(parents=True, exist_ok=True)
    rows, broken = write_contacts(exports, known, chance["contacts"])
    web = write_shopify_orders(exports, bought, lines, shelf, known, chance["web"])
    till = write_square_items(exports, bought, lines, shelf, known, folk, chance["till"])
    trail = write_events(
        exports / "app_events.jsonl",
        bought,
        lines,
        shelf,
        known,
        folk,
        seen,
        first_day,
        last_day,
        chance["events"],
    )
    write_products(exports / "products.xlsx", shelf)
    rows |= {"shopify_orders.csv": web.rows, "square_items.csv": till.rows, "app_events.jsonl": trail.rows}
    rows["products.xlsx"] = len(shelf)

    said.step(_("the truth, set aside"))
    stand = situation(folk, seen, bought, shelf, last_day)
    parts = {
        "people": truth.of_people(folk, seen, last_day),
        "records": truth.of_records(known, folk, web, trail),
        "orders": truth.of_orders(bought, lines, web, till),
        "effects": effects(folk, stand, clock, last_day, chance["effects"]),
    }
    for name, table in parts.items():
        truth.write(aside / f"{name}.parquet", table)
    said.step(_("done"))
    return Town(
        folder=folder,
        exports={name: exports / name for name in sorted(rows)},
        truth={name: aside / f"{name}.parquet" for name in parts},
        rows=dict(sorted(rows.items())),
        customers=customers,
        households=int(folk.household[-1]) + 1,
        records=_in_files(known, web),
        orders=len(bought),
        order_lines=len(lines),
        dirt=_dirt(dirt + broken, folk, known, web, till, trail),
    )


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


def _dirt(
    cells: Counter[str], folk: People, known: Contacts, web: Sold, till: Sold, trail: Trail
) -> dict[str, int]:
    """Errors of cells and rows, and the true changes of life that make records of one person differ."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    lives = {
        "registered again in the shops": int((kind == "crm").sum() - len(np.unique(person[kind == "crm"]))),
        "guests of the web shop": int((kind[web.named] == "guest").sum()),
        "people who moved": int((folk.moved_day >= 0).sum()),
        "people who changed their name": int((folk.renamed_day >= 0).sum()),
        "people with a shared e-mail": int(folk.email_is_shared.sum()),
        "people with a second e-mail": int(pc.sum(pc.not_equal(folk.email, folk.email_other)).as_py()),
        "twins": int(((folk.place == 3)[1:] & (folk.birth[1:] == folk.birth[:-1])).sum()),
        "sons named as their father": int(pc.sum(pc.not_equal(folk.suffix, "")).as_py()),
    }
    counted = cells + web.dirt + till.dirt + trail.dirt
    return dict(sorted(counted.items())) | lives


class _Steps:
    """Counts the steps and tells whoever listens."""

    def __init__(self, progress: Progress | None, steps: int = 5) -> None:
        self.progress, self.steps, self.at = progress, steps, 0

    def step(self, what: str) -> None:
        if self.progress:
            self.progress(what, self.at, self.steps)
        self.at += 1
