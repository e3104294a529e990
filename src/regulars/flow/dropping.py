"""Dropping: columns that `[privacy] drop` names are emptied in what stands already; loads do not keep them."""

from __future__ import annotations

import json

import pyarrow as pa
from sqlalchemy import Table, select

from regulars.clean.writes.dropped import (
    FOUND,
    Dropped,
    empty_read,
    empty_words,
    forget_traits,
    put_cells,
    rows_with_cells,
    without,
)
from regulars.clean.writes.retention import Key
from regulars.errors import Invalid, did_you_mean
from regulars.flow import Ground
from regulars.flow.loading.names import engine_names
from regulars.flow.rereading import reread_cards
from regulars.flow.turn import takes_turn
from regulars.settings import plain_column
from regulars.sources import reads
from regulars.sources.reads import Import
from regulars.store import ledgers
from regulars.store.tables import record_versions, rejects
from regulars.words import _, both

_ROWS_A_WRITE = 1_000
#: Where each row of traits is one answer.
_ANSWERED = {"question", "answer"}
#: Which columns were dropped already, so that a night does not look through everything again.
_DROPPED = "dropped_columns"


@takes_turn
def drop_columns(ground: Ground) -> int:
    """Empty the columns that are dropped since the last time; in how many rows something was deleted."""
    asked = sorted(ground.settings.privacy.drop)
    with ground.store.read() as connection:
        done = json.loads(ledgers.recall(connection, _DROPPED) or "[]")
        imports = reads.imports(connection)
    if asked == done:
        return 0
    new = set(asked) - set(done)
    for name in new:
        _check(name, imports)
    rows = sum(_drop(ground, one) for one in imports if new and one.state == "done")
    with ground.store.write() as connection:
        ledgers.remember(connection, _DROPPED, json.dumps(asked))
    return rows


def _check(name: str, imports: list[Import]) -> None:
    """A column that no file of its source has is a slip of the pen."""
    source = name.partition(".")[0].strip().casefold()
    known = {
        f"{one.source}.{column}"
        for one in imports
        if one.source.casefold() == source
        for column in one.parts()
    }
    if known and not any(plain_column(one) == plain_column(name) for one in known):
        raise Invalid(
            _("[privacy] drop: no file of '{source}' has the column '{name}'", source=source, name=name),
            did_you_mean(name, known) or _("`regulars importance --json` lists its columns"),
        )


def _drop(ground: Ground, one: Import) -> int:
    columns = ground.settings.drops(one.source, one.parts())
    if not columns:
        return 0
    named = engine_names(one.header)
    columns |= {named[column] for column in columns if column in named}
    of = Dropped(
        import_id=one.import_id, columns=columns, fields=one.mapping.fields_of(columns), kind=one.kind
    )
    rows = _forget_answers(ground, one, of)
    rows += sum(_empty_table(ground, table, of) for table in FOUND) + _empty_rejects(ground, of)
    if not of.fields:
        return rows
    read = reread_cards(ground, one, of) if of.person_fields or of.types else 0
    with ground.store.write() as connection:
        theirs = select(record_versions.c.record).where(record_versions.c.import_id == one.import_id)
        touched = pa.array(connection.execute(theirs).scalars().all(), pa.int64())
        read += empty_read(connection, of)
        empty_words(connection, of)
        ledgers.touch(connection, touched, ground.now_us())
        ground.lake.mark_dirty(connection, [one.import_id])
        ground.lake.forget_cards(connection)
    return max(rows, read)


def _forget_answers(ground: Ground, one: Import, of: Dropped) -> int:
    """Delete the answers of a file with one a row, when their column or that of the questions is dropped."""
    if one.kind != "traits" or not one.mapping.fields() >= _ANSWERED or _ANSWERED.isdisjoint(of.fields):
        return 0
    with ground.store.write() as connection:
        return forget_traits(connection, of)


def _empty_table(ground: Ground, table: Table, of: Dropped) -> int:
    emptied, after = 0, Key()
    while True:
        with ground.store.read() as connection:
            rows, after = rows_with_cells(connection, table, of, after=after, most=_ROWS_A_WRITE)
        with ground.store.write() as connection:
            put_cells(connection, table, rows)
        emptied += len(rows)
        if not after:
            return emptied


def _empty_rejects(ground: Ground, of: Dropped) -> int:
    with ground.store.write() as connection:
        for column in sorted(of.columns):
            why = both("'{column}' could not be read, and is no longer kept", column=column)
            ledgers.tell_otherwise(connection, of.import_id, column, why)
    with ground.store.read() as connection:
        waiting = select(rejects.c.reject_id, rejects.c.raw).where(rejects.c.import_id == of.import_id)
        found = [(row.reject_id, without(row.raw, of.columns)) for row in connection.execute(waiting)]
    left = [(reject_id, raw) for reject_id, raw in found if raw is not None]
    for at in range(0, len(left), _ROWS_A_WRITE):
        with ground.store.write() as connection:
            ledgers.mend_raw(connection, left[at : at + _ROWS_A_WRITE])
    return len(left)
