"""Households: who lives together, dated, with ids that last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "households",
        sa.Column("household", Number, autoincrement=False, nullable=False),
        sa.Column("born_us", Number, autoincrement=False, nullable=False),
        sa.Column("merged_into", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("household"),
    )
    op.create_table(
        "household_members",
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.Column("since_us", Number, autoincrement=False, nullable=False),
        sa.Column("until_us", Number, autoincrement=False, nullable=True),
        sa.Column("household", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("person", "since_us"),
    )
    op.create_index("members_of_household", "household_members", ["household"], unique=False)


def downgrade() -> None:
    op.drop_index("members_of_household", table_name="household_members")
    op.drop_table("household_members")
    op.drop_table("households")
