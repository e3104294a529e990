"""Rejects: list them, write them out to be mended in a spreadsheet, and take the mended ones in again."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.clean.order.fill import FillDown
from regulars.errors import Invalid, NotFound
from regulars.flow import Ground, Progress
from regulars.flow.facts import finished
from regulars.flow.loading.intake import UnderstoodFile
from regulars.flow.loading.load import Way, take_in
from regulars.flow.loading.understanding import LoadedFile, file_hash
from regulars.flow.loading.withdrawing import recover
from regulars.flow.outputs import written
from regulars.flow.turn import takes_turn
from regulars.model.cells import as_it_was, harmless
from regulars.model.mapping import FileMapping, Options
from regulars.sources import reads
from regulars.sources.found import Broken, Chunk, Found
from regulars.sources.reading import sniff
from regulars.sources.reading.read import read
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import rejects
from regulars.words import Text, _, language, plural

#: Columns of the file that is mended, before those of the rejected rows themselves.
ABOUT = ("reject_id", "file", "line", "column", "reason")
#: Stands before the name of a column of theirs that is called like one of `ABOUT`.
_OWN = "raw."
#: What a row's cells beyond its header are called.
_BEYOND = re.compile(r"\+\d+")


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
    it, or not changed in it, are left as they are.
    """
    recover(ground)
    mended = _mended(file)
    waiting = _waiting(ground)
    unknown = sorted(set(mended) - set(waiting))
    if unknown:
        raise NotFound(
            _("'{file}' has reject {number}, which is not waiting", file=file.name, number=unknown[0]),
            _("`regulars rejects` lists those that are; it may have been replayed already"),
        )
    imports = sorted({waiting[reject_id].import_id for reject_id in mended})
    return [
        _replay_import(
            ground,
            file,
            import_id,
            [(waiting[r], m) for r, m in mended.items() if waiting[r].import_id == import_id],
            progress,
        )
        for import_id in imports
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A reject that nobody has mended."""

    reject_id: int
    import_id: int
    torn: bool  #: not one of its cells is wrong: it could not be cut into the header's cells
    reason: Text
    row: Mapping[str, str]  #: as found, by column

    def is_as_it_was(self, row: Mapping[str, str]) -> bool:
        """Whether a row says what the rejected one said, cell by cell; blanks do not count."""
        return _said(row) == _said(self.row)

    def still_has_too_much(self, row: Mapping[str, str]) -> bool:
        """Whether text is left in the cells for which the header has no column."""
        return self.torn and any(_BEYOND.fullmatch(name) for name in _said(row))


def _waiting(ground: Ground) -> dict[int, _Waiting]:
    names = ("reject_id", "import_id", "column", "reason", "reason_fr", "raw")
    with ground.store.read() as connection:
        statement = columns_of(rejects, *names).where(rejects.c.replayed_by.is_(None))
        found = fetch(connection, statement).to_pylist()
    return {
        one["reject_id"]: _Waiting(
            reject_id=one["reject_id"],
            import_id=one["import_id"],
            torn=one["column"] is None,
            reason=Text(en=one["reason"], fr=one["reason_fr"] or one["reason"]),
            row=json.loads(one["raw"]),
        )
        for one in found
    }


def _said(row: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that hold text, their blanks made one."""
    told = {name: " ".join(value.split()) for name, value in row.items()}
    return {name: value for name, value in told.items() if value}


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
    ground: Ground,
    file: Path,
    import_id: int,
    mended: list[tuple[_Waiting, _Mended]],
    progress: Progress | None,
) -> LoadedFile:
    """Take in the rows of one import that were changed; the others go on waiting as they are, and are counted."""
    with ground.store.read() as connection:
        was = reads.one_import(connection, import_id)
    changed = [(reject, one) for reject, one in mended if not reject.is_as_it_was(one.row)]
    same = len(mended) - len(changed)
    result = LoadedFile(
        file=str(file), source=was.source, kind=was.kind, mapping=was.mapping, rows_in=same, rejected=same
    )
    if same:
        result.notes.append(
            plural(
                "{count} row is as it was: it waits on, under the same number",
                "{count} rows are as they were: they wait on, under the same numbers",
                same,
            )
        )
    if not changed:
        return result
    chunk = _chunk(changed, was.mapping)
    understood = UnderstoodFile(
        source=was.source,
        found=Found(path=file, format="csv", header=tuple(chunk.rows.column_names)),
        file_hash=file_hash(file),
        mapping=was.mapping,
        formats=was.formats,
        fill=FillDown(order_column=None, columns=()),
        mends=tuple(reject.reject_id for reject, _one in changed),
    )
    way = Way(transaction=ground.store.write, rehearsed=False, progress=progress)
    return take_in(ground, understood, result, iter([chunk]), way)


def _chunk(changed: list[tuple[_Waiting, _Mended]], mapping: FileMapping) -> Chunk:
    """The changed rows as they are taken in; those that still have too many cells stand beside them."""
    whole = [one for reject, one in changed if not reject.still_has_too_much(one.row)]
    columns = dict.fromkeys([*_named(mapping), *(name for one in whole for name in one.row)])
    return Chunk(
        lines=[one.line for one in whole],
        rows=pa.table(
            {name: pa.array([one.row.get(name) for one in whole], pa.string()) for name in columns}
        ),
        broken=[
            Broken(line=one.line, reason=reject.reason, raw=one.row)
            for reject, one in changed
            if reject.still_has_too_much(one.row)
        ],
    )


def _named(mapping: FileMapping) -> list[str]:
    """The columns that a mapping reads: a mended row may have them all empty."""
    return [part for name, column in mapping.columns.items() for part in column.join or (name,)]
