"""Load: from files to facts. One import a file; it counts whole or not at all.

Rows go in parts, each a short transaction, so that other writers get their turn. While an import is `loading` no
reader sees it: the lake's file, which the engine reads, goes on the manifest with the last transaction. What an
interrupted or killed load left behind is taken back, at once or by the next command that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection

from regulars.clean.order.occurrences import Occurrences
from regulars.clean.order.tellings import Tellings
from regulars.errors import Invalid
from regulars.flow import Ground, Progress
from regulars.flow.loading.customers import (
    Buyers,
    customers_of,
    customers_told_of,
    kept_apart_from,
    keys_in,
)
from regulars.flow.loading.intake import Intake, UnderstoodFile
from regulars.flow.loading.parts import Reject, raw_json
from regulars.flow.loading.terms import check_terms, keep_terms
from regulars.flow.loading.understanding import LoadedFile, Said, not_loaded, passed_over, understand_files
from regulars.flow.loading.withdrawing import recover, roll_back, withdraw
from regulars.flow.outputs import own_places
from regulars.flow.turn import takes_turn
from regulars.model.mapping import Options, read_mapping
from regulars.model.outside import Terms
from regulars.sources import reads, writes
from regulars.sources.found import Chunk, Found
from regulars.sources.reading import files, sniff
from regulars.sources.reading.read import read
from regulars.sources.reading.runs import whole_runs
from regulars.sources.reads import Import
from regulars.sources.vocabulary.fingerprint import fingerprint
from regulars.store import ledgers
from regulars.store.rows import schema_of
from regulars.store.tables import rejects
from regulars.words import _

CHUNK_ROWS = 20_000  #: understood at once
PART_ROWS = 10_000  #: written at once

Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an import is written: for real, or rehearsed and rolled back."""

    transaction: Transaction
    rehearsed: bool
    progress: Progress | None
    begun: set[int] = field(default_factory=set)  #: imports of this load


def load(
    ground: Ground,
    paths: Sequence[str | Path],
    *,
    source: str | None = None,
    kind: str | None = None,
    mapping: Path | None = None,
    terms: Terms | None = None,
    customers: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[LoadedFile]:
    """Load files, folders and globs; with `terms` they hold data from outside. `customers` is the source that
    customer keys are of. A dry run gives the same counts and writes nothing.

    A file that cannot be loaded is `Invalid`; among others it stands with its `error`, and the others are loaded.
    """
    if terms is not None:
        check_terms(ground, terms)
    given = read_mapping(mapping) if mapping else None
    said = Said(source=source, kind=kind, mapping=given, terms=terms, customers=customers)
    options = said.mapping.options if said.mapping else Options()
    meant = files.find_files(paths, [*own_places(ground.folder), *([mapping] if mapping else [])])
    found, odd = _sniffed(meant.tables, options)
    odd += [not_loaded(path, files.no_table(path)) for path in meant.others]
    if dry_run:
        with _rehearsal(ground) as transaction:
            way = Way(transaction=transaction, rehearsed=True, progress=progress)
            loaded = _load_all(ground, found, said, way)
    else:
        loaded = _load_for_real(ground, found, said, progress)
    if len(found) + len(odd) == 1:
        for one in (*loaded, *odd):
            if one.error:
                raise one.error
    return [*loaded, *odd, *map(passed_over, meant.readmes)]


def _sniffed(paths: Sequence[Path], options: Options) -> tuple[list[Found], list[LoadedFile]]:
    """What each file is, and those that are no tables."""
    found, odd = [], []
    for path in paths:
        try:
            found.append(sniff.sniff(path, options))
        except Invalid as problem:
            odd.append(not_loaded(path, problem))
    return found, odd


@takes_turn
def _load_for_real(
    ground: Ground, found: Sequence[Found], said: Said, progress: Progress | None
) -> list[LoadedFile]:
    recover(ground)
    way = Way(transaction=ground.store.write, rehearsed=False, progress=progress)
    return _load_all(ground, found, said, way)


def _load_all(ground: Ground, found: Sequence[Found], said: Said, way: Way) -> list[LoadedFile]:
    """Understand every file before the first is written, so that people come before the orders that name them."""
    in_turn, odd = understand_files(ground, found, said)
    loaded = []
    for file, result in in_turn:
        try:
            loaded.append(_load_file(ground, file, result, way))
            keep_terms(ground, result, said.terms, rehearsed=way.rehearsed)
        except Invalid as problem:
            odd.append(not_loaded(file.found.path, problem))
    return [*loaded, *odd]


def _load_file(ground: Ground, file: UnderstoodFile, result: LoadedFile, way: Way) -> LoadedFile:
    """One import, from its first row to the manifest; of a file that is loaded already, a line on record."""
    with way.transaction() as connection:
        before = reads.repeated(
            connection,
            file=file.found.path,
            file_hash=file.file_hash,
            source=file.source,
            mapping=file.mapping,
        )
        if before is not None and result.kind != "traits":  # whom it names may be known by now
            return _repeat(connection, ground, file, result, before, way)
    orders = file.mapping.column_of("order_id") if file.mapping.kind == "orders" else None
    return take_in(ground, file, result, whole_runs(read(file.found, CHUNK_ROWS), orders), way)


def _repeat(
    connection: Connection, ground: Ground, file: UnderstoodFile, result: LoadedFile, before: Import, way: Way
) -> LoadedFile:
    """Put on record that a file came again: its rows are duplicates of an import's, or rejects that wait already."""
    _begin(connection, ground, file, result, way)
    result.rows_in = before.rows_in or 0
    result.rejected = ledgers.still_rejected(connection, file_hash=before.file_hash, source=before.source)
    result.duplicates = result.rows_in - result.rejected
    _finish(connection, ground, file, result)
    if before.import_id in way.begun:
        same = _(
            "it is the very same as '{file}' of this load: nothing in it is new", file=Path(before.file).name
        )
    else:
        same = _(
            "this very file is loaded already, as import {number}: nothing in it is new",
            number=before.import_id,
        )
    result.notes.append(same)
    if not way.rehearsed:
        result.import_id = file.import_id
    return result


def take_in(
    ground: Ground, file: UnderstoodFile, result: LoadedFile, chunks: Iterator[Chunk], way: Way
) -> LoadedFile:
    """Take the rows of one import in, whole or not at all."""
    with way.transaction() as connection:
        _name_customers(connection, ground, file, result)
        _begin(connection, ground, file, result, way)
    try:
        _take_rows(ground, file, result, chunks, way)
    except BaseException:
        if not way.rehearsed:
            roll_back(ground, file.import_id)
        raise
    if not way.rehearsed:
        result.import_id = file.import_id
    return result


def _begin(
    connection: Connection, ground: Ground, file: UnderstoodFile, result: LoadedFile, way: Way
) -> None:
    file.rivals = reads.of_columns(connection, file.source, file.found.header)
    file.import_id = writes.begin_import(
        connection, file=result.file, file_hash=file.file_hash, source=file.source, kind=result.kind,
        mapping=file.mapping, formats=file.formats, header=file.found.header, started_us=ground.now_us(),
    )  # fmt: skip
    way.begun.add(file.import_id)


def _name_customers(connection: Connection, ground: Ground, file: UnderstoodFile, result: LoadedFile) -> None:
    """Find out whose customers the file's keys name, when nobody said; the people files are loaded by now."""
    column = file.mapping.column_of("customer_key")
    known = file.mapping.customers or ground.settings.source(file.source).customers
    if column is None or known or result.export:
        return
    if result.kind == "traits":
        _name_traits(connection, file, result, column)
        return
    whose = customers_of(
        connection,
        Buyers(
            source=file.source,
            file=file.found.path,
            column=column,
            some=file.buyers,
            all=lambda: frozenset().union(*(keys_in(chunk.rows, column) for chunk in read(file.found))),
        ),
    )
    if whose is None:
        return
    if whose.customers is None:
        result.questions.append(whose.sentence)
        return
    file.mapping = result.mapping = replace(file.mapping, customers=whose.customers)
    result.notes.append(whose.sentence)


def _name_traits(connection: Connection, file: UnderstoodFile, result: LoadedFile, column: str) -> None:
    """Find out whose customers a file from outside tells of, by its first keys."""
    whose = customers_told_of(connection, file.source, column, file.buyers)
    if whose is None:
        return
    if whose.customers is None:
        result.questions.append(whose.sentence)
        return
    file.mapping = result.mapping = replace(file.mapping, customers=whose.customers)
    result.notes.append(whose.sentence)


def _take_rows(
    ground: Ground, file: UnderstoodFile, result: LoadedFile, chunks: Iterator[Chunk], way: Way
) -> None:
    """Understand and store chunk after chunk, then make the import count."""
    with (
        ground.engine.session() as session,
        Occurrences() as met,
        Tellings() as told,
        Intake(ground, session, file, met, told, mirrors=not way.rehearsed) as intake,
    ):
        for chunk in chunks:
            wrong, parts = intake.understand(chunk, PART_ROWS)
            wrong += [
                Reject(line=one.line, column=None, reason=one.reason, raw=one.raw) for one in chunk.broken
            ]
            told.miss(one.line for one in wrong)
            with way.transaction() as connection:
                kept = intake.still_rejected(connection, wrong)
                ledgers.reject(connection, _reject_rows(kept, chunk, file))
            result.duplicates += len(wrong) - len(kept)
            result.rejected += len(kept)
            for part in parts:
                with way.transaction() as connection:
                    stored = intake.store(connection, part)
                result.accepted += stored.accepted
                result.duplicates += stored.duplicates
            result.rows_in += chunk.count
            if way.progress:
                way.progress(_("loading {file}", file=file.found.path.name), result.rows_in, None)
        with way.transaction() as connection:
            result.withdrawn = intake.settle(connection).lines
            remarks = intake.remarks(connection)
        result.notes += remarks if result.rows_in else [_("no rows in it: nothing stands below its header")]
        intake.close()
        with way.transaction() as connection:
            intake.enter(connection)
            _finish(connection, ground, file, result)
            key = file.mapping.column_of("source_key") if result.kind == "people" else None
            if key and result.accepted:
                result.questions += kept_apart_from(connection, file.source, key)


def _finish(connection: Connection, ground: Ground, file: UnderstoodFile, result: LoadedFile) -> None:
    now_us = ground.now_us()
    writes.finish_import(
        connection, file.import_id, rows_in=result.rows_in, accepted=result.accepted, rejected=result.rejected,
        duplicates=result.duplicates, finished_us=now_us,
    )  # fmt: skip
    if file.mends:
        ledgers.mend_rejects(connection, file.mends, file.import_id)
        return
    header = fingerprint(file.found.header)
    confirmed_us = now_us if file.given else None
    writes.remember_mapping(
        connection, source=file.source, fingerprint=header, mapping=file.mapping, confirmed_us=confirmed_us
    )


@contextmanager
def _rehearsal(ground: Ground) -> Iterator[Transaction]:
    """Transactions that are really one, rolled back at the end; what a killed load left behind is out of the way."""
    with ground.store.rehearse() as connection:
        for one in reads.unfinished(connection):
            withdraw(ground, connection, one.import_id, ground.now_us())

        @contextmanager
        def transaction() -> Iterator[Connection]:
            """The one transaction of the rehearsal, whichever is asked for."""
            yield connection

        yield transaction


def _reject_rows(wrong: Sequence[Reject], chunk: Chunk, file: UnderstoodFile) -> pa.Table:
    rows = [
        {
            "import_id": file.import_id,
            "file": str(file.found.path),
            "line": chunk.line_of(one.line),
            "column": one.column,
            "reason": one.reason.en,
            "reason_fr": one.reason.fr,
            "raw": raw_json(one.raw),
        }
        for one in wrong
    ]
    names = ("import_id", "file", "line", "column", "reason", "reason_fr", "raw")
    return pa.Table.from_pylist(rows, pa.schema([schema_of(rejects).field(name) for name in names]))
