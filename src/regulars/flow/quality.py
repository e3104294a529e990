"""Quality: the report on the data as it stands, as of the newest facts."""

from __future__ import annotations

from regulars.clean.quality import Quality, quality
from regulars.flow import Ground
from regulars.flow.build import default_as_of, refresh_lake
from regulars.flow.facts import lay_out
from regulars.flow.load import recover
from regulars.flow.turn import takes_turn
from regulars.store import tables
from regulars.store.rows import columns_of, fetch


@takes_turn
def report(ground: Ground) -> Quality:
    """The quality of what is loaded."""
    recover(ground)
    refresh_lake(ground)
    as_of, _reason = default_as_of(ground)
    with ground.engine.session() as session, ground.store.read() as connection:
        lay_out(session, ground, connection)
        session.table(
            "record_versions",
            fetch(
                connection,
                columns_of(tables.record_versions).where(tables.record_versions.c.superseded_by.is_(None)),
            ),
        )
        for table in (tables.identity, tables.identifiers, tables.consents, tables.rejects, tables.imports):
            session.table(table.name, fetch(connection, columns_of(table)))
        return quality(session, ground.settings, as_of)
