"""Ledgers of the ground, each written through one function of `store.ledgers` or `store.lake`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Text

from regulars.store.tables.columns import Number, number, table, text

meta = table("meta", "store", Column("key", Text, primary_key=True), text("value", null=False))
rejects = table(
    "rejects",
    "store",
    Column("reject_id", Number, primary_key=True),
    number("import_id", null=False),
    text("file", null=False, personal=True),
    number("line", null=False),
    text("column"),
    text("reason", null=False, personal=True),  # in English; of an early version: as it was said
    text("reason_fr", personal=True),  # null: of an early version, `reason` stands for both
    text("raw", null=False, personal=True),  # JSON: the row as found, by column
    number("replayed_by"),  # the import that a mended copy of it came with
    Index("rejects_of_import", "import_id"),
)
touched = table("touched", "store", number("record", key=True), number("at_us", null=False))
audit = table(
    "audit",
    "store",
    Column("entry", Number, primary_key=True),
    number("at_us", null=False),
    text("who", null=False, personal=True),
    text("action", null=False),
    text("subject", null=False, personal=True),
    text("detail", null=False, personal=True),
)
lake_files = table(
    "lake_files",
    "store",
    Column("file", Text, primary_key=True),
    text("table", null=False),
    number("import_id"),
    number("first_fact"),
    number("last_fact"),
    number("rows", null=False),
    text("checksum", null=False),
    Column("dirty", Boolean, nullable=False),
)
results = table(
    "results",
    "store",
    Column("name", Text, primary_key=True),  # indicators, segments, …: derived tables, always rebuildable
    text("file", null=False),
    number("as_of", null=False),
    number("rows", null=False),
    number("built_us", null=False),
)
