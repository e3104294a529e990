"""Rates of exchange, laid out for counting: which factor makes minor units of a currency minor units of the shop's."""

from __future__ import annotations

import json

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.flow import Ground
from regulars.model.money import minor_digits
from regulars.store.tables import imports, reference

SCHEMA = pa.schema(
    [
        ("currency", pa.string()),
        ("since_day", pa.int64()),
        ("until_day", pa.int64()),
        ("factor", pa.float64()),
    ]
)
_FOR_EVER = 10_000_000


def rates(ground: Ground, connection: Connection) -> pa.Table:
    """Factors by currency and day, `since_day` included and `until_day` not: the latest rate on or before a day holds.

    Of two sources that tell a day the one trusted most counts, then the one heard of last.
    """
    told: dict[str, dict[int, float]] = {}
    statement = (
        select(reference.c.source, reference.c.fact, reference.c.attributes)
        .join(imports, imports.c.import_id == reference.c.import_id)
        .where(reference.c.kind == "rates", reference.c.superseded_by.is_(None), imports.c.state == "done")
    )
    found = connection.execute(statement).all()
    for row in sorted(found, key=lambda row: (-ground.settings.source(row.source).rank, row.fact)):
        one = json.loads(row.attributes)
        told.setdefault(one["currency"], {})[one["day"]] = one["rate"]
    own = ground.settings.shop.currency
    rows = []
    for currency, days in told.items():
        scale = 10.0 ** (minor_digits(own) - minor_digits(currency))
        for day, until in zip(sorted(days), [*sorted(days)[1:], _FOR_EVER], strict=True):
            rows.append(
                {"currency": currency, "since_day": day, "until_day": until, "factor": days[day] * scale}
            )
    return pa.Table.from_pylist([row for row in rows if row["currency"] != own], SCHEMA)
