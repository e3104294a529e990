"""Pairs to review that somebody put off come after all others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "put_off",
        sa.Column("record_a", Number, autoincrement=False, nullable=False),
        sa.Column("record_b", Number, autoincrement=False, nullable=False),
        sa.Column("fact", Number, autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("record_a", "record_b"),
    )
    op.create_index("put_off_of_b", "put_off", ["record_b"], unique=False)


def downgrade() -> None:
    op.drop_index("put_off_of_b", table_name="put_off")
    op.drop_table("put_off")
