"""Senzing's truth set: cases made by hand, of people and a few companies, each for something that is hard to tell.

Twins and a father with his son's name, people who moved, married or write their name in two alphabets, a mailbox that
a whole office shares. The three files are loaded as a shop would load them, by a mapping of their columns.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.match.loaded import File, loaded
from bench.match.table import Row

_FILES = ("customers", "reference", "watchlist")
#: Columns of the files, by the field that they fill; several of one field never stand in one row together.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "source_key": ("RECORD_ID",),
    "full_name": ("PRIMARY_NAME_FULL", "PRIMARY_NAME_ORG", "NATIVE_NAME_FULL"),
    "family_name": ("PRIMARY_NAME_LAST",),
    "given_name": ("PRIMARY_NAME_FIRST",),
    "middle_name": ("PRIMARY_NAME_MIDDLE",),
    "gender": ("GENDER",),
    "birth_date": ("DATE_OF_BIRTH",),
    "identifier.passport": ("PASSPORT_NUMBER",),
    "identifier.drivers_license": ("DRIVERS_LICENSE_NUMBER",),
    "identifier.social_security": ("SSN_NUMBER",),
    "identifier.national_id": ("NATIONAL_ID_NUMBER",),
    "email": ("EMAIL_ADDRESS",),
    "address_line": ("ADDR_FULL", "ADDR_LINE1"),
    "city": ("ADDR_CITY",),
    "region": ("ADDR_STATE",),
    "postcode": ("ADDR_POSTAL_CODE",),
    "country": ("ADDR_COUNTRY",),
    "phone": ("PHONE_NUMBER",),
}


def people(folder: Path) -> Iterator[Row]:
    """The records of the three files; the truth of each is its case."""
    with (folder / "senzing_key.csv").open(encoding="utf-8") as opened:
        key = {(row["DATA_SOURCE"], row["RECORD_ID"]): row["CLUSTER_ID"] for row in csv.DictReader(opened)}
    files = [folder / f"senzing_{name}.csv" for name in _FILES]
    known = [File(file, name.upper(), _mapping(file)) for file, name in zip(files, _FILES, strict=True)]
    return (row for _name, row in loaded(known, key))


def cases(
    truth: Sequence[str], person: Sequence[int], review: Sequence[tuple[int, int]]
) -> dict[str, list[str]]:
    """The cases by how they came out.

    `right`: all its records, and nobody else's, are one person. `in review`: they would be, if the questions of the
    review (pairs of places, from 1) were answered. `missed`: nothing asks. `wrong`: one is joined to another's.
    """
    members: dict[str, list[int]] = defaultdict(list)
    owners: dict[int, set[str]] = defaultdict(set)
    for place, (case, found) in enumerate(zip(truth, person, strict=True)):
        members[case].append(place)
        owners[found].add(case)
    asked: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one, other in ((a - 1, b - 1) for a, b in review):
        if truth[one] == truth[other]:
            asked[truth[one]].append((person[one], person[other]))
    found_as: dict[str, list[str]] = {"right": [], "in review": [], "missed": [], "wrong": []}
    for case, places in sorted(members.items()):
        parts = {person[place] for place in places}
        wrong = any(len(owners[part]) > 1 for part in parts)
        whole = len(parts) == 1
        outcome = "wrong" if wrong else "right" if whole else "in review"
        if outcome == "in review" and not _joined(parts, asked[case]):
            outcome = "missed"
        found_as[outcome].append(case)
    return found_as


def _joined(parts: set[int], questions: list[tuple[int, int]]) -> bool:
    """Whether yes to the questions would make one of all parts."""
    reached = {min(parts)}
    while more := {end for pair in questions if reached & set(pair) for end in pair} - reached:
        reached |= more
    return reached >= parts


def _mapping(file: Path) -> str:
    with file.open(encoding="utf-8") as opened:
        there = next(csv.reader(opened))
    lines = ['kind = "people"', "[columns]"]
    for field, columns in _FIELDS.items():
        known = [f'"{column}"' for column in columns if column in there]
        if known:
            join = f", join = [{', '.join(known)}]" if len(known) > 1 else ""
            lines.append(f'{known[0]} = {{ field = "{field}"{join} }}')
    return "\n".join(lines) + "\n"
