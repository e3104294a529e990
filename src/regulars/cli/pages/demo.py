"""What the demo reports: the files and their dirt, the people, ten figures, groups, tomorrow's list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.clean.person.rules import RULES
from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.dirt import dirt_words
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.flow.chain.plan import Planned
from regulars.flow.loading.understanding import LoadedFile
from regulars.match.run import MatchReport
from regulars.model.clock import day_date
from regulars.segment.ready import ready_segments
from regulars.shop import Shop
from regulars.town import Town, grade
from regulars.treat.catalogue import treatments
from regulars.words import _, language, plural

_EXAMPLES = 5
_RULES_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A shop of the town after the whole chain, and what each step told."""

    shop: Shop
    town: Town
    loaded: list[LoadedFile]
    matched: MatchReport
    planned: Planned


def demo_page(walked: Walked, folder: Path, as_of: str) -> None:
    """Print the report; `folder` and `as_of` are for the commands that it proposes."""
    _print_files(walked.town, walked.loaded)
    _print_changes(walked.shop)
    _print_people(walked.matched, _grade(walked.shop, walked.town))
    _print_figures(walked.shop)
    _print_segments(walked.shop.segments())
    _print_plan(walked.shop, walked.planned)
    _print_next(folder, as_of)


def _grade(shop: Shop, town: Town) -> grade.Pairwise:
    """How near identity comes to what anybody could know of the truth, over the records that both know."""
    truth, found = pq.read_table(town.truth["records"]), shop.table("identity")
    both = truth.join(found, keys=["source", "source_key"], join_type="inner")
    person, chain = (both.column(name).to_numpy() for name in ("person", "chain"))
    return grade.pairwise(person, both.column("person_id").to_pylist(), chain)


def _print_files(town: Town, loaded: list[LoadedFile]) -> None:
    out.print(_("1. What was dirty, and what became of it"), style="bold")
    counts = (number(_("rows")), number(_("accepted")), number(_("rejected")), number(_("duplicates")))
    print_table(
        (whole(_("file")), text(_("recognised as")), *counts),
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
            "Against the truth of the town, where data tells it: precision {precision}, recall {recall}, F1 {f1}.",
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
    width = max(len(str(one.title)) for one in ready_segments().values())
    for name, one in ready_segments().items():
        out.print(f"  {values.known_count(sizes[name]):>8}  {one.title!s:{width}}  {one.why}", markup=False)


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
        out.print("  " + line, markup=False, no_wrap=True)


def demo_json(walked: Walked) -> dict[str, object]:
    """The report as data."""
    shop, matched, planned = walked.shop, walked.matched, walked.planned
    graded = _grade(shop, walked.town)
    return {
        "files": [one.as_json() for one in walked.loaded],
        "dirt": dict(walked.town.dirt),
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
