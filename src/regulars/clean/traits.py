"""Traits: what is told of people from elsewhere, by whatever names them, or rejects with a reason.

A row is wide (each further column is a trait) or an answer to one question. What it says of names, addresses and
consent is left aside: those a person tells the shop, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.clean import people
from regulars.clean.row.found import KnownFile, Layout, filled_json_sql, layout
from regulars.clean.row.instants import EARLIEST_US
from regulars.clean.row.keys import rounded
from regulars.clean.row.rejects import rejected
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import MICROSECONDS_A_DAY
from regulars.model.fields import NAMING
from regulars.model.mapping import FileMapping
from regulars.words import Text, both

_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a chunk of rows tells, as Arrow tables; `line` is the line of the file in each."""

    rows: pa.Table  #: line, source_key (null: it is named otherwise), topic, at_us, attributes, content_hash
    keys: pa.Table  #: line, source_key: of every row, also of those that are rejected
    identifiers: pa.Table  #: line, source_key, type, value
    rejects: pa.Table  #: see `rejected`

    def parts(self, rows: int) -> Iterator[Traits]:
        """The same in parts of so many rows; what names them goes with each."""
        for at in range(0, self.rows.num_rows, rows):
            yield replace(self, rows=self.rows.slice(at, rows))


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> Traits:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text."""
    where = layout(chunk, file)
    named = people.understand(session, chunk, replace(file, mapping=_naming(file.mapping)))
    session.table("found", chunk)
    session.create(
        "read",
        _SQL["read"].format(
            when_text=where.field_sql("at"),
            at_us=where.instant_sql("at"),
            topic=f"lower(trim({where.field_sql('question')}))" if _is_long(where) else "''",
            attributes=_attributes_sql(where),
            earliest=EARLIEST_US,
            latest=file.loaded_us + MICROSECONDS_A_DAY,
        ),
    )
    odd = session.rows(_SQL["rejects"]).to_pylist()
    wrong = rejected((row["line"], *_reason(row, where)) for row in odd)
    return Traits(
        rows=session.rows(_SQL["traits"]),
        keys=session.rows(_SQL["keys"]),
        identifiers=named.identifiers,
        rejects=wrong,
    )


def _naming(mapping: FileMapping) -> FileMapping:
    """The mapping of the columns alone that name somebody."""
    meant = {
        name: replace(column, field="source_key" if column.field == "customer_key" else column.field)
        for name, column in mapping.columns.items()
        if column.field in ("customer_key", *NAMING)
    }
    return replace(mapping, kind="people", columns=meant, defaults={})


def _is_long(where: Layout) -> bool:
    return where.has("question") and where.has("answer")


def _attributes_sql(where: Layout) -> str:
    """SQL for the JSON of what a row tells; null when it tells nothing."""
    if not _is_long(where):
        alone = [*where.names("question"), *where.names("answer")]
        return filled_json_sql([*where.unmapped(), *alone])
    question, answer = where.field_sql("question"), where.field_sql("answer")
    return (
        f"case when {question} is not null and {answer} is not null"
        f" then cast(json_object(trim({question}), trim({answer})) as varchar) end"
    )


def _reason(row: Mapping[str, Any], where: Layout) -> tuple[str | None, Text]:
    """The column that is wrong, and why."""
    column, value = where.named("at"), row["text"]
    match row["problem"]:
        case "rounded":
            key = where.named("customer_key")
            return key, rounded(key)
        case "nothing":
            return None, both("this row tells nothing: no trait, or no answer to its question")
        case "future":
            return column, both("'{value}' in '{column}' is in the future", value=value, column=column)
        case "past":
            return column, both(
                "'{value}' in '{column}' is too long ago to be true", value=value, column=column
            )
        case _:
            return column, both(
                "'{value}' in '{column}' is not a date like the others", value=value, column=column
            )
