"""The ledgers of the ground: one function writes each."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from regulars.store.rows import insert as insert_rows
from regulars.store.rows import put, read, upsert
from regulars.store.tables import audit, imports, meta, rejects, results, touched, unbuilt
from regulars.words import Text

#: Who did, in the audit log, what nobody did by hand.
BY_ITSELF = "match"


def reject(connection: Connection, rows: pa.Table) -> None:
    """Keep rows that could not be understood: import_id, file, line, column, reason, reason_fr, raw."""
    insert_rows(connection, rejects, rows)


def forget_rejects(connection: Connection, import_id: int) -> None:
    """Drop the rejects of an import that is taken back, and reopen those that it had mended."""
    connection.execute(delete(rejects).where(rejects.c.import_id == import_id))
    connection.execute(update(rejects).where(rejects.c.replayed_by == import_id).values(replayed_by=None))


def forget_old_rejects(connection: Connection, until_us: int, most: int) -> int:
    """Drop at most so many rejects of imports begun before an instant, mended or not; how many it were."""
    old = select(imports.c.import_id).where(imports.c.started_us < until_us)
    statement = select(rejects.c.reject_id).where(rejects.c.import_id.in_(old)).limit(most)
    found = connection.execute(statement).scalars().all()
    connection.execute(delete(rejects).where(rejects.c.reject_id.in_(found)))
    return len(found)


def mend_raw(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Put something else in the place of some rejects as they were found: reject_id, raw."""
    statement = update(rejects).where(rejects.c.reject_id == bindparam("of_reject"))
    values = [{"of_reject": reject_id, "raw_left": raw} for reject_id, raw in rows]
    connection.execute(statement.values(raw=bindparam("raw_left")), values)


def tell_otherwise(connection: Connection, import_id: int, column: str, why: Text) -> None:
    """Say something else of the rejects of an import that wait because of a column."""
    of_it = (rejects.c.import_id == import_id) & (rejects.c.column == column)
    connection.execute(update(rejects).where(of_it).values(reason=why.en, reason_fr=why.fr))


def still_rejected(connection: Connection, *, file_hash: str, source: str) -> int:
    """How many rows of the very same file of a source wait as rejects: not mended, and not too old to be kept."""
    of_it = select(imports.c.import_id).where(
        imports.c.file_hash == file_hash, imports.c.source == source, imports.c.state == "done"
    )
    waiting = rejects.c.import_id.in_(of_it) & rejects.c.replayed_by.is_(None)
    rows = select(rejects.c.line, rejects.c.raw).where(waiting).distinct().subquery()
    statement = select(func.count()).select_from(rows)
    return connection.execute(statement).scalar_one()


def mend_rejects(connection: Connection, reject_ids: Sequence[int], import_id: int) -> None:
    """Say that mended copies of these rejects came with an import."""
    for at in range(0, len(reject_ids), 10_000):
        some = rejects.c.reject_id.in_(reject_ids[at : at + 10_000])
        connection.execute(update(rejects).where(some).values(replayed_by=import_id))


def touch(connection: Connection, records: pa.Array, at_us: int) -> None:
    """Say that something about these records changed, so that what hangs on them is computed again."""
    unique = records.unique()
    upsert(
        connection, touched, pa.table({"record": unique, "at_us": pa.repeat(pa.scalar(at_us), len(unique))})
    )


def touch_built(connection: Connection, records: Sequence[int], at_us: int) -> None:
    """The same where nothing of it tells who is who: only what was built of these records is behind."""
    if records and connection.execute(select(results.c.name).limit(1)).first() is not None:
        put(connection, unbuilt, ("record", "at_us"), [(record, at_us) for record in records], again=True)


def touch_few(connection: Connection, records: Sequence[int], at_us: int) -> None:
    """The same for a few records, quickly."""
    put(connection, touched, ("record", "at_us"), [(record, at_us) for record in records], again=True)


def settle_touched(connection: Connection) -> None:
    """Say that all that was touched has been matched; what was built before stays behind it until the next build."""
    if connection.execute(select(results.c.name).limit(1)).first() is not None:
        connection.execute(delete(unbuilt).where(unbuilt.c.record.in_(select(touched.c.record))))
        connection.execute(
            insert(unbuilt).from_select(["record", "at_us"], select(touched.c.record, touched.c.at_us))
        )
    connection.execute(delete(touched))


def outdate(connection: Connection, records: Sequence[int], at_us: int) -> None:
    """Say that something about a few records changed which matching does not read: what was built is behind it."""
    put(connection, unbuilt, ("record", "at_us"), [(record, at_us) for record in records], again=True)


def settle_unbuilt(connection: Connection) -> None:
    """Say that all that was matched has been built."""
    connection.execute(delete(unbuilt))


def note(connection: Connection, *, at_us: int, who: str, action: str, subject: str, detail: str) -> None:
    """Write a line in the audit log."""
    put(
        connection,
        audit,
        ("at_us", "who", "action", "subject", "detail"),
        [(at_us, who, action, subject, detail)],
    )


def remember(connection: Connection, key: str, value: str) -> None:
    """Keep one value of the shop's own: its salt, its counters."""
    upsert(connection, meta, pa.table({"key": [key], "value": [value]}))


def recall(connection: Connection, key: str) -> str | None:
    """A value that `remember` kept."""
    found = read(connection, "select value from meta where key = ?", (key,))
    return found[0][0] if found else None


def next_facts(connection: Connection, count: int) -> int:
    """Take `count` fact numbers and return the first."""
    return _take(connection, "next_fact", count)


def next_numbers(connection: Connection, counter: str, count: int) -> int:
    """Take `count` numbers of a counter and return the first. Numbers begin at 1 and are never given twice."""
    return _take(connection, f"next_{counter}", count)


def _take(connection: Connection, key: str, count: int) -> int:
    statement = (
        "insert into meta (key, value) values (?, ?) on conflict (key) do update"
        " set value = cast(cast(meta.value as bigint) + ? as text) returning value"
    )
    ((after,),) = read(connection, statement, (key, str(1 + count), count))
    return int(after) - count
