"""Birth dates and ages: ISO dates read in the format of their column, and no day on which nobody is born."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from regulars.clean.person.values import Answer, distinct
from regulars.clean.row.instants import day_sql
from regulars.engine import Session
from regulars.engine.one_row import statement
from regulars.engine.statements import statements

#: What is tried when nothing is known of a column: forms that have one reading only.
PLAIN_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
#: Nobody alive was born before; in a register of people of long ago, which no shop has, nobody before the second.
_FIRST_YEAR, _FIRST_OF_A_REGISTER = 1900, 1000
_SQL = statements(Path(__file__).with_suffix(".sql"))


def settle_birth_dates(
    session: Session, name: str, relation: str, column: str, formats: Sequence[str], today: date
) -> None:
    """Leave under `name` every birth date of a column: `found`, `standard` (ISO), `rules`."""
    reading = _reading(formats or PLAIN_FORMATS)
    session.view("found_birth_dates", f"select found, {reading} as day from ({distinct(relation, [column])})")
    of_long_ago = session.rows(_SQL["long_ago"]).to_pylist()[0]["most"]
    first_year = _FIRST_OF_A_REGISTER if of_long_ago else _FIRST_YEAR
    session.create(name, _SQL["birth_dates"], {"today": today.isoformat(), "first_year": first_year})


def birth_date_of_one(found: str, today: date) -> Answer:
    """The standard form of one birth date that stands in no column, and the rules that made it."""
    reading = statement(f"select found, {_reading(PLAIN_FORMATS)} as day from found_birth_dates")
    given = {"today": today.isoformat(), "first_year": _FIRST_YEAR}
    row = statement(_SQL["birth_dates"])(reading({"found": found}), given=given)
    return row["standard"], row["rules"]


def age_of_one(found: str) -> Answer:
    """The standard form of one age, and the rules that made it."""
    row = statement(_SQL["ages"])({"found": found})
    return row["standard"], row["rules"]


def _reading(formats: Sequence[str]) -> str:
    return day_sql("trim(trim(found), '''')", formats)


def settle_ages(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` every age of a column: `found`, `standard` (digits), `rules`."""
    session.view("found_ages", distinct(relation, [column]))
    session.create(name, _SQL["ages"])
