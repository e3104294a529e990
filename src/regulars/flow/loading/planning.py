"""The plan of a load: what each file is, which system it comes from, and in which turn the files are taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from regulars.clean.order.fill import FillDown
from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.loading.intake import Plan
from regulars.model.mapping import FileMapping
from regulars.sources import reads
from regulars.sources.found import Found, Proposal
from regulars.sources.meaning import checks, columns
from regulars.sources.meaning.fingerprint import fingerprint
from regulars.sources.meaning.series import series_of
from regulars.sources.notation import formats
from regulars.sources.origin import Origin, Told, elsewhere, origin_of
from regulars.sources.reading.read import sample

SAMPLE_ROWS = 20_000  #: that meanings and formats are decided from
#: People and products first: orders then find the customers they name.
_ORDER = ("rates", "stores", "areas", "people", "products", "orders")


@dataclass(slots=True, kw_only=True)
class LoadedFile:
    """What became of one file. `rows_in = accepted + rejected + duplicates`."""

    file: str
    source: str
    kind: str
    mapping: FileMapping
    import_id: int | None = None  #: None for a dry run
    export: str | None = None  #: the known export it was recognised as
    rows_in: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0
    withdrawn: int = (
        0  #: lines loaded before that no longer count, for this file tells their orders without them
    )
    confidence: dict[str, float] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    questions: list[str] = field(default_factory=list)  #: what a person should confirm
    notes: list[str] = field(default_factory=list)
    error: Invalid | None = None  #: why nothing of it was loaded

    def as_json(self) -> dict[str, object]:
        """The contract's form."""
        return {
            "file": self.file,
            "source": self.source,
            "kind": self.kind,
            "import_id": self.import_id,
            "rows_in": self.rows_in,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "withdrawn": self.withdrawn,
            "mapping": {name: column.field for name, column in self.mapping.columns.items()},
            "export": self.export,
            "confidence": self.confidence,
            "ignored": list(self.ignored),
            "questions": self.questions,
            "notes": self.notes,
            "error": self.error.sentence if self.error else None,
            "next_step": self.error.next_step if self.error else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the person who loads says about the files."""

    source: str | None = None
    kind: str | None = None
    mapping: FileMapping | None = None


def plan_files(
    ground: Ground, found: Sequence[Found], asked: Asked
) -> tuple[list[tuple[Plan, LoadedFile]], list[LoadedFile]]:
    """Plan some files, in the turn they are to be taken in; beside them those that nobody understands."""
    with ground.store.read() as connection:
        before = reads.told(connection)
    planned, odd = [], []
    for one in found:
        try:
            plan, result = _plan(ground, one, asked, before)
        except Invalid as problem:
            odd.append(not_loaded(one.path, problem))
            continue
        before.append(_told(plan.found, plan.file_hash, plan.source, result.kind))
        planned.append((plan, result))
    return _in_turn(planned), odd


def not_loaded(file: Path, problem: Invalid) -> LoadedFile:
    """A file of which nothing was loaded, and why."""
    return LoadedFile(
        file=str(file), source="", kind="", mapping=FileMapping(kind="", columns={}), error=problem
    )


def _in_turn(planned: Sequence[tuple[Plan, LoadedFile]]) -> list[tuple[Plan, LoadedFile]]:
    """People before the orders that name them; of a source the file of January before that of February."""
    sources = list(dict.fromkeys(plan.source for plan, _result in planned))

    def turn(pair: tuple[Plan, LoadedFile]) -> tuple[int, int, tuple[int, ...]]:
        plan, result = pair
        rank = _ORDER.index(result.kind) if result.kind in _ORDER else len(_ORDER)
        return rank, sources.index(plan.source), series_of(plan.found.path).place

    return sorted(planned, key=turn)


def _plan(ground: Ground, found: Found, asked: Asked, before: Sequence[Told]) -> tuple[Plan, LoadedFile]:
    """Decide what the columns of a file mean and how they are written, from its first rows, and whose file it is."""
    shop, hashed = ground.settings.shop, file_hash(found.path)
    rows = sample(found, SAMPLE_ROWS)
    named = asked.source or (asked.mapping.source if asked.mapping else None)
    likely = named or origin_of(_told(found, hashed, "", asked.kind or ""), before).source
    with ground.store.read() as connection:
        remembered = reads.remembered_mapping(connection, likely, fingerprint(found.header))
    proposal = columns.propose(found, rows, shop, remembered, asked.mapping, asked.kind)
    origin = _origin(_told(found, hashed, named or "", proposal.mapping.kind), before, proposal)
    decided = formats.decide(rows, proposal.mapping, shop, found)
    plan = Plan(
        source=origin.source,
        found=found,
        file_hash=hashed,
        mapping=proposal.mapping,
        formats=decided,
        fill=FillDown(order_column=proposal.order_column, columns=proposal.fill_down),
        given=asked.mapping is not None,
        buyers=_keys(rows, proposal.mapping.column_of("customer_key")),
    )
    said = [origin.note] if origin.note else []
    return plan, LoadedFile(
        file=str(found.path),
        source=plan.source,
        kind=plan.mapping.kind,
        mapping=plan.mapping,
        export=proposal.export,
        confidence=dict(proposal.confidence),
        ignored=proposal.ignored,
        questions=[*proposal.questions, *formats.questions(decided)],
        notes=[*found.notes, *checks.check(rows, plan.mapping, found), *formats.notes(decided), *said],
    )


def _origin(file: Told, before: Sequence[Told], proposal: Proposal) -> Origin:
    """Whose a file is: what a person says, else what its name, its columns and its bytes say."""
    if file.source:
        return Origin(file.source, elsewhere(file, before))
    return origin_of(file, before, proposal.mapping.source if proposal.export else None)


def _told(found: Found, hashed: str, source: str, kind: str) -> Told:
    return Told(file=found.path, file_hash=hashed, source=source, kind=kind, header=found.header)


def _keys(rows: pa.Table, column: str | None) -> frozenset[str]:
    """The keys in a column of a file's first rows, as they are compared."""
    if column is None or column not in rows.column_names:
        return frozenset()
    return frozenset(
        key.strip().lstrip("'").removesuffix(".0") for key in rows.column(column).unique().to_pylist() if key
    )


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
