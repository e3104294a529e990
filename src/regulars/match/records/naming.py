"""What records are called, and refusing those that are not there or nobody."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from regulars.errors import NotFound
from regulars.store import rows
from regulars.store.tables import NOBODY, identity, records, touched
from regulars.words import _, shortened


def names(connection: Connection, wanted: Collection[int]) -> dict[int, str]:
    """SOURCE:KEY by record."""
    known = select(records.c.record, records.c.source, records.c.source_key).order_by(records.c.record)
    found = rows.fetch_where_in(connection, known, [records.c.record], sorted(wanted))
    return {row["record"]: f"{row['source']}:{row['source_key']}" for row in found.to_pylist()}


def refuse_unknown(connection: Connection, wanted: Collection[int]) -> None:
    """`NotFound` where one of some records is not there."""
    for record in set(wanted) - (names(connection, wanted).keys() - {NOBODY}):
        raise NotFound(_("there is no record {record}", record=record), _("name it as SOURCE:SOURCE_KEY"))


def nobody(name: str) -> tuple[str, str]:
    """What is said of a record (SOURCE:KEY) that is nobody, and the next step."""
    return (
        _("{record} is nobody: no name and no number tells who it is", record=shortened(name)),
        _("name a record that has a name, an e-mail, a phone or a card"),
    )


def refuse_nobody(connection: Connection, wanted: Collection[int]) -> None:
    """`NotFound` where one of some records is nobody, or was not matched yet."""
    placed = select(identity.c.record).where(identity.c.record.in_(wanted), identity.c.until_us.is_(None))
    lost = sorted(set(wanted) - {NOBODY} - set(connection.execute(placed).scalars()))
    if not lost:
        return
    name = shortened(names(connection, lost[:1])[lost[0]])
    if connection.execute(select(touched.c.record).where(touched.c.record == lost[0])).first() is not None:
        raise NotFound(
            _("{record} was not compared with the others yet", record=name), _("run `regulars match` first")
        )
    raise NotFound(*nobody(name))
