"""The demo: a town is built, its dirty exports go through the whole chain, and the result is graded by the truth."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.app import Shop, init_shop, open_shop
from regulars.clean.person.rules import RULES
from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import values
from regulars.cli.pages.dirt import dirt_words
from regulars.cli.pages.tables import long_name, number, print_table, text
from regulars.errors import Refused
from regulars.flow.chain.plan import Planned
from regulars.flow.loading.understanding import LoadedFile
from regulars.flow.outputs import filling
from regulars.match.run import MatchReport
from regulars.model.clock import day_date
from regulars.segment.ready import ready_segments
from regulars.settings import FILE_NAME
from regulars.treat.catalogue import treatments
from regulars.words import _, language, plural

if TYPE_CHECKING:
    from regulars.town import Town, grade

#: Files that no known export names: which system each one is from.
_SOURCES = {"crm_clients.csv": "crm", "app_events.jsonl": "app", "products.xlsx": "catalogue"}
_EXAMPLES = 5
_RULES_SHOWN = 8


@command("demo", "regulars demo demo-shop --customers 2000 --no-serve")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-shop"))
@click.option("--customers", default=2000, show_default=True, help="how many customers the town has")
@click.option("--seed", default=7, show_default=True, help="another number, another town")
@click.option("--no-serve", is_flag=True, help="end after the report")
def demo(asked: Asked, folder: Path, customers: int, seed: int, no_serve: bool) -> None:
    """Build a town with its dirty exports, run the whole chain on them, and report what came of it.

    The town knows the truth about its people; the report says how near the chain came to it. An older demo in the
    folder is made anew, unless something of your own is in it.
    """
    del no_serve  # the pages that will be served come with a later version; the report is the end until then
    from regulars.town import LAST_DAY, build  # the town is slow to import, and nothing else needs it

    _make_room(folder)
    with progress() as told, filling(folder):
        town = build(folder / "town", customers=customers, seed=seed, progress=told)
        shop = init_shop(folder, name="Le Comptoir")
        as_of = LAST_DAY.isoformat()
        loaded = [
            one
            for name, path in town.exports.items()
            for one in shop.load([path], source=_SOURCES.get(name), progress=told)
        ]
        matched = shop.match(told)
        shop.build(as_of, told)
        planned = shop.plan(as_of, told)
    graded = _grade(shop, town)
    if asked.as_json:
        print_json(_as_json(shop, town, loaded, matched, graded, planned))
        return
    _print_files(town, loaded)
    _print_changes(shop)
    _print_people(matched, graded)
    _print_figures(shop)
    _print_segments(shop.segments())
    _print_plan(shop, planned)
    _print_next(folder, as_of)


@command("town", "regulars town my-town --customers 500")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--customers", default=2000, show_default=True, help="how many customers the town has")
@click.option("--seed", default=7, show_default=True, help="another number, another town")
def town(asked: Asked, folder: Path, customers: int, seed: int) -> None:
    """Build a town's exports, as dirty as real ones, and its truth aside, without a shop."""
    from regulars.town import build

    with progress() as told:
        made = build(folder, customers=customers, seed=seed, progress=told)
    if asked.as_json:
        print_json(
            {"folder": folder, "rows": dict(made.rows), "dirt": dict(made.dirt), "records": made.records}
        )
        return
    for name, rows in made.rows.items():
        out.print(f"{values.count(rows):>10}  {folder / 'exports' / name}", markup=False)
    err.print(_("the truth is in '{folder}', for graders alone", folder=folder / "truth"), markup=False)


def _make_room(folder: Path) -> None:
    """An older demo goes, unless somebody has put something of their own into it; another shop stays."""
    if not (folder / FILE_NAME).exists():
        return
    shop = open_shop(folder)
    bare = (folder / "town").is_dir() and shop.is_only_of(folder / "town")
    shop.close()
    if not bare:
        raise Refused(
            _("there is a shop in '{folder}' already, with more in it than a demo's", folder=folder),
            _("name another folder: `regulars demo other-folder`; or remove that one, if it may go"),
        )
    shutil.rmtree(folder)


def _grade(shop: Shop, town: Town) -> grade.Pairwise:
    """How near identity comes to the truth, over the records that both know."""
    from regulars.town import grade

    truth, found = pq.read_table(town.truth["records"]), shop.table("identity")
    both = truth.join(found, keys=["source", "source_key"], join_type="inner")
    return grade.pairwise(both.column("person").to_numpy(), both.column("person_id").to_pylist())


def _print_files(town: Town, loaded: list[LoadedFile]) -> None:
    out.print(_("1. What was dirty, and what became of it"), style="bold")
    counts = (number(_("rows")), number(_("accepted")), number(_("rejected")), number(_("duplicates")))
    print_table(
        (long_name(_("file")), text(_("recognised as")), *counts),
        [
            (
                Path(one.file).name,
                one.export or values.kind(one.kind),
                *map(values.count, (one.rows_in, one.accepted, one.rejected, one.duplicates)),
            )
            for one in loaded
        ],
    )
    dirt = sorted(town.dirt.items(), key=lambda pair: -pair[1])[:8]
    out.print(
        _(
            "The town put in: {dirt}.",
            dirt=", ".join(f"{values.count(count)} {dirt_words(name)}" for name, count in dirt),
        ),
        markup=False,
    )


def _print_changes(shop: Shop) -> None:
    out.print(_("What became of the values of people's records:"))
    for rule, count in shop.values_changed().most_common(_RULES_SHOWN):
        out.print(f"  {values.count(count):>7}  {RULES[rule]}", markup=False)


def _print_people(matched: MatchReport, graded: grade.Pairwise) -> None:
    out.print()
    out.print(_("2. From records to people"), style="bold")
    out.print(
        _(
            "From {records} to {people}; {pairs} to review.",
            records=plural("{count} record", "{count} records", matched.records),
            people=plural("{count} person", "{count} people", matched.people),
            pairs=plural("{count} pair", "{count} pairs", matched.to_review),
        ),
        markup=False,
    )
    out.print(
        _(
            "Against the truth of the town: precision {precision}, recall {recall}, F1 {f1}.",
            precision=values.decimal(graded.precision, 3),
            recall=values.decimal(graded.recall, 3),
            f1=values.decimal(graded.f1, 3),
        ),
        markup=False,
    )


def _print_figures(shop: Shop) -> None:
    out.print()
    out.print(_("3. The shop in ten numbers"), style="bold")
    for title, value in shop_figures(shop):
        out.print(f"  {title:44} {value}", markup=False)


def shop_figures(shop: Shop) -> list[tuple[str, str]]:
    """Ten numbers that say how a shop stands, each with its title."""
    figures = {row["figure"]: row["value"] for row in shop.baseline().to_pylist()}
    currency = shop.settings.shop.currency
    profiles = shop.table("profiles")
    top = _top_share(profiles)
    return [
        (_("people known"), values.count(int(figures["people"]))),
        (_("who bought"), values.count(int(figures["buyers"]))),
        (_("active in the last 365 days"), values.count(int(figures["active_buyers_365d"]))),
        (_("buyers who came again"), values.share(figures["repeat_buyer_share"])),
        (_("orders of known people"), values.count(int(figures["orders"]))),
        (_("average basket"), values.money(round(figures["average_basket"]), currency)),
        (_("their spend in the last 365 days"), values.money(int(figures["spend_365d"]), currency)),
        (
            _("a year's spend of an active buyer"),
            values.money(round(figures["spend_per_buyer_365d"]), currency),
        ),
        (_("share of spend by the best fifth"), values.share(top)),
        (_("people who can be written to"), values.share(figures["reachable_share"])),
    ]


def _top_share(profiles: pa.Table) -> float:
    spend = profiles.column("spend_lifetime")
    best = pc.sum(spend.filter(pc.equal(profiles.column("spend_quintile"), 5))).as_py() or 0
    return float(best) / float(pc.sum(spend).as_py() or 1)


def _print_segments(sizes: dict[str, int | None]) -> None:
    out.print()
    out.print(_("4. Groups"), style="bold")
    for name, one in ready_segments().items():
        out.print(f"  {values.known_count(sizes[name]):>8}  {one.title!s:28} {one.why}", markup=False)


def _print_plan(shop: Shop, planned: Planned) -> None:
    out.print()
    out.print(_("5. Tomorrow's list, {day}", day=values.day(planned.day)), style="bold")
    for name, (sent, held) in planned.treatments.items():
        out.print(
            f"  {values.count(sent):>8}  {treatments()[name].title} "
            + _("({held} kept aside as a control group)", held=held),
            markup=False,
        )
    for row in _examples(shop):
        out.print(f"  · {row['name']} ({row['person_id']}): {row['reason']}", markup=False)


def _examples(shop: Shop) -> list[dict[str, str]]:
    """Some decisions, one a treatment first, then one that was left out."""
    decisions, people = shop.table("decisions"), shop.table("people")
    names = {
        row["person_id"]: " ".join(part for part in (row["given_name"], row["family_name"]) if part) or "?"
        for row in people.select(["person_id", "given_name", "family_name"]).to_pylist()
    }
    seen: dict[tuple[str | None, bool], dict[str, str]] = {}
    reason = "reason_fr" if language() == "fr" else "reason"
    for row in decisions.to_pylist():
        key = (row["treatment"], row["chosen"])
        if key not in seen:
            seen[key] = {
                "person_id": row["person_id"],
                "name": names.get(row["person_id"], "?"),
                "reason": row[reason],
            }
    chosen = [row for (_t, was_chosen), row in seen.items() if was_chosen]
    others = [row for (_t, was_chosen), row in seen.items() if not was_chosen]
    return (chosen[: _EXAMPLES - 1] + others)[:_EXAMPLES]


def _print_next(folder: Path, as_of: str) -> None:
    out.print()
    out.print(_("6. What to do next"), style="bold")
    for line in (
        _("see a customer:          regulars show P1 --shop {folder}", folder=folder),
        _("see what is wrong:       regulars quality --shop {folder}", folder=folder),
        _("mend rejected rows:      regulars rejects --shop {folder}", folder=folder),
        _("count a group:           regulars count \"stage = 'late'\" --shop {folder}", folder=folder),
        _(
            "the list as a file:      regulars plan --list tomorrow.csv --as-of {day} --shop {folder}",
            day=as_of,
            folder=folder,
        ),
        _("your own shop:           regulars init my-shop, then regulars load your-files/ --shop my-shop"),
    ):
        out.print("  " + line, markup=False)


def _as_json(
    shop: Shop,
    town: Town,
    loaded: list[LoadedFile],
    matched: MatchReport,
    graded: grade.Pairwise,
    planned: Planned,
) -> dict[str, object]:
    return {
        "files": [one.as_json() for one in loaded],
        "dirt": dict(town.dirt),
        "records": matched.records,
        "people": matched.people,
        "to_review": matched.to_review,
        "precision": graded.precision,
        "recall": graded.recall,
        "f1": graded.f1,
        "figures": dict(shop_figures(shop)),
        "segments": shop.segments(),
        "day": day_date(planned.day).isoformat(),
        "to_send": planned.to_send,
        "held_out": planned.held_out,
        "examples": _examples(shop),
    }


COMMANDS = (demo, town)
