"""The people of a file: standard values beside the raw row, what names them, their consents, and the rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from regulars.clean.address.addresses import settle_addresses, settle_doors, settle_lines
from regulars.clean.address.places import settle_places
from regulars.clean.address.streets import settle_streets
from regulars.clean.person.birth_dates import settle_ages, settle_birth_dates
from regulars.clean.person.consents import consent_facts
from regulars.clean.person.emails import settle_emails
from regulars.clean.person.full_names import settle_full_names
from regulars.clean.person.genders import settle_genders
from regulars.clean.person.languages import settle_languages
from regulars.clean.person.names import settle_names
from regulars.clean.person.phones import settle_phones
from regulars.clean.row.found import KnownFile, Layout, found_sql, further, layout, literal
from regulars.clean.row.instants import EARLIEST_US
from regulars.clean.row.keys import (
    called_sql,
    key_rules_sql,
    key_sql,
    made_key_sql,
    naming_rules_sql,
    naming_sql,
    rounded,
    rounded_sql,
)
from regulars.clean.row.rejects import rejected
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.mapping import Column, FileMapping
from regulars.model.person import nobody_sql
from regulars.store.tables import PERSON_FIELDS
from regulars.words import both

_NAMES = (
    "name_prefix",
    "given_name",
    "middle_name",
    "family_name",
    "full_name",
    "birth_place",
    "occupation",
    "city",
)
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a chunk of people says, as Arrow tables; `line` is the line of the file in each."""

    rows: pa.Table  #: line, source_key, content_hash, seen_us, the person's standard fields, raw, changes
    identifiers: pa.Table  #: line, source_key, type, value
    consents: pa.Table  #: line, source_key, channel, purpose, state, basis, proof, at_us, expires_us
    rejects: pa.Table  #: see `rejected`


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> People:
    """Standard facts of a chunk of people rows: `line` and the file's columns as text, null where empty.

    A wrong value is no reject: its standard form is null, the raw row keeps it, and `changes` says why. Only a row
    that nothing names (no key, no name, no identifier) is rejected.
    """
    where = layout(chunk, file)
    session.table("people_chunk", chunk)
    session.create("people_found", found_sql(where, "people_chunk"))
    _settle(session, where, file.settings.shop.country, file.day)
    session.create("people_named", _named_sql(where))
    consents = consent_facts(session, where, "people_chunk", file)
    return People(
        rows=session.rows(
            _SQL["rows"].replace("$fields", ", ".join(f"n.{name}" for name in PERSON_FIELDS)),
            {"loaded_us": file.loaded_us, "earliest": EARLIEST_US},
        ),
        identifiers=session.rows(_SQL["identifiers"].replace("$identifiers", _identifiers_sql(where))),
        consents=session.rows(_SQL["consents"].replace("$facts", consents)),
        rejects=_rejects(session, where.named("source_key")),
    )


@lru_cache
def _statements(fields: frozenset[str]) -> tuple[str, ...]:
    where = Layout(columns=sorted(fields), mapping=_plain(fields), formats={}, zone="UTC")
    return (
        _SQL["wholes"].replace("$whole", _whole_sql(where)).replace("$called", "null"),
        _SQL["parts"],
        _SQL["placed"],
        _named_sql(where),
    )


def _plain(fields: frozenset[str]) -> FileMapping:
    return FileMapping(kind="people", columns={name: Column(field=name) for name in fields})


def one_row_statements(fields: Iterable[str]) -> tuple[str, ...]:
    """The statements that make a standard row of a found one, one after the other, where each field has its column."""
    return _statements(frozenset(fields))


def _rejects(session: Session, key: str) -> pa.Table:
    """The rows that nothing names, or whose key is no longer itself."""
    nameless = both("nothing in this row names a person: no key, no name, no identifier")
    return rejected(
        (row["line"], key, rounded(key)) if row["rounded"] else (row["line"], None, nameless)
        for row in session.rows(_SQL["rejects"]).to_pylist()
    )


def _settle(session: Session, where: Layout, home: str, day: date) -> None:
    """Settle every kind of value; each leaves its answers under its own name."""
    wholes = _SQL["wholes"].replace("$whole", _whole_sql(where)).replace("$called", _called_sql(where))
    session.view("people_wholes", wholes)
    settle_full_names(session, "settled_full_names", "people_wholes", "whole")
    settle_addresses(session, "settled_addresses", "people_wholes", "address")
    session.create("people_parts", _SQL["parts"])
    settle_names(session, "settled_names", "people_parts", _NAMES)
    settle_lines(session, "settled_lines", "people_parts", "address_line")
    settle_streets(session, "settled_streets", "people_parts", ("street",))
    settle_doors(session, "settled_doors", "people_parts", "unit")
    settle_places(session, "settled_places", "people_parts", home)
    settle_languages(session, "settled_languages", "people_parts", "language")
    settle_genders(session, "settled_genders", "people_parts", "gender")
    settle_ages(session, "settled_ages", "people_parts", "age", day)
    births = next(iter(where.names("birth_date")), None)
    settle_birth_dates(
        session,
        "settled_birth_dates",
        "people_parts",
        "birth_date",
        where.date_formats(births) if births else (),
        day,
    )
    settle_emails(session, "settled_emails", "people_parts", ("email", *_further(where, "email")))
    session.create("people_placed", _SQL["placed"], {"home": home})
    settle_phones(
        session, "settled_phones", "people_placed", ("phone", *_further(where, "phone")), "country_read"
    )


def _further(where: Layout, field: str) -> list[str]:
    return [alias for one, alias, _name in further(where) if one == field]


def _whole_sql(where: Layout) -> str:
    """SQL for the text that holds a whole name: the column for it, or the one name column when both stand in it."""
    texts = ["case when given_name is null and family_name is null then full_name end"]
    if not where.has("given_name"):
        texts.append(
            "case when full_name is null and (family_name like '%,%' or family_name like '% %') then family_name end"
        )
    elif not where.has("family_name"):
        texts.append(
            "case when full_name is null and (given_name like '%,%' or given_name like '% %') then given_name end"
        )
    else:
        texts.append("case when given_name is null and family_name like '%_,_%' then family_name end")
    return f"coalesce({', '.join(texts)})"


def _called_sql(where: Layout) -> str:
    """SQL for what a row calls somebody, as it was found: a better reading of names makes no new records."""
    parts = [
        f"case when not {nobody_sql(name)} then {name} end"
        for name in ("given_name", "family_name", "name_suffix")
        if where.has(name)
    ]
    text = f"nullif(concat_ws(' ', {', '.join(parts)}), '')" if parts else "null"
    return called_sql(f"coalesce({text}, full_name)")


def _named_sql(where: Layout) -> str:
    """SQL for the standard rows with their key: the file's own, else one made of what names the person."""
    return (
        _SQL["named"]
        .replace("$source_key", key_sql("key_found"))
        .replace("$made_keys", made_key_sql(where.mapping.options.key))
        .replace("$loyalty_card_rules", naming_rules_sql("p.loyalty_card"))
        .replace("$user_id_rules", naming_rules_sql("p.user_id"))
        .replace("$house_number_rules", key_rules_sql("p.house_number"))
        .replace("$house_number", key_sql("p.house_number"))
        .replace("$loyalty_card", naming_sql("p.loyalty_card"))
        .replace("$user_id", naming_sql("p.user_id"))
        .replace("$changes", _changes_sql())
        .replace("$rounded", rounded_sql("file_key"))
        .replace(
            "$other_identifier",
            " or ".join(["false", *(f"{sql} is not null" for _type, sql in _others(where))]),
        )
    )


def _changes_sql() -> str:
    """SQL for the JSON of which rule changed which field; null when none did."""
    fields = ", ".join(f"""'"{name}":[' || nullif({_rules_sql(name)}, '') || ']'""" for name in PERSON_FIELDS)
    return f"'{{' || nullif(concat_ws(',', {fields}), '') || '}}'"


def _rules_sql(name: str) -> str:
    unseen = f"case when regexp_matches(unseen, ' {name} ') then '\"unseen\"' end"
    return f"concat_ws(',', {unseen}, nullif({name}_rules, ''))"


def _others(where: Layout) -> Iterator[tuple[str, str]]:
    """Type and SQL of identifiers beyond the four fields, and of further columns of those."""
    for place, (kind, _sql) in enumerate(where.identifiers()):
        yield kind, naming_sql(f"identifier_{place}")
    for field, alias, _name in further(where):
        if field in ("loyalty_card", "user_id"):
            yield field, naming_sql(alias)
        else:
            values, more = (
                ("settled_emails", "")
                if field == "email"
                else ("settled_phones", " and v.country = country_read")
            )
            yield field, f"(select v.standard from {values} v where v.found = {alias}{more})"


def _identifiers_sql(where: Layout) -> str:
    own = [(name, name) for name in ("email", "phone", "loyalty_card", "user_id")]
    return " union all ".join(
        f"select line, source_key, {literal(kind)} as type, {value} as value from people_named where not left_out"
        for kind, value in (*own, *_others(where))
    )
