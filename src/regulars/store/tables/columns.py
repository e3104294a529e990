"""How a table and its columns are declared: the owner, which columns are personal, and what erasing does to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

#: SQLite numbers rows only in a column that is exactly INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")
#: The column can hold what is known of a person: a customer, or somebody of the shop.
PERSONAL = {"personal": True}
#: What is known of a person, one column each, in the records of the sources and on the golden card.
PERSON_FIELDS = (
    "name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "full_name", "email", "phone",
    "birth_date", "age", "birth_place", "occupation", "gender", "language", "address_line", "house_number",
    "street", "unit", "city", "region", "postcode", "country", "loyalty_card", "user_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erasure:
    """What becomes of the rows of a table when records are erased."""

    #: They `go`; they stay as those of `nobody`, with their personal columns empty; they are seen to `apart`, by a
    #: statement of their own in `store.erasure`; or all are `kept`.
    what: Literal["go", "nobody", "apart", "kept"]
    of: tuple[str, ...] = ()  #: the columns that name the records (or the person) a row is of
    why: str = ""  #: why it is kept


#: Rows of a record that say something of it alone.
GOES = Erasure("go", ("record",))
#: Rows of what happened in the shop: it happened, and nobody knows any more to whom.
NOBODYS = Erasure("nobody", ("record",))


def table(
    name: str,
    owner: str,
    *columns: Column[object] | UniqueConstraint | Index,
    clustered: bool = False,
    erasure: Erasure | None = None,
) -> Table:
    """A table that the room `owner` alone writes; SQLite keeps a `clustered` one in the order of its key.

    Whatever has rows of people declares its `erasure`.
    """
    info = {"owner": owner, "erasure": erasure}
    return Table(name, metadata, *columns, info=info, sqlite_with_rowid=not clustered)


def text(name: str, *, personal: bool = False, null: bool = True) -> Column[object]:
    """A column of text; `personal` when it can hold what is known of a person."""
    return Column(name, Text, nullable=null, info=PERSONAL if personal else {})


def number(name: str, *, null: bool = True, key: bool = False) -> Column[object]:
    """A column of whole numbers: ids, counts, days, instants, minor units; a `key` is never null."""
    return Column(name, Number, nullable=null and not key, primary_key=key, autoincrement=False)
