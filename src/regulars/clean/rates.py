"""Rates of exchange: what one unit of another currency is in the shop's, from a day on until the next that is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from regulars.clean.row.found import PLAIN_INSTANTS, KnownFile, layout
from regulars.clean.row.instants import day_sql
from regulars.clean.row.rejects import rejected
from regulars.clean.things import Things
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.words import Text, both

_SQL = statements(Path(__file__).with_suffix(".sql"))


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> Things:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text. Rows of `reference`, by currency and day."""
    where = layout(chunk, file)
    session.table("found", chunk)
    day, rate = where.field_sql("day"), where.field_sql("rate")
    written = next((where.date_formats(name) for name in where.names("day")), ()) or PLAIN_INSTANTS
    point = f"replace({rate}, ',', '.')" if where.decimal_separator("rate") == "," else rate
    session.create(
        "read",
        _SQL["read"].format(
            currency=where.field_sql("currency"),
            day=day,
            rate=rate,
            read_day=day_sql(day, written),
            read_rate=f"regexp_replace({point}, '\\s', '', 'g')",
        ),
    )
    rows = session.rows(_SQL["rates"], {"source": file.source})
    wrong = session.rows("select * from read where wrong is not null order by line").to_pylist()
    return Things(
        rows=rows,
        rejects=rejected((row["line"], where.named(row["wrong"]), _reason(row)) for row in wrong),
    )


def _reason(row: Mapping[str, object]) -> Text:
    match row["wrong"]:
        case "currency":
            return both("'{value}' is not an ISO 4217 code such as EUR", value=row["currency"] or "")
        case "day":
            return both("'{value}' is not a day", value=row["day_found"] or "")
        case _:
            return both("'{value}' is not a rate above 0", value=row["rate_found"] or "")
