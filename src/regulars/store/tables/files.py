"""Files that were loaded, what their columns mean, and on what terms data from outside was had."""

from __future__ import annotations

from sqlalchemy import Column, Text

from regulars.store.tables.columns import Erasure, Number, number, table, text

imports = table(
    "imports",
    "sources",
    Column("import_id", Number, primary_key=True),
    text("file", null=False, personal=True),
    text("file_hash", null=False),  # SHA-256 of the bytes
    text("source", null=False),
    text("kind", null=False),
    text("mapping", null=False),  # JSON, as authored
    text("formats", null=False),  # JSON: how each column of numbers or dates is written
    text("header"),  # JSON: the file's columns; null: not known, it was loaded by an early version
    text("state", null=False),  # loading, done, undone
    number("started_us", null=False),
    number("finished_us"),
    number("rows_in"),
    number("accepted"),
    number("rejected"),
    number("duplicates"),
    erasure=Erasure("kept", why="the shop named its files; an import is of many people"),
)
source_mappings = table(
    "source_mappings",
    "sources",
    Column("source", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),  # of the header, order-free
    text("mapping", null=False),
    number("confirmed_us"),
)
#: What a source of data from outside says of itself; what nobody said is null.
outside_sources = table(
    "outside_sources",
    "sources",
    Column("source", Text, primary_key=True),
    text("origin"),  # bought, asked, public, partner
    number("price"),  # what it cost in all, in minor units of the shop's currency
    text("licence"),
    number("licence_until"),  # the last day on which it may be used
    number("of_day"),  # the day that it is of
    number("said_us", null=False),
)
