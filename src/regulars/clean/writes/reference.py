"""Products, stores, areas and rates are stored by their own key."""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import Connection, Table, select

from regulars.clean.writes.versions import Stored, supersede
from regulars.store.ledgers import next_facts
from regulars.store.rows import fetch_where_in, insert, schema_of


def store_reference(connection: Connection, table: Table, rows: pa.Table, *, import_id: int) -> Stored:
    """Store products, stores or areas: known by their own key, the newest version counts."""
    keys = [column.name for column in table.primary_key if column.name != "fact"]
    named = sorted(set(zip(*(rows.column(key).to_pylist() for key in keys), strict=True)))
    versions = select(table).where(table.c.superseded_by.is_(None))
    current = fetch_where_in(connection, versions, [table.c[key] for key in keys], named)
    known = {tuple(row[key] for key in keys): row for row in current.to_pylist()}
    kept: dict[tuple[object, ...], dict[str, object]] = {}
    stored = Stored()
    for row in rows.to_pylist():
        key = tuple(row[name] for name in keys)
        before = kept.get(key) or known.get(key)
        if before is not None and before["content_hash"] == row["content_hash"]:
            stored.duplicates += 1
            continue
        stored.retold += key in kept or known.get(key, {}).get("import_id") == import_id
        kept[key] = row
        stored.accepted += 1
    first = next_facts(connection, len(kept))
    facts = [row | {"fact": first + n, "import_id": import_id} for n, row in enumerate(kept.values())]
    replaced = [int(str(known[key]["fact"])) for key in kept if key in known]
    near = table.c[keys[-1]].in_([key[-1] for key in kept if key in known])
    supersede(connection, table, replaced, near, import_id)
    insert(connection, table, pa.Table.from_pylist(facts, schema_of(table)))
    return stored
