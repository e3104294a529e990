"""Rejects: list them, write them out to be mended in a spreadsheet, and take the mended ones in again."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.clean.order.fill import FillDown
from regulars.errors import Invalid, NotFound
from regulars.flow import Ground, Progress
from regulars.flow.facts import finished
from regulars.flow.loading.intake import UnderstoodFile
from regulars.flow.loading.load import Way, recover, take_in
from regulars.flow.loading.understanding import LoadedFile, file_hash
from regulars.flow.outputs import written
from regulars.flow.turn import takes_turn
from regulars.model.cells import as_it_was, harmless
from regulars.model.mapping import FileMapping, Options
from regulars.sources import reads
from regulars.sources.found import Chunk, Found
from regulars.sources.reading import sniff
from regulars.sources.reading.read import read
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import rejects
from regulars.words import _, language

#: Columns of the file that is mended, before those of the rejected rows themselves.
ABOUT = ("reject_id", "file", "line", "column", "reason")
#: Stands before the name of a column of theirs that is called like one of `ABOUT`.
_OWN = "raw."


def list_rejects(ground: Ground) -> list[dict[str, object]]:
    """The rejects that nobody has mended: reject_id, import_id, file, line, column, reason, raw.

    The reason is in the language of this process, whatever that of the load was.
    """
    names = ("reject_id", "import_id", "file", "line", "column", "reason", "reason_fr", "raw")
    with ground.store.read() as connection:
        statement = columns_of(rejects, *names)
        waiting = rejects.c.replayed_by.is_(None) & rejects.c.import_id.in_(finished())
        found = fetch(connection, statement.where(waiting).order_by(rejects.c.reject_id))
    return [_in_one_language(one) for one in found.to_pylist()]


def _in_one_language(reject: dict[str, object]) -> dict[str, object]:
    french = reject.pop("reason_fr")
    return {**reject, "reason": french or reject["reason"]} if language() == "fr" else reject


def write_for_mending(ground: Ground, output: Path) -> int:
    """Write the rejects as CSV, one column a column of theirs, to be mended and replayed; their number."""
    listed = list_rejects(ground)
    rows = [{_heading(name): value for name, value in json.loads(str(one["raw"])).items()} for one in listed]
    columns = dict.fromkeys(name for row in rows for name in row)
    with (
        written(ground.folder, output) as made,
        made.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(harmless(name) for name in (*ABOUT, *columns))
        for one, row in zip(listed, rows, strict=True):
            about = [one[name] for name in ABOUT]
            writer.writerow(harmless(cell) for cell in (*about, *map(row.get, columns)))
    return len(listed)


@takes_turn
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
            ground, file, import_id, {r: m for r, m in mended.items() if known[r] == import_id}, progress
        )
        for import_id in sorted({known[reject_id] for reject_id in mended})
    ]


@dataclass(frozen=True, slots=True)
class _Mended:
    """A mended row, by column, and where it stands in the mended file."""

    line: int
    row: dict[str, str]


def _mended(file: Path) -> dict[int, _Mended]:
    """The mended rows of a file, by reject."""
    found = sniff.sniff(file, Options())
    if "reject_id" not in found.header:
        raise Invalid(
            _("'{file}' has no column 'reject_id'", file=file.name),
            _("write the rejects with `regulars rejects --output mend.csv`, mend that file and replay it"),
        )
    mended: dict[int, _Mended] = {}
    for chunk in read(found):
        if chunk.broken:
            raise Invalid(
                _("line {line}: {reason}", line=chunk.broken[0].line, reason=chunk.broken[0].reason),
                _("mend that line; nothing was taken in"),
            )
        for line, row in zip(chunk.lines, chunk.rows.to_pylist(), strict=True):
            number = _number(row.pop("reject_id"), file)
            if number in mended:
                raise Invalid(
                    _("'{file}' has reject {number} twice", file=file.name, number=number),
                    _(
                        "keep one row of it; further rows belong into a file of their own, for `regulars load`"
                    ),
                )
            mended[number] = _Mended(line, _raw(row, file))
    return mended


def _number(text: str | None, file: Path) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise Invalid(
            _("'{file}': '{text}' is not the number of a reject", file=file.name, text=text or ""),
            _("leave that column as it was"),
        ) from None


def _heading(name: str) -> str:
    """The heading of a rejected row's own column, beside those that tell about the reject."""
    return f"{_OWN}{name}" if name in ABOUT or name.startswith(_OWN) else name


def _raw(row: dict[str, str | None], file: Path) -> dict[str, str]:
    if row.get("raw"):
        try:
            return {str(name): str(value) for name, value in json.loads(row["raw"] or "").items()}
        except (ValueError, AttributeError):
            raise Invalid(
                _("'{file}': the column 'raw' of a row is not JSON", file=file.name),
                _("mend the row as it was written"),
            ) from None
    return {
        as_it_was(name).removeprefix(_OWN): as_it_was(value)
        for name, value in row.items()
        if value and name not in ABOUT
    }


def _replay_import(
    ground: Ground, file: Path, import_id: int, mended: dict[int, _Mended], progress: Progress | None
) -> LoadedFile:
    with ground.store.read() as connection:
        was = reads.one_import(connection, import_id)
    rows = [one.row for one in mended.values()]
    columns = tuple(dict.fromkeys([*_named(was.mapping), *(name for row in rows for name in row)]))
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns})
    understood = UnderstoodFile(
        source=was.source,
        found=Found(path=file, format="csv", header=columns),
        file_hash=file_hash(file),
        mapping=was.mapping,
        formats=was.formats,
        fill=FillDown(order_column=None, columns=()),
        mends=tuple(mended),
    )
    result = LoadedFile(file=str(file), source=was.source, kind=was.kind, mapping=was.mapping)
    chunk = Chunk(lines=[one.line for one in mended.values()], rows=table)
    way = Way(transaction=ground.store.write, rehearsed=False, progress=progress)
    return take_in(ground, understood, result, iter([chunk]), way)


def _named(mapping: FileMapping) -> list[str]:
    """The columns that a mapping reads: a mended row may have them all empty."""
    return [part for name, column in mapping.columns.items() for part in column.join or (name,)]
