"""Every table of the store: its columns, its owner (the one room that writes it), and which columns are personal.

Facts (`record_versions`, `order_lines`, `events`, `consents`, `products`, `reference`) are append-only and carry
`fact`, a number that grows, and `import_id`, the import they came with. A fact that a newer version replaces is kept
and marked `superseded_by` that import, so that undoing the import brings it back. Facts hang on records, never on
people; `identity` is the only link.

Instants are microseconds since 1970 UTC (`…_us`), days are days since 1970 in the shop's zone, money is in minor
units of the fact's own currency.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

#: SQLite numbers rows only in a column that is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")
#: The column can hold what is known of a person: a customer, or somebody of the shop.
PERSONAL = {"personal": True}
#: The record that facts hang on when nobody is named: a sale for cash. It is never matched and never a person.
NOBODY = 0


def _table(
    name: str, owner: str, *columns: Column[object] | UniqueConstraint | Index, clustered: bool = False
) -> Table:
    return Table(name, metadata, *columns, info={"owner": owner}, sqlite_with_rowid=not clustered)


def _text(name: str, *, personal: bool = False, null: bool = True) -> Column[object]:
    return Column(name, Text, nullable=null, info=PERSONAL if personal else {})


def _number(name: str, *, null: bool = True, key: bool = False) -> Column[object]:
    return Column(name, Number, nullable=null and not key, primary_key=key, autoincrement=False)


meta = _table("meta", "store", Column("key", Text, primary_key=True), _text("value", null=False))

# --- sources: files and what their columns mean ---------------------------------------------------------------

imports = _table(
    "imports",
    "sources",
    Column("import_id", Number, primary_key=True),
    _text("file", null=False, personal=True),
    _text("file_hash", null=False),  # SHA-256 of the bytes
    _text("source", null=False),
    _text("kind", null=False),
    _text("mapping", null=False),  # JSON, as authored
    _text("formats", null=False),  # JSON: how each column of numbers or dates is written
    _text("header"),  # JSON: the file's columns; null: not known, it was loaded by an early version
    _text("state", null=False),  # loading, done, undone
    _number("started_us", null=False),
    _number("finished_us"),
    _number("rows_in"),
    _number("accepted"),
    _number("rejected"),
    _number("duplicates"),
)
source_mappings = _table(
    "source_mappings",
    "sources",
    Column("source", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),  # of the header, order-free
    _text("mapping", null=False),
    _number("confirmed_us"),
)

# --- clean: standard facts ------------------------------------------------------------------------------------

records = _table(
    "records",
    "clean",
    _number("record", key=True),
    _text("source", null=False),
    _text("source_key", null=False, personal=True),
    UniqueConstraint("source", "source_key"),
)
#: Records on which nothing hangs any more, for an import was undone. Should they come again they get their numbers
#: back, and with these what people decided about them.
former_records = _table(
    "former_records",
    "clean",
    Column("source", Text, primary_key=True),
    Column("source_key", Text, primary_key=True, info=PERSONAL),
    _number("record", null=False),
)
PERSON_FIELDS = (
    "name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "full_name", "email", "phone",
    "birth_date", "age", "gender", "language", "address_line", "house_number", "street", "unit", "city", "region",
    "postcode", "country", "loyalty_card", "user_id",
)  # fmt: skip
record_versions = _table(
    "record_versions",
    "clean",
    _number("record", key=True),
    _number("fact", key=True),
    _number("import_id", null=False),
    _number("line", null=False),
    _text("content_hash", null=False),
    _number("superseded_by"),
    _number("seen_us", null=False),  # when the row says it was changed, else when it was loaded
    *(_text(name, personal=True) for name in PERSON_FIELDS),
    _text("raw", personal=True),  # JSON: the row as found, every column
    _text("changes"),  # JSON: {field: [rule, …]}, which rule made each standard value differ from the raw one
    Index("record_versions_of_import", "import_id"),
    clustered=True,
)
identifiers = _table(
    "identifiers",
    "clean",
    _number("record", key=True),
    Column("type", Text, primary_key=True),  # email, phone, loyalty_card, user_id, or the mapping's own
    Column("value", Text, primary_key=True, info=PERSONAL),  # standardised
    _number("fact", key=True),
    _number("import_id", null=False),
    Index("identifiers_by_value", "type", "value"),
    clustered=True,
)
consents = _table(
    "consents",
    "clean",
    _number("record", key=True),
    _number("fact", key=True),
    _number("import_id"),
    _text("channel", null=False),
    _text("purpose", null=False),
    _text("state", null=False),
    _text("basis", null=False),
    _text("source", null=False),
    _text("proof", personal=True),  # file, line, column and word it was read from
    _number("at_us", null=False),
    _number("expires_us"),
    clustered=True,
)
orders = _table(
    "orders",
    "clean",
    _number("order_no", key=True),
    _text("order_space", null=False),
    _text("order_id", null=False, personal=True),
    UniqueConstraint("order_space", "order_id"),
)
order_lines = _table(
    "order_lines",
    "clean",
    _number("record", key=True),
    _number("sold_at_us", key=True),
    _number("fact", key=True),
    _number("order_no", null=False),
    _text("source", null=False),
    _number("import_id", null=False),
    _number("line", null=False),  # line of the file
    _number("nth", null=False),  # which of the equal lines of its order and file, from 1
    _number("key_hash", null=False),  # of order and content
    _number("content_hash", null=False),  # of the whole row as found
    _number("superseded_by"),
    _number("day", null=False),
    _number("hour", null=False),  # 0..23, -1 when the source gives a date alone
    _number("weekday", null=False),  # 0 = Monday
    _text("product_id"),
    _text("product_name"),
    _text("category"),
    Column("quantity", Double, nullable=False),
    _number("paid", null=False),
    _number("discount", null=False),
    _number("tax", null=False),  # of the order, on its first line
    _number("shipping", null=False),  # of the order, on its first line
    _text("currency", null=False),
    _text("store"),
    _text("channel"),
    _text("payment"),
    _text("coupon", personal=True),
    _text("status"),
    _text("line_kind", null=False),  # goods, fee, adjustment, unpaid, evidence
    Column("is_return", Boolean, nullable=False),
    _text("extra", personal=True),  # JSON: columns that the mapping does not name
    Index("order_lines_of_order", "order_no"),
    clustered=True,
)
events = _table(
    "events",
    "clean",
    _number("record", key=True),
    _number("at_us", key=True),
    _number("fact", key=True),
    _text("source", null=False),
    _number("import_id", null=False),
    _number("line", null=False),
    _number("nth", null=False),
    _number("key_hash", null=False),
    _number("content_hash", null=False),
    _number("superseded_by"),
    _number("day", null=False),
    _number("hour", null=False),
    _number("weekday", null=False),
    _text("event", null=False),  # Segment's words
    _text("product_id"),
    _text("channel"),
    _text("campaign"),
    _number("value"),
    Column("rating", Double),  # stars of a review
    _text("properties", personal=True),  # JSON: everything else in the row
    Index("events_by_key", "key_hash"),
    clustered=True,
)
products = _table(
    "products",
    "clean",
    Column("source", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    _number("fact", key=True),
    _number("import_id", null=False),
    _number("line", null=False),
    _text("content_hash", null=False),
    _number("superseded_by"),
    _text("product_name"),
    _text("category"),
    _text("brand"),
    _number("unit_price"),
    _number("unit_cost"),
    _text("currency"),
    Column("stock", Double),
    _text("extra"),
)
reference = _table(
    "reference",
    "clean",
    Column("kind", Text, primary_key=True),  # stores, areas, rates
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _number("fact", key=True),
    _number("import_id", null=False),
    _number("line", null=False),
    _text("content_hash", null=False),
    _number("superseded_by"),
    _text("attributes", null=False, personal=True),  # JSON: every column; a store has a manager
)

quality_figures = _table(
    "quality_figures",
    "clean",
    _number("at_us", key=True),  # when they were counted
    Column("source", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    _number("rows", null=False),  # current records of the source
    _number("filled", null=False),
    _number("valid", null=False),
)

# --- match: who is who ----------------------------------------------------------------------------------------

persons = _table(
    "persons",
    "match",
    _number("person", key=True),
    _number("born_us", null=False),
    _number("merged_into"),  # the person this id now resolves to; null while it stands for itself
)
identity = _table(
    "identity",
    "match",
    _number("record", key=True),
    _number("since_us", key=True),
    _number("until_us"),  # null: now
    _number("person", null=False),
    Index("identity_of_person", "person"),
    clustered=True,
)
links = _table(
    "links",
    "match",
    Column("link_id", Number, primary_key=True),
    _number("record_a", null=False),
    _number("record_b", null=False),
    _text("kind", null=False),  # exact, model, human
    _text("rule", null=False, personal=True),  # which identifier, which model, who
    Column("weight", Double),  # bits
    Column("probability", Double),
    _text("fields"),  # JSON: bits a field
    _text("model_version"),
    _number("at_us", null=False),
    Index("links_of_a", "record_a"),
    Index("links_of_b", "record_b"),
)
verdicts = _table(
    "verdicts",
    "match",
    Column("verdict_id", Number, primary_key=True),
    _number("record_a", null=False),
    _number("record_b", null=False),
    _text("verdict", null=False),  # same, different
    _text("who", null=False, personal=True),
    _number("at_us", null=False),
    _number("withdrawn_us"),
)
match_models = _table(
    "match_models",
    "match",
    Column("version", Text, primary_key=True),
    _number("at_us", null=False),
    _number("records", null=False),
    _text("model", null=False, personal=True),  # JSON; it knows the names and cities that many have
)
review_pairs = _table(
    "review_pairs",
    "match",
    _number("record_a", key=True),
    _number("record_b", key=True),
    Column("weight", Double, nullable=False),
    Column("probability", Double, nullable=False),
    _text("fields", null=False),  # JSON: bits a field
    _text("reason", null=False),
)

# --- profile, indicators, segment, treat, measure -------------------------------------------------------------

people = _table(
    "people",
    "profile",
    _number("person", key=True),
    *(_text(name, personal=True) for name in PERSON_FIELDS),
    _number("records", null=False),
    _text("provenance", null=False, personal=True),  # JSON: {field: {source, source_key, day, rule}}
    *(_text(f"consent_{channel}", null=False) for channel in ("email", "sms", "phone", "post")),
    _text("consent_provenance", null=False),  # JSON: {channel: {source, basis, day}}
)
locks = _table(
    "locks",
    "profile",
    Column("lock_id", Number, primary_key=True),
    _number("record", null=False),
    _text("field", null=False),
    _text("value", personal=True),  # in standard form; null: the field is kept empty
    _text("who", null=False, personal=True),
    _text("why", null=False, personal=True),
    _number("at_us", null=False),
    _number("released_us"),  # null: it holds
    _text("released_by", personal=True),
    Index("locks_of_record", "record"),
)
norms = _table(
    "norms",
    "indicators",
    _number("as_of", key=True),
    Column("name", Text, primary_key=True),
    _number("position", key=True),
    Column("value", Double, nullable=False),
)
segment_sizes = _table(
    "segment_sizes",
    "segment",
    Column("segment", Text, primary_key=True),
    _number("as_of", key=True),
    _number("members", null=False),
)
memberships = _table(
    "memberships",
    "segment",
    Column("segment", Text, primary_key=True),
    _number("person", key=True),
    _number("since", key=True),  # the evening of the first build that found them in it
    _number("until"),  # the evening of the first build that did not any more; null: they are in it
    clustered=True,
)
decisions = _table(
    "decisions",
    "treat",
    _number("day", key=True),
    _number("person", key=True),
    _text("treatment"),
    _text("channel"),
    Column("chosen", Boolean, nullable=False),
    Column("holdout", Boolean, nullable=False),
    _text("language", null=False),
    _text("reason_en", null=False, personal=True),
    _text("reason_fr", null=False, personal=True),
)
plans = _table(
    "plans",
    "treat",
    _number("day", key=True),
    Column("whole", Boolean, nullable=False),  # false while it is written: nobody reads half a plan
    _number("made_us", null=False),
)
baselines = _table(
    "baselines",
    "measure",
    _number("as_of", key=True),
    Column("figure", Text, primary_key=True),
    Column("value", Double, nullable=False),
    _text("unit", null=False),
)

# --- ledgers of the ground: each written through one function of `store.ledgers` or `store.lake` --------------

rejects = _table(
    "rejects",
    "store",
    Column("reject_id", Number, primary_key=True),
    _number("import_id", null=False),
    _text("file", null=False, personal=True),
    _number("line", null=False),
    _text("column"),
    _text("reason", null=False, personal=True),  # in English; of an early version: as it was said
    _text("reason_fr", personal=True),  # null: of an early version, `reason` stands for both
    _text("raw", null=False, personal=True),  # JSON: the row as found, by column
    _number("replayed_by"),  # the import that a mended copy of it came with
    Index("rejects_of_import", "import_id"),
)
touched = _table("touched", "store", _number("record", key=True), _number("at_us", null=False))
audit = _table(
    "audit",
    "store",
    Column("entry", Number, primary_key=True),
    _number("at_us", null=False),
    _text("who", null=False, personal=True),
    _text("action", null=False),
    _text("subject", null=False, personal=True),
    _text("detail", null=False, personal=True),
)
lake_files = _table(
    "lake_files",
    "store",
    Column("file", Text, primary_key=True),
    _text("table", null=False),
    _number("import_id"),
    _number("first_fact"),
    _number("last_fact"),
    _number("rows", null=False),
    _text("checksum", null=False),
    Column("dirty", Boolean, nullable=False),
)
results = _table(
    "results",
    "store",
    Column("name", Text, primary_key=True),  # indicators, segments, …: derived tables, always rebuildable
    _text("file", null=False),
    _number("as_of", null=False),
    _number("rows", null=False),
    _number("built_us", null=False),
)
