"""Records and customers say where somebody was born and what they do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_TABLES, _COLUMNS = ("record_versions", "people"), ("birth_place", "occupation")


def upgrade() -> None:
    for table in _TABLES:
        for column in _COLUMNS:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=True))
    op.execute("update lake_files set dirty = true where \"table\" = 'record_versions'")


def downgrade() -> None:
    for table in _TABLES:
        for column in _COLUMNS:
            op.drop_column(table, column)
