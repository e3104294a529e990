"""Files that were loaded, and what their columns mean."""

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
