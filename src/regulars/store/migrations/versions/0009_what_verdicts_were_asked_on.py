"""Verdicts keep what the pair looked like when it was answered: how it came to be asked, its zone and its weight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name in ("asked", "zone", "fields", "model_version"):
        op.add_column("verdicts", sa.Column(name, sa.Text(), nullable=True))
    for name in ("weight", "probability"):
        op.add_column("verdicts", sa.Column(name, sa.Double(), nullable=True))
