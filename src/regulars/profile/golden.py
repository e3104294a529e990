"""The golden card: for each field the best value that any of a person's records has, and where it came from.

Which value is best is a matter of order, by configuration: the source trusted most, the most recent, the most
frequent. Names and addresses are taken whole from one record, so that nobody gets one street and another's town.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.settings import Settings
from regulars.store.tables import PERSON_FIELDS

_SQL = Path(__file__).with_name("golden.sql")
#: Fields that are taken together, by the field that must be there.
UNITS: Mapping[str, tuple[str, ...]] = {
    "family_name": ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "full_name"),
    "postcode": ("address_line", "house_number", "street", "unit", "city", "region", "postcode", "country"),
}
#: What each word of an order sorts by; the record's number settles what is left.
ORDERS: Mapping[str, str] = {
    "trust": "source_rank asc",
    "recency": "seen_us desc",
    "frequency": "times desc",
}


def unit_of(field: str) -> str:
    """The field that leads the unit a field belongs to: itself when it stands alone."""
    return next((lead for lead, members in UNITS.items() if field in members), field)


def golden_cards(session: Session, settings: Settings, *, as_of_us: int) -> pa.Table:
    """One row a person: the columns of `people`.

    Reads the relations `cards` (current record_versions with `source` and `source_key`), `identity` (record, person:
    current) and `consents`.
    """
    named = statements(_SQL)
    ranks = {name: settings.source(name).rank for name in _sources(session)}
    session.table(
        "source_ranks",
        pa.table({"source": list(ranks), "source_rank": pa.array(list(ranks.values()), pa.int64())}),
    )
    session.create("versions", named["versions"])
    session.create("record_consents", named["record_consents"].format(as_of_us=as_of_us))
    session.create("person_consents", named["person_consents"])
    leads = list(dict.fromkeys(unit_of(field) for field in PERSON_FIELDS))
    for lead in leads:
        session.create(f"best_{lead}", _best(lead, settings))
    columns = [f"best_{unit_of(field)}.{field}" for field in PERSON_FIELDS]
    joins = "\n".join(f"left join best_{lead} on best_{lead}.person = p.person" for lead in leads)
    origins = ", ".join(f"'{lead}', best_{lead}.origin" for lead in leads)
    return session.rows(named["people"].format(columns=", ".join(columns), joins=joins, origins=origins))


def _best(lead: str, settings: Settings) -> str:
    """The statement that picks one record a person for a unit of fields."""
    order = settings.survives_by(lead)
    members = UNITS.get(lead, (lead,))
    there = " or ".join(f"{field} is not null" for field in members)
    times = "0"
    if "frequency" in order:
        times = f"count(*) over (partition by person, {lead})"
    complete = " + ".join(f"cast({field} is not null as integer)" for field in members)
    sorts = ", ".join(
        [
            f"({lead} is not null) desc",
            *(ORDERS[word] for word in order),
            f"({complete}) desc",
            "record",
            "fact",
        ]
    )
    return statements(_SQL)["best"].format(
        fields=", ".join(members), times=times, there=there, sorts=sorts, rule=", ".join(order)
    )


def _sources(session: Session) -> list[str]:
    return [
        str(row["source"])
        for row in session.rows("select distinct source from cards order by source").to_pylist()
    ]
