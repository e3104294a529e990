"""Records touched and matched since the last build are remembered until the next one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unbuilt",
        sa.Column("record", Number, autoincrement=False, nullable=False),
        sa.Column("at_us", Number, nullable=False),
        sa.PrimaryKeyConstraint("record"),
    )


def downgrade() -> None:
    op.drop_table("unbuilt")
