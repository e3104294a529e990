"""The golden card: for each field the best value that any of a person's records has, and where it came from.

Which value is best is a matter of order, by configuration: the source trusted most, the most recent, the most
frequent. Names and addresses are taken whole from one record, so that nobody gets one street and another's town.
What somebody of the shop locked stands above every source.
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
#: Lines that say their parts once more, by the unit they are of: with a part locked they would contradict it.
WHOLES: Mapping[str, str] = {"full_name": "family_name", "address_line": "postcode"}
#: Texts that one source writes with accents and another without: the accents are right, whoever is trusted most.
SPELT = ("given_name", "middle_name", "family_name", "full_name", "street", "city", "address_line")
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
    current), `consents` and `locks`.
    """
    named = statements(_SQL)
    ranks = {name: settings.source(name).rank for name in _sources(session)}
    session.table(
        "source_ranks",
        pa.table({"source": list(ranks), "source_rank": pa.array(list(ranks.values()), pa.int64())}),
    )
    session.create("versions", named["versions"])
    settle_consents(session, as_of_us=as_of_us)
    for field in SPELT:
        session.create(f"spelt_{field}", named["spelt"].format(field=field))
    leads = list(dict.fromkeys(unit_of(field) for field in PERSON_FIELDS))
    for lead in leads:
        session.create(f"best_{lead}", _best(lead, settings))
    locked = _locked_fields(session, named)
    columns = [_column(field, locked) for field in PERSON_FIELDS]
    joins = "\n".join(
        [
            *(f"left join best_{lead} on best_{lead}.person = p.person" for lead in leads),
            *(
                f"left join spelt_{field} on spelt_{field}.person = p.person"
                f" and spelt_{field}.plain = lower(best_{unit_of(field)}.{field})"
                for field in SPELT
            ),
            *(f"left join lock_{field} on lock_{field}.person = p.person" for field in locked),
        ]
    )
    origins = ", ".join(f"'{lead}', best_{lead}.origin" for lead in leads)
    return session.rows(named["people"].format(columns=", ".join(columns), joins=joins, origins=origins))


def settle_consents(session: Session, *, as_of_us: int) -> None:
    """Make `person_consents`: person, channel, state, basis, source, at_us, dated; one row where anything is known.

    Reads the relations `consents` and `identity`.
    """
    session.create("record_consents", statements(_SQL)["record_consents"].format(as_of_us=as_of_us))
    session.create("person_consents", statements(_SQL)["person_consents"])


def _best(lead: str, settings: Settings) -> str:
    """The statement that picks one record a person for a unit of fields."""
    named, order = statements(_SQL), settings.survives_by(lead)
    members = UNITS.get(lead, (lead,))
    there = " or ".join(f"{field} is not null" for field in members)
    times = "0"
    if "frequency" in order:
        times = f"count(*) over (partition by person, {lead})"
    complete = " + ".join(f"cast({field} is not null as integer)" for field in members)
    sorts = ", ".join(
        [
            f"({lead} is not null) desc",
            named.get(f"shortened_{lead}", "0"),
            *(ORDERS[word] for word in order),
            f"({complete}) desc",
            "record",
            "fact",
        ]
    )
    return named["best"].format(
        fields=", ".join(members), times=times, there=there, sorts=sorts, rule=", ".join(order)
    )


def _locked_fields(session: Session, named: Mapping[str, str]) -> list[str]:
    """The fields that are locked for anybody; makes `lock_FIELD` (person, value) of each, and `lock_origins`."""
    session.create("standing_locks", named["standing_locks"])
    session.create("lock_origins", named["lock_origins"])
    found = session.rows("select distinct field from standing_locks")["field"].to_pylist()
    fields = [field for field in PERSON_FIELDS if field in found]
    for field in fields:
        sql = "select person, value from standing_locks where field = $field"
        session.create(f"lock_{field}", sql, {"field": field})
    return fields


def _column(field: str, locked: list[str]) -> str:
    """SQL for a field of the card: what is locked, else the best value; a whole of locked parts is left out."""
    best = f"best_{unit_of(field)}.{field}"
    if field in SPELT:
        best = f"coalesce(spelt_{field}.spelling, {best})"
    parts = [part for part in locked if unit_of(part) == WHOLES.get(field) and part != field]
    cases = [f"when lock_{field}.person is not null then lock_{field}.value"] if field in locked else []
    cases += [f"when lock_{part}.person is not null then null" for part in parts]
    return f"case {' '.join(cases)} else {best} end as {field}" if cases else f"{best} as {field}"


def _sources(session: Session) -> list[str]:
    return [
        str(row["source"])
        for row in session.rows("select distinct source from cards order by source").to_pylist()
    ]
