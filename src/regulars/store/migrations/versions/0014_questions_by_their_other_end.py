"""Pairs to review are found by either of their records."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("review_pairs_of_b", "review_pairs", ["record_b"], unique=False)


def downgrade() -> None:
    op.drop_index("review_pairs_of_b", table_name="review_pairs")
