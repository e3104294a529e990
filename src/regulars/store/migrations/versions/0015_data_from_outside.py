"""What is told of people from elsewhere, and on what terms data from outside was had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "traits",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("import_id", Number, autoincrement=False, nullable=False),
        sa.Column("line", Number, autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("superseded_by", Number, autoincrement=False, nullable=True),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", "source", "topic", "at_us", "fact"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outside_sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("price", Number, autoincrement=False, nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("licence_until", Number, autoincrement=False, nullable=True),
        sa.Column("of_day", Number, autoincrement=False, nullable=True),
        sa.Column("said_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )


def downgrade() -> None:
    op.drop_table("outside_sources")
    op.drop_table("traits")
