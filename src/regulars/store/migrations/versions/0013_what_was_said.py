"""Events keep what a review or a ticket says, which stood among the cells as found."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ROWS = 1_000
_imports = sa.table("imports", sa.column("import_id"), sa.column("kind"), sa.column("mapping"))
_events = sa.table(
    "events", sa.column("fact"), sa.column("import_id"), sa.column("said"), sa.column("properties")
)


def upgrade() -> None:
    op.add_column("events", sa.Column("said", sa.Text(), nullable=True))
    op.execute("update lake_files set dirty = true where \"table\" = 'events'")
    connection = op.get_bind()
    telling = sa.select(_imports).where(_imports.c.kind.in_(("reviews", "tickets")))
    for one in connection.execute(telling).all():
        columns = [
            name
            for name, meant in (json.loads(one.mapping).get("columns") or {}).items()
            if (meant if isinstance(meant, str) else meant.get("field")) == "text"
        ]
        _fill(connection, one.import_id, columns)


def _fill(connection: sa.Connection, import_id: int, columns: list[str]) -> None:
    after = -1
    while True:
        page = (
            sa.select(_events.c.fact, _events.c.properties)
            .where(
                _events.c.import_id == import_id, _events.c.fact > after, _events.c.properties.is_not(None)
            )
            .order_by(_events.c.fact)
            .limit(_ROWS)
        )
        rows = connection.execute(page).all()
        if not rows:
            return
        after = rows[-1].fact
        for row in rows:
            found = json.loads(row.properties)
            said = next((found[name] for name in columns if found.get(name)), None)
            if said:
                this = (_events.c.fact == row.fact) & (_events.c.import_id == import_id)
                connection.execute(sa.update(_events).where(this).values(said=said))


def downgrade() -> None:
    op.drop_column("events", "said")
