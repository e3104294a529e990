"""Plans: which days have a whole plan, so that one that was broken off is not read. Those that stand are whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("day", Number, autoincrement=False, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("made_us", Number, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.execute("insert into plans (day, whole, made_us) select distinct day, true, 0 from decisions")
