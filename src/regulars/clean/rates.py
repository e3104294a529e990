"""Rates of exchange: what one unit of another currency is in the shop's, from a day on until the next that is told."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from regulars.clean.row.found import PLAIN_INSTANTS, layout, literal
from regulars.clean.row.instants import day_sql
from regulars.clean.row.rejects import rejected
from regulars.clean.things import Things
from regulars.engine import Session
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping
from regulars.settings import Settings
from regulars.words import Text, both

_READ = """
select line, currency, day, rate, day_found, rate_found,
    case
        when currency is null or not regexp_full_match(currency, '[A-Z]{{3}}') then 'currency'
        when day is null then 'day'
        when rate is null or not rate > 0 or not isfinite(rate) then 'rate'
    end as wrong
from (
    select
        line, upper(trim({currency})) as currency, {day} as day_found, {rate} as rate_found,
        date_diff('day', date '1970-01-01', {read_day}) as day, try_cast({read_rate} as double) as rate
    from found
)
"""


def understand(
    session: Session,
    chunk: pa.Table,
    mapping: FileMapping,
    formats: Mapping[str, ColumnFormat],
    settings: Settings,
    *,
    source: str,
) -> Things:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text. Rows of `reference`, by currency and day."""
    where = layout(chunk.column_names, mapping, formats, settings, source)
    session.table("found", chunk)
    day, rate = where.field_sql("day"), where.field_sql("rate")
    written = next((where.date_formats(name) for name in where.names("day")), ()) or PLAIN_INSTANTS
    point = f"replace({rate}, ',', '.')" if where.decimal_separator("rate") == "," else rate
    session.create(
        "read",
        _READ.format(
            currency=where.field_sql("currency"),
            day=day,
            rate=rate,
            read_day=day_sql(day, written),
            read_rate=f"regexp_replace({point}, '\\s', '', 'g')",
        ),
    )
    rows = session.rows(
        f"""select line, concat_ws(' ', currency, day) as key, md5(concat_ws(' ', currency, day, rate)) as content_hash,
            cast(json_object('currency', currency, 'day', day, 'rate', rate) as varchar) as attributes,
            'rates' as kind, {literal(source)} as source
        from read where wrong is null order by line"""
    )
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
