"""The intake of one import: a chunk of rows becomes parts, and each part is stored in one short transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table

from regulars.clean import events, orders, people, rates, things, traits
from regulars.clean.order.fill import FillDown
from regulars.clean.order.occurrences import Occurrences
from regulars.clean.order.tellings import Tellings
from regulars.clean.people import People
from regulars.clean.person.consents import Answer
from regulars.clean.row.found import KnownFile
from regulars.clean.traits import Traits
from regulars.clean.writes import retold
from regulars.clean.writes.happenings import store_events, store_order_lines
from regulars.clean.writes.people import store_people
from regulars.clean.writes.reference import store_reference
from regulars.clean.writes.retold import Retold
from regulars.clean.writes.traits import known_lines, store_traits
from regulars.clean.writes.versions import Provenance, Stored
from regulars.engine import Session
from regulars.flow import Ground
from regulars.flow.loading.currencies import OtherCurrencies
from regulars.flow.loading.names import engine_names, renamed
from regulars.flow.loading.parts import Part, Reject, cut, rejects_of
from regulars.model.fields import EVENT_KINDS
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import Column, FileMapping
from regulars.sources.found import Chunk, Found
from regulars.store import tables
from regulars.store.lake import LakeFile
from regulars.store.leftovers import KEY_FIELDS, of_erased
from regulars.words import plural

_BUYER = (
    "customer_key", "email", "phone", "loyalty_card", "user_id", "full_name", "given_name", "family_name",
)  # fmt: skip
_LINE = pa.field("line", pa.int64())


@dataclass(slots=True, kw_only=True)
class UnderstoodFile:
    """One file as it is taken in: what it is, whose, what its columns mean and how its values are written."""

    source: str
    found: Found
    file_hash: str  #: SHA-256 of the file's bytes
    mapping: FileMapping
    formats: Mapping[str, ColumnFormat]
    fill: FillDown
    given: bool = False  #: a person said what the columns mean
    buyers: frozenset[str] = frozenset()  #: customer keys seen in the file's first rows
    mends: tuple[int, ...] = ()  #: the rejects that its rows are mended copies of
    rivals: frozenset[int] = (
        frozenset()
    )  #: imports of the source and its columns: their orders it may tell anew
    import_id: int = 0


@dataclass(slots=True)
class Intake:
    """Takes in the rows of one file."""

    ground: Ground
    session: Session
    file: UnderstoodFile
    met: Occurrences
    told: Tellings
    mirrors: bool = True  #: write the lake's files too; a rehearsal does not
    _mapping: FileMapping = field(init=False)  #: the file's, in the engine's names of columns
    _formats: Mapping[str, ColumnFormat] = field(init=False)
    _dropped: frozenset[str] = field(init=False)  #: columns of which nothing is kept, in the engine's names
    _files: dict[str, LakeFile] = field(default_factory=dict)
    _changed: dict[str, set[int]] = field(default_factory=dict)
    _unpaid: int = 0  #: lines of orders that nobody has paid yet
    _evidence: int = 0  #: rows that are whole sales or payments beside the lines
    _walk_ins: int = 0  #: lines of orders whose buyer the till calls nobody in particular
    _erased: int = 0  #: rows of people who were erased
    _strangers: int = 0  #: rows from outside that name nobody who is known
    _told_twice: int = 0  #: areas of which the file says one thing and then another
    _foreign: Traits | None = None  #: of the chunk at hand
    _retold: Retold = field(default_factory=Retold)
    _others: OtherCurrencies = field(init=False)

    def __post_init__(self) -> None:
        self._others = OtherCurrencies(self.ground.settings.shop.currency)
        names = engine_names(self.file.found.header)
        dropped = self.ground.settings.drops(self.file.source, self.file.found.header)
        self._dropped = frozenset(names[name] for name in dropped)
        mapping = self.file.mapping.without(dropped)
        self._mapping, self._formats = renamed(mapping, self.file.formats, names)

    def __enter__(self) -> Intake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for file in self._files.values():
                file.abandon()

    def understand(self, chunk: Chunk, part_rows: int) -> tuple[list[Reject], Iterator[Part]]:
        """What cannot be understood, and the rest in parts of so many rows."""
        rows = self.file.fill.fill(chunk.rows)
        names = engine_names(rows.column_names)
        found = rows.rename_columns(list(names.values())).add_column(
            0, _LINE, pa.array(chunk.lines, pa.int64())
        )
        wrong, parts = self._understand(found, part_rows)
        own_names = {inside: name for name, inside in names.items()}
        kept = rows.drop_columns([own_names[inside] for inside in sorted(self._dropped & set(own_names))])
        return rejects_of(wrong, kept, chunk.lines, own_names), parts

    def _understand(self, found: pa.Table, part_rows: int) -> tuple[pa.Table, Iterator[Part]]:
        kind, file = self.file.mapping.kind, self._known(self._mapping)
        if kind == "people":
            cards = people.understand(self.session, found, file)
            return cards.rejects, cut(cards, None, part_rows)
        if kind == "orders":
            sold = orders.understand(self.session, found, file)
            kinds = sold.lines.column("line_kind")
            self._unpaid += pc.sum(pc.equal(kinds, "unpaid")).as_py() or 0
            self._evidence += pc.sum(pc.equal(kinds, "evidence")).as_py() or 0
            self._walk_ins += pc.sum(sold.lines.column("walk_in")).as_py() or 0
            return sold.rejects, self._with_buyers(sold.lines, part_rows, sold.answers)
        if kind in EVENT_KINDS:
            happened = events.understand(self.session, found, file)
            return happened.rejects, self._with_buyers(happened.events, part_rows, {})
        if kind == "traits":
            self._foreign = told = traits.understand(self.session, found, file)
            return told.rejects, (Part(told=part) for part in told.parts(part_rows))
        understand = rates.understand if kind == "rates" else things.understand
        thing = understand(self.session, found, file)
        return thing.rejects, iter([Part(facts=thing.rows)])

    def still_rejected(self, connection: Connection, wrong: Sequence[Reject]) -> list[Reject]:
        """The rejects that are kept to be mended: not the rows of people who were erased, nor of strangers."""
        if self._foreign is not None:
            lines = [one.line for one in wrong]
            known = known_lines(connection, self._foreign, lines, self._provenance())
            self._strangers += len(wrong) - sum(line in known for line in lines)
            wrong = [one for one in wrong if one.line in known]
        keys = {name for name, one in self.file.mapping.columns.items() if one.field in KEY_FIELDS}
        sources = {self.file.source, self._customers()}
        gone = of_erased(connection, [one.raw for one in wrong], keys, sources)
        self._erased += sum(gone)
        return [one for one, erased in zip(wrong, gone, strict=True) if not erased]

    def store(self, connection: Connection, part: Part) -> Stored:
        """Store one part, and mirror what was accepted in the lake's files."""
        if part.told is not None:
            stored = store_traits(connection, part.told, self._provenance())
            self._strangers += stored.strangers
            return stored
        stored = Stored()
        if part.cards is not None:
            stored = self._store_cards(connection, part.cards, kept=part.facts is not None)
        if part.facts is None:
            self._erased += stored.erased
            return stored
        kind, import_id = self.file.mapping.kind, self.file.import_id
        if kind != "orders" and kind not in EVENT_KINDS:
            table = tables.products if kind == "products" else tables.reference
            stored = store_reference(connection, table, part.facts, import_id=import_id)
            self._told_twice += stored.retold if kind == "areas" else 0
            return stored
        if kind != "orders":
            return self._store_facts(connection, tables.events, part.facts, replays=bool(self.file.mends))
        beside = part.facts.column("beside")
        stored = self._store_facts(
            connection,
            tables.order_lines,
            part.facts.filter(pc.invert(beside)),
            replays=bool(self.file.mends),
        )
        self._store_facts(connection, tables.order_lines, part.facts.filter(beside), replays=False)
        return stored

    def _store_facts(self, connection: Connection, table: Table, facts: pa.Table, *, replays: bool) -> Stored:
        """Store order lines or events."""
        if not facts.num_rows:
            return Stored()
        of = self._provenance(replays=replays)
        if table is tables.order_lines:
            stored = store_order_lines(connection, facts, self.met, of, told=self.told)
            if stored.rows is not None:
                self._others.meet(stored.rows)
        else:
            stored = store_events(connection, facts, self.met, of)
        self._erased += stored.erased
        self._mirror(table, stored)
        return stored

    def settle(self, connection: Connection) -> Retold:
        """When all rows are stored: the newest whole telling of an order counts. Mended rows tell no order whole."""
        if self.file.mapping.kind == "orders" and not self.file.mends:
            self._retold = retold.settle(
                connection, self.told, self.met, source=self.file.source, import_id=self.file.import_id,
                rivals=self.file.rivals, now_us=self.ground.now_us(),
            )  # fmt: skip
            self._changed.setdefault(tables.order_lines.name, set()).update(self._retold.changed_imports)
        return self._retold

    def _store_cards(self, connection: Connection, cards: People, *, kept: bool) -> Stored:
        """Store cards; with `kept` a card that a record has already stays."""
        stored = store_people(connection, cards, self._provenance(), keep_cards=kept)
        self._mirror(tables.record_versions, stored)
        return stored

    def _provenance(self, *, replays: bool = False) -> Provenance:
        return Provenance(
            source=self.file.source, customers=self._customers(), import_id=self.file.import_id,
            now_us=self.ground.now_us(), replays=replays,
        )  # fmt: skip

    def _customers(self) -> str:
        """The source whose records the file's customer keys name."""
        return (
            self.ground.settings.source(self.file.source).customers
            or self.file.mapping.customers
            or self.file.source
        )

    def remarks(self, connection: Connection) -> list[str]:
        """What is worth saying of the rows as a whole."""
        unpaid = plural(
            "{count} line is of an order that nobody has paid, or not yet (pending, on hold, expired, failed): it is"
            " kept, and counts as a sale when a newer export says that it is paid",
            "{count} lines are of orders that nobody has paid, or not yet (pending, on hold, expired, failed): they are"
            " kept, and count as sales when a newer export says that they are paid",
            self._unpaid,
        )
        walk_ins = plural(
            "{count} line is of nobody in particular (walk-in, guest, customer 0): it counts for the shop, and for"
            " no customer",
            "{count} lines are of nobody in particular (walk-in, guest, customer 0): they count for the shop, and for"
            " no customer",
            self._walk_ins,
        )
        evidence = plural(
            "{count} row is a whole sale or a payment beside its lines: it is kept, and only the lines count",
            "{count} rows are whole sales or payments beside their lines: they are kept, and only the lines count",
            self._evidence,
        )
        erased = plural(
            "{count} row is of somebody who was erased: what was bought counts for nobody, the rest is left out",
            "{count} rows are of people who were erased: what was bought counts for nobody, the rest is left out",
            self._erased,
        )
        strangers = plural(
            "{count} row names nobody you know, or several people at once: nothing of it is kept. Load the file again"
            " when you have new customers",
            "{count} rows name nobody you know, or several people at once: nothing of them is kept. Load the file again"
            " when you have new customers",
            self._strangers,
        )
        told_twice = plural(
            "{count} row tells an area again, with other values: the last one counts",
            "{count} rows tell an area again, with other values: the last one counts",
            self._told_twice,
        )
        said = (
            (told_twice, self._told_twice), (unpaid, self._unpaid), (walk_ins, self._walk_ins),
            (evidence, self._evidence), (erased, self._erased), (strangers, self._strangers),
        )  # fmt: skip
        others = self._others.remarks(self.ground, connection)
        return [*(sentence for sentence, count in said if count), *others, *self._retold.remarks()]

    def close(self) -> None:
        """Finish the lake's files."""
        for file in self._files.values():
            file.close()

    def enter(self, connection: Connection) -> None:
        """Put the closed files on the manifest: from now on readers see this import."""
        for file in self._files.values():
            file.enter(connection)
        for name, import_ids in self._changed.items():
            self.ground.lake.mark_dirty(connection, sorted(import_ids), tables.metadata.tables[name])

    def _known(self, mapping: FileMapping) -> KnownFile:
        return KnownFile(
            name=self.file.found.path.name,
            source=self.file.source,
            mapping=mapping,
            formats=self._formats,
            settings=self.ground.settings,
            loaded_us=self.ground.now_us(),
            dropped=self._dropped,
        )

    def _with_buyers(self, facts: pa.Table, part_rows: int, answers: Mapping[str, Answer]) -> Iterator[Part]:
        """Say whose each fact is: by the customer key alone, or by all that the row tells of its buyer."""
        there = [name for name in (*_BUYER, *answers) if name in facts.column_names]
        told = [name for name in there if facts.column(name).null_count < facts.num_rows]
        if told in ([], ["customer_key"]):
            return cut(None, facts.append_column("source_key", facts.column("customer_key")), part_rows)
        buyers = facts.select(["line", *told]).group_by(told, use_threads=False).aggregate([("line", "min")])
        known = buyers.column(told[0]).is_valid()
        for name in told[1:]:
            known = pc.or_(known, buyers.column(name).is_valid())
        buyers = buyers.filter(known)
        rename = _on_cards(answers)
        buyers = buyers.rename_columns([rename.get(name, name) for name in buyers.column_names])
        meaning = {
            rename.get(name, name): self._meaning(answers[name])
            if name in answers
            else Column(field="source_key" if name == "customer_key" else name)
            for name in told
        }
        file = self._known(FileMapping(kind="people", columns=meaning, options=self._mapping.options))
        cards = people.understand(self.session, buyers.sort_by("line"), file)
        return cut(cards, self._keyed(facts, buyers, cards, told, rename), part_rows)

    def _meaning(self, answer: Answer) -> Column:
        """What a column of answers means on the card of a buyer; its parts are joined already."""
        return replace(self._mapping.columns.get(answer.column, Column(field=answer.field)), join=())

    def _keyed(
        self, facts: pa.Table, buyers: pa.Table, cards: People, told: list[str], rename: Mapping[str, str]
    ) -> pa.Table:
        """The facts with the source key that their buyer's card has."""
        self.session.table("facts", facts)
        self.session.table("buyers", buyers)
        self.session.table("cards", cards.rows.select(["line", "source_key"]))
        same = " and ".join(f'f."{name}" is not distinct from b."{rename.get(name, name)}"' for name in told)
        return self.session.rows(
            f"select f.*, c.source_key from facts f left join buyers b on {same} left join cards c on c.line = b.line"
            " order by f.line"
        )

    def _mirror(self, table: Table, stored: Stored) -> None:
        if stored.rows is not None and self.mirrors:
            if table.name not in self._files:
                self._files[table.name] = LakeFile(self.ground.lake, table, self.file.import_id)
            self._files[table.name].add(stored.rows)
        self._changed.setdefault(table.name, set()).update(stored.changed_imports)


def _on_cards(answers: Mapping[str, Answer]) -> dict[str, str]:
    """What columns of facts are called on the cards of their buyers; a proof names the file's own column."""
    own = {name: answer.column for name, answer in answers.items()}
    return {"line_min": "line", "customer_key": "source_key", **own}
