"""Rejects keep their reason in both languages. Of those that stand, the words they were said in stay for both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("rejects", sa.Column("reason_fr", sa.Text(), nullable=True))
