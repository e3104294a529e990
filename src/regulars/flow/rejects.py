"""Rejects: list them, write them out to be mended in a spreadsheet, and take the mended ones in again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from regulars.clean.fill import FillDown
from regulars.errors import Invalid, NotFound
from regulars.flow import Ground, Progress
from regulars.flow.intake import Plan
from regulars.flow.load import LoadedFile, Way, file_hash, recover, roll_back, take_rows
from regulars.model.mapping import Options
from regulars.sources import formats, reads, sniff, writes
from regulars.sources.found import Chunk, Found
from regulars.sources.read import read
from regulars.store import ledgers
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import rejects
from regulars.words import _

#: Columns of the file that is mended, before those of the rejected rows themselves.
ABOUT = ("reject_id", "file", "line", "column", "reason")


def list_rejects(ground: Ground) -> list[dict[str, object]]:
    """The rejects that nobody has mended: reject_id, import_id, file, line, column, reason, raw."""
    with ground.store.read() as connection:
        statement = columns_of(rejects, "reject_id", "import_id", "file", "line", "column", "reason", "raw")
        found = fetch(
            connection, statement.where(rejects.c.replayed_by.is_(None)).order_by(rejects.c.reject_id)
        )
    return list(found.to_pylist())


def write_for_mending(ground: Ground, output: Path) -> int:
    """Write the rejects as CSV, one column a column of theirs, to be mended and replayed; their number."""
    listed = list_rejects(ground)
    columns: dict[str, None] = {}
    for one in listed:
        columns |= dict.fromkeys(json.loads(str(one["raw"])))
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*ABOUT, *columns], restval="", extrasaction="ignore")
        writer.writeheader()
        for one in listed:
            writer.writerow({**{name: one[name] for name in ABOUT}, **json.loads(str(one["raw"]))})
    return len(listed)


def replay(ground: Ground, file: Path, progress: Progress | None = None) -> list[LoadedFile]:
    """Take mended rejects in, as what their import was; one new import for each import they came from.

    The file is one that `write_for_mending` wrote, or the export `rejects` with its `raw` mended; rows taken out of
    it are left as they are.
    """
    recover(ground)
    mended = _mended(file)
    with ground.store.read() as connection:
        statement = columns_of(rejects, "reject_id", "import_id").where(rejects.c.replayed_by.is_(None))
        known = dict(zip(*fetch(connection, statement).to_pydict().values(), strict=True))
    unknown = sorted(set(mended) - set(known))
    if unknown:
        raise NotFound(
            _("'{file}' has reject {number}, which is not waiting", file=file.name, number=unknown[0]),
            _("`regulars rejects` lists those that are; it may have been replayed already"),
        )
    return [
        _replay_import(
            ground, file, import_id, {r: row for r, row in mended.items() if known[r] == import_id}, progress
        )
        for import_id in sorted({known[reject_id] for reject_id in mended})
    ]


def _mended(file: Path) -> dict[int, dict[str, str]]:
    """The mended rows of a file, by reject."""
    found = sniff.sniff(file, Options())
    if "reject_id" not in found.header:
        raise Invalid(
            _("'{file}' has no column 'reject_id'", file=file.name),
            _("write the rejects with `regulars rejects --output mend.csv`, mend that file and replay it"),
        )
    mended = {}
    for chunk in read(found):
        if chunk.broken:
            raise Invalid(
                _("line {line}: {reason}", line=chunk.broken[0].line, reason=chunk.broken[0].reason)
            )
        for row in chunk.rows.to_pylist():
            mended[_number(row.pop("reject_id"), file)] = _raw(row, file)
    return mended


def _number(text: str | None, file: Path) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise Invalid(
            _("'{file}': '{text}' is not the number of a reject", file=file.name, text=text),
            _("leave that column as it was"),
        ) from None


def _raw(row: dict[str, str | None], file: Path) -> dict[str, str]:
    if row.get("raw"):
        try:
            return {str(name): str(value) for name, value in json.loads(row["raw"] or "").items()}
        except (ValueError, AttributeError):
            raise Invalid(
                _("'{file}': the column 'raw' of a row is not JSON", file=file.name),
                _("mend the row as it was written"),
            ) from None
    return {name: value for name, value in row.items() if value and name not in ABOUT}


def _replay_import(
    ground: Ground, file: Path, import_id: int, mended: dict[int, dict[str, str]], progress: Progress | None
) -> LoadedFile:
    with ground.store.read() as connection:
        was = reads.one_import(connection, import_id)
    columns = list(dict.fromkeys([*was.mapping.columns, *(name for row in mended.values() for name in row)]))
    table = pa.table(
        {name: pa.array([row.get(name) for row in mended.values()], pa.string()) for name in columns}
    )
    found = Found(path=file, format="csv", header=tuple(columns))
    plan = Plan(
        source=was.source,
        found=found,
        mapping=was.mapping,
        formats=formats.decide(table, was.mapping, ground.settings.shop, found),
        fill=FillDown(order_column=None, columns=()),
        given=True,
    )
    result = LoadedFile(file=str(file), source=was.source, kind=was.kind, mapping=was.mapping)
    with ground.store.write() as connection:
        plan.import_id = writes.begin_import(
            connection, file=str(file), file_hash=file_hash(file), source=was.source, kind=was.kind,
            mapping=was.mapping, started_us=ground.now_us(),
        )  # fmt: skip
    way = Way(transaction=ground.store.write, rehearsed=False, progress=progress)
    try:
        take_rows(ground, plan, result, _one_chunk(table), way, replays=True)
    except BaseException:
        roll_back(ground, plan.import_id)
        raise
    with ground.store.write() as connection:
        ledgers.mend_rejects(connection, list(mended), plan.import_id)
    result.import_id = plan.import_id
    return result


def _one_chunk(table: pa.Table) -> Iterator[Chunk]:
    yield Chunk(lines=list(range(1, table.num_rows + 1)), rows=table)
