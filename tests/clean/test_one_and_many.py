"""A record that somebody types is understood as the same row of a file: the same statements, read another way."""

from __future__ import annotations

import json

import pytest

from regulars.clean.one import clean_one
from regulars.engine.one_row import statement
from regulars.settings import Settings
from regulars.store.tables import PERSON_FIELDS

NOW_US = 1_800_000_000_000_000  #: 2027-01-15 08:00 UTC
TYPED = {
    "full_name": (
        "Mme Marie-Ève de la Fontaine-Côté", "TREMBLAY, Jean-François", "SMITH Jr, Robert E.", "M. et Mme Roy", "Bob",
        "Me Lise Roy, notaire", "Restaurant Chez Paul inc.", "J.-F. Gagnon", "FranÃ§ois Roy", "Mx Alex Roy",
    ),
    "address_line": (
        "4-123 rue Saint-Denis, Montréal (Québec) H2X 1Y4", "12 bis rue de la Paix, 75002 Paris", "10 Main St Apt 4B",
        "123 rue Principale 2e étage, Rimouski QC", "1600 Pennsylvania Ave NW, Washington, DC 20500", "RR 2, Barrie ON",
    ),
    "email": ("Anna@Gmial.com", "<a@b.ca>;", "none@none.com", "a@gmail,com", "n/a", "x y@z.ca", "jean@a.ca; j@b.ca"),
    "phone": ("(514) 555-0123 poste 45", "06 12 34 56 78", "0000000000", "+44 20 7946 0958", "514-555-0123 (cell)"),
    "birth_date": (
        "1980-05-31", "80-05-31", "05-01-02", "19800531", "1980/5/3", "31/05/1980", "1900-01-01", "2030-01-01", "n/a",
        "1850-01-01", "'1980-01-02", "1980-02-30", "1980-05-31 12:00:00", "1980-05", "0000-00-00", "",
    ),
    "age": ("25", "25.0", "25 ans", "121", "-1", "x", "1980", "1980.0", "1850", "2030"),
    "gender": ("F", "femme", "?", "zz"),
    "language": ("fr", "English", "fr-CA", "xx"),
    "given_name": (
        "Mme Anne", "ANNE", "Null", "Unknown", "Jo\x07hn\x1b[31m", "Zo\x9bé", " Jo ",
        "mcdonald", "Dr. Bob", "Nan", "Zoé",
    ),
    "family_name": ("Roy Jr", "Mme Tremblay", "TREMBLAY, Anne", "MACDONALD", "O'BRIEN", "Roy, III", "Inconnu"),
    "house_number": ("4-123", "'12", "12.0", "12 bis"),
    "unit": ("app. 4", "#12B", "Rear"),
    "street": ("12 rue X", "boul. rené-lévesque ouest", "St clair ave w", "PO BOX 12"),
    "postcode": ("g5l1a1", "90210", "G5LIA1", "0"),
    "region": ("Québec", "ON", "xx"),
    "country": ("Canada", "zz"),
    "loyalty_card": ("000", "'1001", "1001.0", "99999", "abc"),
    "user_id": ("none", "42"),
    "name_suffix": ("jr.", "III", "fils"),
}  # fmt: skip


@pytest.mark.parametrize("field", TYPED)
def test_a_typed_value_is_understood_as_in_a_file(people, field):
    values = [value for value in TYPED[field] if value]
    rows = people([{"source_key": str(n), field: value} for n, value in enumerate(values)]).rows.to_pylist()
    for row, value in zip(rows, values, strict=True):
        typed = clean_one({field: value}, Settings(), now_us=NOW_US)
        assert typed.values == {name: row[name] for name in PERSON_FIELDS if row[name] is not None}, value
        changes = json.loads(row["changes"] or "{}")
        assert {name: list(rules) for name, rules in typed.changes.items()} == changes, value


def test_values_that_tell_of_each_other_are_understood_together(people):
    typed = {
        "given_name": "Mme Anne", "family_name": "ROY jr", "address_line": "4-12 av. du Parc, app. 3, Laval",
        "phone": "06 12 34 56 78", "country": "France", "postcode": "2000", "birth_date": "1980-05-31",
    }  # fmt: skip
    (row,) = people([{"source_key": "1", **typed}]).rows.to_pylist()
    made = clean_one(typed, Settings(), now_us=NOW_US)
    assert made.values == {name: row[name] for name in PERSON_FIELDS if row[name] is not None}
    assert {name: list(rules) for name, rules in made.changes.items()} == json.loads(row["changes"])


@pytest.mark.parametrize(
    "sql",
    [
        "select strip_accents(name) as plain from people",
        "select name from people where name = 'Roy'",
        "select name from (select name from people where name = 'Roy')",
        "select name from people group by name",
        "select name from people qualify row_number() over (order by name) = 1",
        "select distinct name from people",
        "select name from people limit 1",
        "with some as (select name from people) select name from some",
        "select name from people join towns on towns.name = people.name",
        "select name from people left join towns using (name)",
    ],
)
def test_what_cannot_be_said_for_one_row_is_refused(sql: str) -> None:
    with pytest.raises(NotImplementedError, match="cannot be said for one row"):
        statement(sql)


def test_nothing_known_stays_unknown():
    made = statement(
        "select a = b as same, a is distinct from b as differs, a = 'x' or b = 'y' as either,"
        " coalesce(nullif(b, 'y'), 'none') as instead, a || b as both from given"
    )({"a": None, "b": "y"})
    assert made == {"same": None, "differs": True, "either": True, "instead": "none", "both": None}
