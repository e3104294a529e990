"""Build a town: from a seed to a folder of exports, with the truth beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from regulars.errors import Invalid
from regulars.town import truth
from regulars.town.census import Census, census
from regulars.town.effects import effects
from regulars.town.exports.browsing import write_events
from regulars.town.exports.contacts import Contacts, contacts, write_contacts
from regulars.town.exports.files import Files
from regulars.town.exports.noise import dirty
from regulars.town.exports.products import write_products
from regulars.town.exports.records import records
from regulars.town.exports.sold import Sold
from regulars.town.exports.till_items import write_till_items
from regulars.town.exports.web_orders import write_web_orders
from regulars.town.goods import Goods, goods
from regulars.town.knowable import with_meaning
from regulars.town.life import Span, life
from regulars.town.people import People, people
from regulars.town.quarters import QUARTER, Quarter, quarters
from regulars.town.registry import Registry
from regulars.words import _

SMALLEST = 50  #: customers
LAST_DAY = date(2026, 10, 31)  #: of a town, when nobody names another
_STEPS = 4  # of a quarter
Progress = Callable[[str, int, int], None]  #: what is done now, steps done, steps in all


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
    quarter: int = QUARTER,
) -> Town:
    """Build a town of customers whose last day is `end` and write its exports and its truth into `folder`.

    The same customers, seed, end and years give the same files, byte for byte. A town of more than `quarter`
    customers is written in quarters, in memory that hardly grows with it; another `quarter` makes another town.
    """
    _check(customers, years)
    parts, span = quarters(customers, seed, quarter), Span.of(end, years)
    tell = _step_by_step(progress or _nobody_listens, _STEPS * len(parts))
    ground = _Ground(
        span=span,
        shelf=goods(parts[0].chance()["goods"]),
        names=census(_residents(parts, span)),
        registry=Registry(),
        exports=Files(folder / "exports"),
        aside=truth.Aside(folder / "truth"),
    )
    with closing(ground.aside):
        built = [_quarter(part, ground, tell) for part in parts]
    write_products(ground.exports, ground.shelf)
    tell(_("done"))
    rows = ground.exports.rows
    return Town(
        folder=folder,
        exports={name: folder / "exports" / name for name in sorted(rows)},
        truth=ground.aside.paths,
        rows=dict(sorted(rows.items())),
        customers=customers,
        households=sum(one.households for one in built),
        records=sum(one.records for one in built),
        orders=sum(one.orders for one in built),
        order_lines=sum(one.order_lines for one in built),
        dirt=dict(sorted(_sum(one.dirt for one in built).items())) | _sum(one.changes for one in built),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What the quarters share."""

    span: Span
    shelf: Goods
    names: Census
    registry: Registry
    exports: Files
    aside: truth.Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """What a quarter came to; the words are those of `Town`."""

    households: int
    records: int
    orders: int
    order_lines: int
    dirt: Counter[str]
    changes: Counter[str]  #: of life: nobody's error


def _residents(parts: Iterable[Quarter], span: Span) -> Iterator[People]:
    """The people of each quarter for the census, which asks their names alone; their mailboxes come later."""
    for part in parts:
        yield people(part.customers, span.first_day, span.last_day, part.chance()["people"], Registry())


def _quarter(part: Quarter, ground: _Ground, tell: Callable[[str], None]) -> _Built:
    chance, exports, registry = part.chance(), ground.exports, ground.registry
    tell(_("people, their families, and what they buy"))
    lived = life(part.customers, ground.shelf, ground.span, chance, registry)
    tell(_("what each system knows of them, and its errors"))
    clean = records(lived.people, lived.orders, lived.first_day, lived.last_day, chance["records"])
    messy, dirt = dirty(with_meaning(clean), chance["noise"])
    known = contacts(messy, lived.people, lived.last_day, chance["keys"], registry)
    tell(_("the files of the shop"))
    dirt += write_contacts(exports, known, chance["contacts"], registry)
    web = write_web_orders(exports, lived, known, chance["web"], registry)
    till = write_till_items(exports, lived, known, chance["till"])
    trail = write_events(exports, lived, known, chance["events"], registry)
    tell(_("the truth, set aside"))
    ground.aside.add("people", truth.of_people(lived))
    ground.aside.add("records", truth.of_records(known, lived, web, trail, ground.names, registry))
    ground.aside.add("orders", truth.of_orders(lived, web, till))
    ground.aside.add("effects", effects(lived, chance["effects"]))
    return _Built(
        households=lived.people.households,
        records=_in_files(known, web),
        orders=len(lived.orders),
        order_lines=len(lived.lines),
        dirt=dirt + web.dirt + till.dirt + trail.dirt,
        changes=_changes_of_life(lived.people, known, web),
    )


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    """Counts of one name together; a nought stays."""
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    return whole


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


def _changes_of_life(folk: People, known: Contacts, web: Sold) -> Counter[str]:
    """What makes records of one person differ, or of two people agree, though nobody made an error."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    twins = (folk.place[1:] == 3) & (folk.birth[1:] == folk.birth[:-1])
    return Counter(
        {
            "registered again in the shops": int(
                (kind == "crm").sum() - len(np.unique(person[kind == "crm"]))
            ),
            "guests of the web shop": int((kind[web.named] == "guest").sum()),
            "people who moved": int((folk.moved_day >= 0).sum()),
            "people who changed their name": int((folk.renamed_day >= 0).sum()),
            "people with a shared e-mail": int(folk.email_is_shared.sum()),
            "people with a second e-mail": int(pc.sum(pc.not_equal(folk.email, folk.email_other)).as_py()),
            "twins": int(twins.sum()),
            "sons named as their father": int(pc.sum(pc.not_equal(folk.suffix, "")).as_py()),
        }
    )


def _step_by_step(progress: Progress, steps: int) -> Callable[[str], None]:
    """Tell what begins now; how far it is, is counted here."""
    done = count()
    return lambda what: progress(what, next(done), steps)


def _nobody_listens(what: str, done: int, steps: int) -> None:
    """The progress of who did not ask for it."""
