"""Imports keep the columns of their file, so that the next file of the same system is known by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("imports", sa.Column("header", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "header")
