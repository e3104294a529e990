"""Events keep the stars of a review; who was in which segment, from when to when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("events", sa.Column("rating", sa.Double(), nullable=True))
    op.execute("update lake_files set dirty = true where \"table\" = 'events'")
    op.create_table(
        "memberships",
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("person", Number, autoincrement=False, nullable=False),
        sa.Column("since", Number, autoincrement=False, nullable=False),
        sa.Column("until", Number, autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("segment", "person", "since"),
        sqlite_with_rowid=False,
    )
