"""Former records: the numbers of records that an undo took away, so that they get them back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "former_records",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("source", "source_key"),
    )


def downgrade() -> None:
    op.drop_table("former_records")
