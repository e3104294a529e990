"""Standard facts, the records they hang on, and how good they are: what cleaning writes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, Text, UniqueConstraint

from regulars.store.tables.columns import GOES, NOBODYS, PERSON_FIELDS, PERSONAL, Erasure, number, table, text

#: The record that facts hang on when nobody is named: a sale for cash. It is never matched and never a person.
NOBODY = 0

records = table(
    "records",
    "clean",
    number("record", key=True),
    text("source", null=False),
    text("source_key", null=False, personal=True),
    UniqueConstraint("source", "source_key"),
    erasure=GOES,
)
#: Records on which nothing hangs any more, for an import was undone. Should they come again they get their numbers
#: back, and with these what people decided about them.
former_records = table(
    "former_records",
    "clean",
    Column("source", Text, primary_key=True),
    Column("source_key", Text, primary_key=True, info=PERSONAL),
    number("record", null=False),
    erasure=GOES,
)
record_versions = table(
    "record_versions",
    "clean",
    number("record", key=True),
    number("fact", key=True),
    number("import_id", null=False),
    number("line", null=False),
    text("content_hash", null=False),
    number("superseded_by"),
    number("seen_us", null=False),  # when the row says it was changed, else when it was loaded
    *(text(name, personal=True) for name in PERSON_FIELDS),
    text("raw", personal=True),  # JSON: the row as found, every column
    text("changes"),  # JSON: {field: [rule, …]}, which rule made each standard value differ from the raw one
    Index("record_versions_of_import", "import_id"),
    clustered=True,
    erasure=GOES,
)
identifiers = table(
    "identifiers",
    "clean",
    number("record", key=True),
    Column("type", Text, primary_key=True),  # email, phone, loyalty_card, user_id, or the mapping's own
    Column("value", Text, primary_key=True, info=PERSONAL),  # standardised
    number("fact", key=True),
    number("import_id", null=False),
    Index("identifiers_by_value", "type", "value"),
    clustered=True,
    erasure=GOES,
)
consents = table(
    "consents",
    "clean",
    number("record", key=True),
    number("fact", key=True),
    number("import_id"),
    text("channel", null=False),
    text("purpose", null=False),
    text("state", null=False),
    text("basis", null=False),
    text("source", null=False),
    text(
        "proof", personal=True
    ),  # JSON: file, line, column and word it was read from; `dated`: the file told when
    number("at_us", null=False),
    number("expires_us"),
    clustered=True,
    erasure=GOES,
)
orders = table(
    "orders",
    "clean",
    number("order_no", key=True),
    text("order_space", null=False),
    text("order_id", null=False, personal=True),
    UniqueConstraint("order_space", "order_id"),
    erasure=Erasure("apart"),
)
order_lines = table(
    "order_lines",
    "clean",
    number("record", key=True),
    number("sold_at_us", key=True),
    number("fact", key=True),
    number("order_no", null=False),
    text("source", null=False),
    number("import_id", null=False),
    number("line", null=False),  # line of the file
    number("nth", null=False),  # which of the equal lines of its order and file, from 1
    number("key_hash", null=False),  # of order and content
    number("content_hash", null=False),  # of the whole row as found
    number("superseded_by"),
    number("day", null=False),
    number("hour", null=False),  # 0..23, -1 when the source gives a date alone
    number("weekday", null=False),  # 0 = Monday
    text("product_id"),
    text("product_name"),
    text("category"),
    Column("quantity", Double, nullable=False),
    number("paid", null=False),
    number("discount", null=False),
    number("tax", null=False),  # of the order, on its first line
    number("shipping", null=False),  # of the order, on its first line
    text("currency", null=False),
    text("store"),
    text("channel"),
    text("payment"),
    text("coupon", personal=True),
    text("status"),
    text("line_kind", null=False),  # goods, fee, adjustment, unpaid, evidence
    Column("is_return", Boolean, nullable=False),
    text("extra", personal=True),  # JSON: columns that the mapping does not name
    Index("order_lines_of_order", "order_no"),
    clustered=True,
    erasure=NOBODYS,
)
events = table(
    "events",
    "clean",
    number("record", key=True),
    number("at_us", key=True),
    number("fact", key=True),
    text("source", null=False),
    number("import_id", null=False),
    number("line", null=False),
    number("nth", null=False),
    number("key_hash", null=False),
    number("content_hash", null=False),
    number("superseded_by"),
    number("day", null=False),
    number("hour", null=False),
    number("weekday", null=False),
    text("event", null=False),  # Segment's words
    text("product_id"),
    text("channel"),
    text("campaign"),
    number("value"),
    Column("rating", Double),  # stars of a review
    text("said", personal=True),  # a review or a ticket in its writer's words, its title in the first line
    text("properties", personal=True),  # JSON: everything else in the row
    Index("events_by_key", "key_hash"),
    clustered=True,
    erasure=NOBODYS,
)
products = table(
    "products",
    "clean",
    Column("source", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    number("fact", key=True),
    number("import_id", null=False),
    number("line", null=False),
    text("content_hash", null=False),
    number("superseded_by"),
    text("product_name"),
    text("category"),
    text("brand"),
    number("unit_price"),
    number("unit_cost"),
    text("currency"),
    Column("stock", Double),
    text("extra"),
)
reference = table(
    "reference",
    "clean",
    Column("kind", Text, primary_key=True),  # stores, areas, rates
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    number("fact", key=True),
    number("import_id", null=False),
    number("line", null=False),
    text("content_hash", null=False),
    number("superseded_by"),
    text("attributes", null=False, personal=True),  # JSON: every column; a store has a manager
    erasure=Erasure("kept", why="stores and areas; who manages a store is no customer there"),
)
#: What is told of people from elsewhere: by a partner, a bought list, an answer to a question.
traits = table(
    "traits",
    "clean",
    number("record", key=True),
    Column("source", Text, primary_key=True),
    Column(
        "topic", Text, primary_key=True
    ),  # the question, where an answer is a row; '' of a whole row of traits
    number("at_us", key=True),  # when it was told; 0: the file does not say
    number("fact", key=True),
    number("import_id", null=False),
    number("line", null=False),
    text("content_hash", null=False),
    number("superseded_by"),
    text("attributes", null=False, personal=True),  # JSON: {trait: text as found}
    clustered=True,
    erasure=GOES,
)

quality_figures = table(
    "quality_figures",
    "clean",
    number("at_us", key=True),  # when they were counted
    Column("source", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    number("rows", null=False),  # current records of the source
    number("filled", null=False),
    number("valid", null=False),
)
