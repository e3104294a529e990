"""Holdings: which columns each source brought, what they mean, and how many cells of them the shop keeps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from regulars.flow import Ground
from regulars.flow.worth.uses import field_key
from regulars.model.fields import EVENT_KINDS, IDENTIFIER_PREFIX, KINDS, OPT_OUT, PEOPLE
from regulars.sources import reads
from regulars.sources.reads import Import
from regulars.sources.vocabulary.fingerprint import plain
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.store.tables import (
    PERSON_FIELDS,
    events,
    identifiers,
    order_lines,
    products,
    record_versions,
    reference,
    rejects,
    traits,
)

#: The tables that keep cells of a row as they were found, by column, and the column they are in.
_AS_FOUND: Mapping[Table, str] = {
    record_versions: "raw", order_lines: "extra", events: "properties", products: "extra", reference: "attributes",
    traits: "attributes", rejects: "raw",
}  # fmt: skip
#: The columns of facts that hold what a field says, where they may be empty.
_READ: Mapping[Table, tuple[str, ...]] = {
    record_versions: PERSON_FIELDS,
    order_lines: (
        "product_id",
        "product_name",
        "category",
        "store",
        "channel",
        "payment",
        "coupon",
        "status",
    ),
    events: ("product_id", "channel", "campaign", "value", "rating", "said"),
    products: ("product_name", "category", "brand", "unit_price", "unit_cost", "currency", "stock"),
}
_SAID = ("title", "text")
#: Beside these: other numbers of people, and answers, which stand in the row as found.
_COUNTED = (IDENTIFIER_PREFIX, "consent_", OPT_OUT)
#: Words of a header under which anything may be written, and what a browser tells of its user.
_NOTES = frozenset(
    [
        "note",
        "notes",
        "memo",
        "comment",
        "comments",
        "commentaire",
        "commentaires",
        "remarque",
        "remarques",
        "message",
        "ip",
    ]
)
_ROWS_AT_ONCE = 10_000
Cells = Counter[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One column that the files of a source have."""

    source: str
    kind: str
    column: str  #: as the files write it
    field: str | None  #: what it means; None: nothing to us, it is kept as it is
    key: str | None  #: the field as all kinds share it: `people.email`
    personal: bool  #: it can hold what is known of a person
    cells: int  #: kept of it, empty ones left out

    @property
    def name(self) -> str:
        """The name by which settings know it: `crm.Birth place`."""
        return f"{self.source}.{self.column}"


def holdings(ground: Ground) -> list[Holding]:
    """Every column of the imports that count, by source."""
    with ground.store.read() as connection:
        done = [one for one in reads.imports(connection) if one.state == "done"]
        found, read = _found(connection), _read(connection)
    cells: Counter[tuple[str, str, str]] = Counter()
    means: dict[tuple[str, str, str], str | None] = {}
    for one in done:
        for column, field in _columns(one, found):
            at = (one.source, one.kind, column)
            means[at] = field or means.get(at)
            cells[at] += _cells(one, column, field, found, read)
    return [
        Holding(
            source=source,
            kind=kind,
            column=column,
            field=field,
            key=field and field_key(kind, field),
            personal=_personal(kind, column, field),
            cells=cells[source, kind, column],
        )
        for (source, kind, column), field in sorted(means.items())
    ]


def _columns(one: Import, found: Cells) -> Iterator[tuple[str, str | None]]:
    """The columns of a file, and what each means."""
    means = {
        part: column.field for name, column in one.mapping.columns.items() for part in (name, *column.join)
    }
    kept = {
        column for import_id, column in found if import_id == one.import_id and column not in PERSON_FIELDS
    }
    header = dict.fromkeys((*one.header, *means)) if one.header else dict.fromkeys((*means, *sorted(kept)))
    return ((column, means.get(column)) for column in header)


def _cells(one: Import, column: str, field: str | None, found: Cells, read: Cells) -> int:
    """How many cells of a column are kept: as found, or as what was read from them, whichever are more.

    What no sale or event can be without has as many as there are rows.
    """
    as_found = found[one.import_id, column]
    if field is None:
        return as_found
    name = "said" if field in _SAID else field
    counted = name.startswith(_COUNTED) or any(name in names for names in _READ.values())
    return max(as_found, read[one.import_id, name] if counted else one.accepted or 0)


def _personal(kind: str, column: str, field: str | None) -> bool:
    """Whether a column can hold what is known of a person.

    What means nothing to us is of the person in a file of people; beside a sale or an event where its name says so:
    it is what we would read as a name, an address, a telephone, or a note.
    """
    if field is not None:
        known = KINDS[kind].fields.get(field)
        return field.startswith(IDENTIFIER_PREFIX) or (known is not None and known.personal)
    if kind not in ("orders", *EVENT_KINDS):
        return kind in ("people", "traits")
    if _NOTES & set(plain(column).split()):
        return True
    return any(
        PEOPLE.fields[one.field].personal
        for one in lexicon().meanings(column, "people")
        if one.field in PEOPLE.fields
    )


def _found(connection: Connection) -> Cells:
    """The cells as they were found, by import and column."""
    cells: Cells = Counter()
    for table, name in _AS_FOUND.items():
        rows = select(table.c.import_id, table.c[name]).where(table.c[name].is_not(None))
        for import_id, raw in connection.execute(rows.execution_options(yield_per=_ROWS_AT_ONCE)):
            cells.update((import_id, column) for column in _filled(json.loads(raw)))
    return cells


def _filled(row: Mapping[str, object]) -> Iterable[str]:
    return (column for column, value in row.items() if value not in (None, ""))


def _read(connection: Connection) -> Cells:
    """The cells that hold what was read from a file, by import and field."""
    cells: Cells = Counter()
    for table, names in _READ.items():
        counted = (func.count(table.c[name]).label(name) for name in names)
        for row in connection.execute(select(table.c.import_id, *counted).group_by(table.c.import_id)):
            for name in names:
                cells[row.import_id, name] += row._mapping[name]
    kinds = select(identifiers.c.import_id, identifiers.c.type, func.count().label("cells"))
    for row in connection.execute(kinds.group_by(identifiers.c.import_id, identifiers.c.type)):
        at = (row.import_id, f"{IDENTIFIER_PREFIX}{row.type}")
        cells[at] += row.cells
    return cells
