"""The first tables: sources, facts, identity, profiles, decisions, ledgers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("entry", Number, nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_table(
        "baselines",
        sa.Column("as_of", Number, autoincrement=False, nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", "figure"),
    )
    op.create_table(
        "consents",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("expires_us", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("record", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("day", Number, autoincrement=False, nullable=False),
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.Column("treatment", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("holdout", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("reason_fr", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "person"),
    )
    op.create_table(
        "events",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("nth", Number, autoincrement=False, nullable=False),
        sa.Column("key_hash", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", Number, autoincrement=False, nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("day", Number, autoincrement=False, nullable=False),
        sa.Column("hour", Number, autoincrement=False, nullable=False),
        sa.Column("weekday", Number, autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=True),
        sa.Column("value", Number, autoincrement=False, nullable=True),
        sa.Column("properties", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("record", "at_us", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("events_by_key", "events", ["key_hash"], unique=False)
    op.create_table(
        "identifiers",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record", "type", "value", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("identifiers_by_value", "identifiers", ["type", "value"], unique=False)
    op.create_table(
        "identity",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("since_us", Number, autoincrement=False, nullable=False),
        sa.Column("until_us", Number, autoincrement=False, nullable=True),
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record", "since_us"),
        sqlite_with_rowid=False,
    )
    op.create_index("identity_of_person", "identity", ["person"], unique=False)
    op.create_table(
        "imports",
        sa.Column("import_id", Number, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("formats", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_us", Number, autoincrement=False, nullable=False),
        sa.Column("finished_us", Number, autoincrement=False, nullable=True),
        sa.Column("rows_in", Number, autoincrement=False, nullable=True),
        sa.Column("accepted", Number, autoincrement=False, nullable=True),
        sa.Column("rejected", Number, autoincrement=False, nullable=True),
        sa.Column("duplicates", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("import_id"),
    )
    op.create_table(
        "lake_files",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=True),
        sa.Column("first_fact", Number, autoincrement=False, nullable=True),
        sa.Column("last_fact", Number, autoincrement=False, nullable=True),
        sa.Column("rows", Number, autoincrement=False, nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("dirty", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("file"),
    )
    op.create_table(
        "links",
        sa.Column("link_id", Number, nullable=False),
        sa.Column("record_a", Number, autoincrement=False, nullable=False),
        sa.Column("record_b", Number, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("model_version", sa.Text(), nullable=True),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("link_id"),
    )
    op.create_index("links_of_a", "links", ["record_a"], unique=False)
    op.create_index("links_of_b", "links", ["record_b"], unique=False)
    op.create_table(
        "match_models",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("records", Number, autoincrement=False, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "norms",
        sa.Column("as_of", Number, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", Number, autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", "name", "position"),
    )
    op.create_table(
        "order_lines",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("sold_at_us", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("order_no", Number, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("nth", Number, autoincrement=False, nullable=False),
        sa.Column("key_hash", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", Number, autoincrement=False, nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("day", Number, autoincrement=False, nullable=False),
        sa.Column("hour", Number, autoincrement=False, nullable=False),
        sa.Column("weekday", Number, autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Text(), nullable=True),
        sa.Column("product_name", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Double(), nullable=False),
        sa.Column("paid", Number, autoincrement=False, nullable=False),
        sa.Column("discount", Number, autoincrement=False, nullable=False),
        sa.Column("tax", Number, autoincrement=False, nullable=False),
        sa.Column("shipping", Number, autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("payment", sa.Text(), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("line_kind", sa.Text(), nullable=False),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("record", "sold_at_us", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("order_lines_of_order", "order_lines", ["order_no"], unique=False)
    op.create_table(
        "orders",
        sa.Column("order_no", Number, autoincrement=False, nullable=False),
        sa.Column("order_space", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_no"),
        sa.UniqueConstraint("order_space", "order_id"),
    )
    op.create_table(
        "people",
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.Column("name_prefix", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("middle_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("name_suffix", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("address_line", sa.Text(), nullable=True),
        sa.Column("house_number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("loyalty_card", sa.Text(), nullable=True),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("records", Number, autoincrement=False, nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("consent_email", sa.Text(), nullable=False),
        sa.Column("consent_sms", sa.Text(), nullable=False),
        sa.Column("consent_phone", sa.Text(), nullable=False),
        sa.Column("consent_post", sa.Text(), nullable=False),
        sa.Column("consent_provenance", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "persons",
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.Column("born_us", Number, autoincrement=False, nullable=False),
        sa.Column("merged_into", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "products",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("product_name", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("unit_price", Number, autoincrement=False, nullable=True),
        sa.Column("unit_cost", Number, autoincrement=False, nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("stock", sa.Double(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "product_id", "fact"),
    )
    op.create_table(
        "record_versions",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("seen_us", Number, autoincrement=False, nullable=False),
        sa.Column("name_prefix", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("middle_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("name_suffix", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("address_line", sa.Text(), nullable=True),
        sa.Column("house_number", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("loyalty_card", sa.Text(), nullable=True),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("record", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("record_versions_of_import", "record_versions", ["import_id"], unique=False)
    op.create_table(
        "records",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record"),
        sa.UniqueConstraint("source", "source_key"),
    )
    op.create_table(
        "reference",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "source", "key", "fact"),
    )
    op.create_table(
        "rejects",
        sa.Column("reject_id", Number, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("replayed_by", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("reject_id"),
    )
    op.create_index("rejects_of_import", "rejects", ["import_id"], unique=False)
    op.create_table(
        "results",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("as_of", Number, autoincrement=False, nullable=False),
        sa.Column("rows", Number, autoincrement=False, nullable=False),
        sa.Column("built_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "review_pairs",
        sa.Column("record_a", Number, autoincrement=False, nullable=False),
        sa.Column("record_b", Number, autoincrement=False, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_a", "record_b"),
    )
    op.create_table(
        "segment_sizes",
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("as_of", Number, autoincrement=False, nullable=False),
        sa.Column("members", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("segment", "as_of"),
    )
    op.create_table(
        "source_mappings",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("confirmed_us", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("source", "fingerprint"),
    )
    op.create_table(
        "touched",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_table(
        "verdicts",
        sa.Column("verdict_id", Number, nullable=False),
        sa.Column("record_a", Number, autoincrement=False, nullable=False),
        sa.Column("record_b", Number, autoincrement=False, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("withdrawn_us", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("verdict_id"),
    )


def downgrade() -> None:
    op.drop_table("verdicts")
    op.drop_table("touched")
    op.drop_table("source_mappings")
    op.drop_table("segment_sizes")
    op.drop_table("review_pairs")
    op.drop_table("results")
    op.drop_index("rejects_of_import", table_name="rejects")
    op.drop_table("rejects")
    op.drop_table("reference")
    op.drop_table("records")
    op.drop_index("record_versions_of_import", table_name="record_versions")
    op.drop_table("record_versions")
    op.drop_table("products")
    op.drop_table("persons")
    op.drop_table("people")
    op.drop_table("orders")
    op.drop_index("order_lines_of_order", table_name="order_lines")
    op.drop_table("order_lines")
    op.drop_table("norms")
    op.drop_table("meta")
    op.drop_table("match_models")
    op.drop_index("links_of_b", table_name="links")
    op.drop_index("links_of_a", table_name="links")
    op.drop_table("links")
    op.drop_table("lake_files")
    op.drop_table("imports")
    op.drop_index("identity_of_person", table_name="identity")
    op.drop_table("identity")
    op.drop_index("identifiers_by_value", table_name="identifiers")
    op.drop_table("identifiers")
    op.drop_index("events_by_key", table_name="events")
    op.drop_table("events")
    op.drop_table("decisions")
    op.drop_table("consents")
    op.drop_table("baselines")
    op.drop_table("audit")
