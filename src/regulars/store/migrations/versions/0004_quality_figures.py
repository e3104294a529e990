"""Quality figures: what each quality report counted, so that the next one can say what became better."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "quality_figures",
        sa.Column("at_us", Number, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("rows", Number, autoincrement=False, nullable=False),
        sa.Column("filled", Number, autoincrement=False, nullable=False),
        sa.Column("valid", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("at_us", "source", "field"),
    )
