"""What people said of a record is found without reading all that they said: live, that is asked of each arrival."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

_INDEXES = {"verdicts_of_a": "record_a", "verdicts_of_b": "record_b"}


def upgrade() -> None:
    for name, column in _INDEXES.items():
        op.create_index(name, "verdicts", [column])


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, "verdicts")
