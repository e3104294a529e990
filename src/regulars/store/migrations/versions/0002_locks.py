"""Locks: what somebody of the shop says of a person, above every source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "locks",
        sa.Column("lock_id", Number, nullable=False),
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("released_us", Number, autoincrement=False, nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("lock_id"),
    )
    op.create_index("locks_of_record", "locks", ["record"])
