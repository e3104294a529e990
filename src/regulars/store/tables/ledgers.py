"""Ledgers of the ground, each written through one function of `store.ledgers` or `store.lake`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Text

from regulars.store.tables.columns import Erasure, Number, number, table, text

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
    erasure=Erasure("apart"),
)
touched = table(
    "touched",
    "store",
    number("record", key=True),
    number("at_us", null=False),
    erasure=Erasure("kept", why="a number, and only until the next match"),
)
#: Records that were touched and matched since the last build: what is counted of their people is of before.
unbuilt = table(
    "unbuilt",
    "store",
    number("record", key=True),
    number("at_us", null=False),
    erasure=Erasure("kept", why="a number, and only until the next build"),
)
#: What is not to come back: salted hashes of the keys of erased records, and of the addresses not to be written to.
suppressions = table(
    "suppressions",
    "store",
    Column("mark", Text, primary_key=True),
    text("kind", null=False),  # record, email, phone
    number("at_us", null=False),
    erasure=Erasure("kept", why="it says nothing to whom does not know the value already"),
)
audit = table(
    "audit",
    "store",
    Column("entry", Number, primary_key=True),
    number("at_us", null=False),
    text("who", null=False, personal=True),
    text("action", null=False),
    text("subject", null=False, personal=True),
    text("detail", null=False, personal=True),
    erasure=Erasure("kept", why="it names records by their numbers, and tells that they were erased"),
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
