"""The shop: everything the command line does, from Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from regulars.clean.one import Cleaned, clean_one
from regulars.clean.quality.report import Quality
from regulars.clean.quality.trend import Measured, Trend
from regulars.flow import Ground, Progress
from regulars.flow import asking as asking_flow
from regulars.flow import assortment as assortment_flow
from regulars.flow import backup as backup_flow
from regulars.flow import baseline as baseline_flow
from regulars.flow import count as count_flow
from regulars.flow import export as export_flow
from regulars.flow import groups as groups_flow
from regulars.flow import lookalike as lookalike_flow
from regulars.flow import outside as outside_flow
from regulars.flow import personas as personas_flow
from regulars.flow import quality as quality_flow
from regulars.flow import touchpoints as touchpoints_flow
from regulars.flow import trials as trials_flow
from regulars.flow import voice as voice_flow
from regulars.flow.asking import Asking
from regulars.flow.assortment import Assortment
from regulars.flow.chain import build as build_flow
from regulars.flow.chain import fresh as fresh_flow
from regulars.flow.chain import plan as plan_flow
from regulars.flow.chain.build import Built
from regulars.flow.chain.fresh import Fresh
from regulars.flow.chain.plan import Planned
from regulars.flow.groups import History
from regulars.flow.loading import load as load_flow
from regulars.flow.loading import rejects as rejects_flow
from regulars.flow.loading import withdrawing
from regulars.flow.loading.understanding import LoadedFile
from regulars.flow.outside import OutsideReport
from regulars.flow.people import erase as erase_flow
from regulars.flow.people import find as find_flow
from regulars.flow.people import hands as hands_flow
from regulars.flow.people import joining as joining_flow
from regulars.flow.people import lock as lock_flow
from regulars.flow.people import past as past_flow
from regulars.flow.people import review as review_flow
from regulars.flow.people import show as show_flow
from regulars.flow.people.find import Hit
from regulars.flow.people.joining import Joined
from regulars.flow.people.lock import Lock
from regulars.flow.people.past import Past
from regulars.flow.people.review import Answer, Pair, Question
from regulars.flow.people.show import Page
from regulars.flow.personas import Persona
from regulars.flow.voice import Voice
from regulars.flow.worth import models as worth_models
from regulars.flow.worth import weigh as worth_flow
from regulars.flow.worth.weigh import Report as Importance
from regulars.match import Explanation, MatchReport
from regulars.match.review.verdicts import Verdict
from regulars.match.weight.model import Model
from regulars.measure.baseline import Baseline, read_baseline
from regulars.measure.touchpoints import Inventory
from regulars.model.clock import parse_day
from regulars.model.outside import Terms
from regulars.model.report import ModelReport
from regulars.predict.writes import read_reports
from regulars.segment.compare import Overlap, Place, Standing
from regulars.segment.count import Count
from regulars.segment.history import Moves
from regulars.segment.language.rules import Rule
from regulars.segment.lookalike import LookAlikes
from regulars.settings import Settings
from regulars.sources import reads
from regulars.sources.reads import Import


class Shop:
    """One shop: everything the command line does, from Python. Days are ISO dates or day numbers; people are numbers.

    >>> import regulars
    >>> shop = regulars.open("my-shop")  # doctest: +SKIP
    >>> shop.load(["exports/"])  # doctest: +SKIP
    >>> shop.table("profiles").to_pandas()  # doctest: +SKIP
    """

    def __init__(self, ground: Ground) -> None:
        """`ground` is where the shop stands: folder, settings, store, lake, engine and clock. See `regulars.open`."""
        self.ground = ground

    @property
    def settings(self) -> Settings:
        """The shop's settings."""
        return self.ground.settings

    def load(
        self,
        files: Sequence[str | Path],
        *,
        source: str | None = None,
        kind: str | None = None,
        mapping: Path | None = None,
        terms: Terms | None = None,
        customers: str | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> list[LoadedFile]:
        """Load files, folders and globs; with `terms`, data from outside; see `regulars load`."""
        return load_flow.load(
            self.ground, files, source=source, kind=kind, mapping=mapping, terms=terms, customers=customers,
            dry_run=dry_run, progress=progress,
        )  # fmt: skip

    def imports(self) -> list[Import]:
        """Every import, the oldest first."""
        with self.ground.store.read() as connection:
            return reads.imports(connection)

    def undo(self, import_id: int) -> None:
        """Take back a whole import."""
        withdrawing.undo(self.ground, import_id)

    def rejects(self) -> list[dict[str, object]]:
        """The rows that could not be understood and have not been mended."""
        return rejects_flow.list_rejects(self.ground)

    def write_rejects(self, output: Path) -> int:
        """Write the rejects as CSV to be mended; their number."""
        return rejects_flow.write_for_mending(self.ground, output)

    def replay(self, file: Path, progress: Progress | None = None) -> list[LoadedFile]:
        """Take mended rejects in."""
        return rejects_flow.replay(self.ground, file, progress)

    def quality(self) -> Quality:
        """The data quality report."""
        return quality_flow.report(self.ground)

    def quality_trends(self) -> list[Trend]:
        """What changed in quality since the last report, and since the one of 30 days ago."""
        return quality_flow.quality_trends(self.ground)

    def quality_history(self) -> list[Measured]:
        """What every quality report counted, the oldest first."""
        return quality_flow.quality_history(self.ground)

    def values_changed(self) -> Counter[str]:
        """How many values of people's records each rule of cleaning rewrote or refused."""
        return quality_flow.values_changed(self.ground)

    def clean(self, fields: Mapping[str, str]) -> Cleaned:
        """One record, cleaned by the same rules as files, with suggestions."""
        return clean_one(fields, self.settings, now_us=self.ground.now_us())

    def match(self, progress: Progress | None = None, *, full: bool = False) -> MatchReport:
        """Find out who is who; a large shop looks only at what changed, unless it is `full` or a day has gone."""
        return build_flow.match_all(self.ground, progress, full=full)

    def explain(self, record_a: str, record_b: str) -> Explanation:
        """Why two records (`SOURCE:SOURCE_KEY`, or any key of a person) are one person, or why not."""
        return joining_flow.explained(self.ground, record_a, record_b)

    def match_model(self) -> Model | None:
        """What records are compared by, and what agreement is worth; None before the first match."""
        return joining_flow.match_model(self.ground)

    def merge(self, record_a: str, record_b: str, who: str) -> Joined:
        """Say that two records, or two people by any key, are one person; it outranks every score."""
        return joining_flow.join(self.ground, record_a, record_b, who)

    def unmerge(self, records: Sequence[str], who: str, *, every: bool = False) -> Joined:
        """Say that these records are not the same person as the others they stand with; it holds for ever.

        `every`: also where that takes back several joins that people made.
        """
        return joining_flow.part(self.ground, records, who, every=every)

    def erase(self, records: Sequence[str], who: str) -> Joined:
        """Remove everything personal of some records (SOURCE:KEY) for ever; whoever is left of the people they were.

        Their sales stay as sales of nobody. A file that names them again does not bring them back.
        """
        return erase_flow.erase(self.ground, records, who)

    def review(self, most: int = 20) -> list[Pair]:
        """The pairs of records that may be one person; those first of which most hangs on the answer."""
        return review_flow.waiting(self.ground, most)

    def unmatched(self) -> int:
        """How many records came or changed since the last match."""
        return review_flow.unmatched(self.ground)

    def review_sample(self, most: int = 30) -> list[Pair]:
        """Pairs that the model joined by itself, drawn at random, for somebody to check how many of them are right."""
        return review_flow.sampled(self.ground, most)

    def review_left(self, pairs: Sequence[Pair], last: Answer | None = None) -> list[Pair]:
        """Of such pairs those that no answer since the last match settles, be it about others: A is B and B is C says
        that A is C. `last` is an answer that is not kept yet."""
        return review_flow.left(self.ground, pairs, last)

    def review_question(self, pair: Pair, last: Answer | None = None) -> Question:
        """A pair to review or to check, side by side, and what a merge would do; who is who by all answers, also
        before the next match. `last` is an answer that is not kept yet."""
        return review_flow.question(self.ground, pair, last)

    def answer_review(self, pair: Pair, *, same: bool, who: str) -> list[Verdict]:
        """Keep what somebody says of such a pair; it outranks every score. `conclude_review` makes it so.

        Returns the words to the contrary that it takes back.
        """
        return review_flow.answer(self.ground, pair, same=same, who=who)

    def postpone_review(self, pair: Pair, who: str) -> None:
        """Ask about such a pair after all others that wait, until either record tells more; it is no answer."""
        review_flow.postpone(self.ground, pair, who)

    def conclude_review(self, pairs: Sequence[Pair]) -> Joined:
        """Find out who is who after these pairs were answered."""
        return review_flow.conclude(self.ground, pairs)

    def different(self, record_a: str, record_b: str, who: str) -> Joined:
        """Say that two records, or two people by any key, are two people, and stay so."""
        return joining_flow.keep_apart(self.ground, record_a, record_b, who)

    def build(self, as_of: str | int | None = None, progress: Progress | None = None) -> Built:
        """Profiles, indicators and segments as of a shop day, and what they need."""
        return build_flow.build(self.ground, as_of=_day(as_of), progress=progress)

    def plan(self, as_of: str | int | None = None, progress: Progress | None = None) -> Planned:
        """Who gets what on the day after, and why."""
        return plan_flow.plan(self.ground, as_of=_day(as_of), progress=progress)

    def write_mailing_list(self, file: TextIO) -> int:
        """Write the plan made last as CSV for a mailing tool; the number of messages."""
        return plan_flow.write_mailing_list(self.ground, file)

    def find(self, key: str) -> list[Hit]:
        """Everybody a key may mean: an id, an e-mail, a phone, a card, a name, or SOURCE:SOURCE_KEY."""
        return find_flow.find(self.ground, key)

    def show(self, person: int) -> Page:
        """One person, all round."""
        return show_flow.page(self.ground, person)

    def who_was(self, key: str, day: str | int) -> Past:
        """Who a key of `show` was on the evening of a day, as the shop took it then, and what has happened since."""
        return past_flow.who_was(self.ground, key, parse_day(day) if isinstance(day, str) else day)

    def lock(self, key: str, values: Mapping[str, str], *, who: str, why: str = "") -> list[Lock]:
        """Say what is right about one person, above every file; '' keeps a field empty. All their locks."""
        return lock_flow.lock(self.ground, key, values, who=who, why=why)

    def unlock(self, key: str, fields: Sequence[str] = (), *, who: str) -> list[Lock]:
        """Let the files decide again, about some fields or about all. All the person's locks."""
        return lock_flow.unlock(self.ground, key, fields, who=who)

    def locks(self, key: str) -> list[Lock]:
        """Every lock of one person, those that were taken back too, the newest first."""
        return lock_flow.locks_of(self.ground, key)

    def count(self, rule: str) -> tuple[Rule, Count]:
        """How many people a rule holds, and how many remain after each condition."""
        return count_flow.count_rule(self.ground, rule)

    def fresh(self) -> Fresh | None:
        """How what is counted stands to what came since the last build; None when nothing did."""
        return fresh_flow.freshened(self.ground)

    def personas(self) -> list[Persona]:
        """The kinds of customers there are, by how they buy, with five typical people of each."""
        return personas_flow.personas(self.ground)

    def look_alikes(self, rule: str, *, share: float = 0.05, also: Sequence[str] = ()) -> LookAlikes:
        """Who is most like the people of a rule or ready segment; `also` are protected columns that may be used."""
        return lookalike_flow.look_alikes(self.ground, rule, share=share, also=also)

    def write_look_alikes(self, found: LookAlikes, output: Path) -> int:
        """Write such a list to .csv, .parquet, .xlsx or .jsonl; the number of people."""
        return lookalike_flow.write(self.ground, found, output)

    def segments(self) -> dict[str, int | None]:
        """The size of each ready segment at the last build; None when it is not known for want of data."""
        return groups_flow.sizes(self.ground)

    def overlaps(self, names: Sequence[str] = ()) -> list[Overlap]:
        """Whom each two ready segments share: of all, of those named, or of the one named and each other."""
        return groups_flow.overlaps(self.ground, names)

    def segments_by(self, place: str, names: Sequence[str] = ()) -> list[Place]:
        """The ready segments by `store`, `region`, `city`, `country` or `channel`."""
        return groups_flow.by_place(self.ground, place, names)

    def ladder(self) -> list[Standing]:
        """How many people stand on each rung from first visit to regular, and their next steps."""
        return groups_flow.ladder(self.ground)

    def segment_history(self) -> History:
        """The sizes of the ready segments on every evening that was built."""
        return groups_flow.over_time(self.ground)

    def segment_moves(
        self, names: Sequence[str] = (), since: str = "last"
    ) -> tuple[int, Mapping[str, Moves]]:
        """Who came into each segment and who left it since the evening of a day (or of the build before), and it."""
        return groups_flow.moves(self.ground, names, since)

    def models(self) -> list[ModelReport]:
        """What each model says of itself at the last build: its parameters, its back-test, whether it knows enough.

        The learners of `importance` are among them once something was weighed, and data from outside once it was tried.
        """
        with self.ground.store.read() as connection:
            built = read_reports(connection)
        return [*built, *worth_models.models(self.ground), *trials_flow.models(self.ground)]

    def assortment(self, store: str | None = None, persona: str | None = None) -> Assortment:
        """What wins and loses regulars, is bought together, wanted and missing; of a store, a persona, or both."""
        return assortment_flow.assortment(self.ground, store, persona)

    def voice(self, product: str | None = None, most: int = 20) -> Voice:
        """What customers say of the shop and of its articles, or of one (by its number or name), at the last build."""
        return voice_flow.voice(self.ground, product, most)

    def importance(self, *, again: bool = False, progress: Progress | None = None) -> Importance:
        """What matters: what indicators and fields add to foretelling, and which columns nothing uses."""
        return worth_flow.weigh(self.ground, again=again, progress=progress)

    def outside(
        self, source: str | None = None, *, again: bool = False, progress: Progress | None = None
    ) -> OutsideReport:
        """Data from outside (or one source): its terms, whom it tells of, whether it made any foretelling better."""
        return outside_flow.outside(self.ground, source, again=again, progress=progress)

    def say_terms(self, source: str, terms: Terms) -> None:
        """Change on what terms a source of data from outside was had; what is None stays as it was."""
        outside_flow.say_terms(self.ground, source, terms)

    def to_ask(self, most: int = 20) -> Asking:
        """Where people buy without being known, and what to ask whom; those worth most first."""
        return asking_flow.to_ask(self.ground, most)

    def baseline(self) -> pa.Table:
        """The shop's first figures, frozen at its first build: as_of, figure, value, unit."""
        with self.ground.store.read() as connection:
            return read_baseline(connection)

    def then_and_now(self) -> tuple[Baseline, Baseline]:
        """The shop's first figures, frozen at its first build, and the same figures of the last one."""
        return baseline_flow.then_and_now(self.ground)

    def touchpoints(self) -> Inventory:
        """Every place where the shop meets people, at the last build, and the usual ones of which nothing is known."""
        with self.ground.engine.session() as session:
            return touchpoints_flow.touchpoints(session, self.ground)

    def table(self, name: str) -> pa.Table:
        """A table that others rely on, in memory: `people`, `orders`, `profiles`, … as `regulars export` has them."""
        return export_flow.rows(self.ground, name)

    def export(self, name: str, output: Path) -> int:
        """Write a table to .csv, .parquet, .xlsx or .jsonl; the number of rows."""
        return export_flow.export(self.ground, name, output)

    def is_only_of(self, folder: Path) -> bool:
        """Whether all that the shop knows is of files in this folder, and nobody settled anything by hand."""
        return hands_flow.only_of(self.ground, folder)

    def backup(self, output: Path) -> int:
        """Write settings and store into one zip file; its size in bytes."""
        return backup_flow.backup(self.ground.folder, output)

    def close(self) -> None:
        """Let go of the store."""
        self.ground.store.close()


def _day(as_of: str | int | None) -> int | None:
    return parse_day(as_of) if isinstance(as_of, str) else as_of
