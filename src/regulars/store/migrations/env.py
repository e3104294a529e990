"""How Alembic reaches the database: it is handed one."""

from __future__ import annotations

from alembic import context

from regulars.store.tables import metadata

database = context.config.attributes["database"]
with database.connect().execution_options(regulars_writes=True) as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
