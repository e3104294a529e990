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
_DIGITS_OF_A_YEAR, _OLDEST, _NO_AGE = 4, 120, -1
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


def age_of_one(found: str, today: date) -> Answer:
    """The standard form of one age or year of birth (see `settle_ages`), and the rules that made it."""
    row = statement(_SQL["ages"])({"found": found}, given={**_births(today), "most": _OLDEST})
    return row["standard"], row["rules"]


def _births(today: date) -> dict[str, object]:
    """The years in which somebody who is 0 to 120 years old was born."""
    return {"earliest": today.year - _OLDEST, "latest": today.year}


def age_in(year: int, standard: str | None) -> str | None:
    """How old somebody is in a year, by the standard form of an age or a year of birth; None when not yet born.

    >>> age_in(2026, "1956"), age_in(2026, "70"), age_in(1950, "1956")
    ('70', '70', None)
    """
    if standard is None or len(standard) < _DIGITS_OF_A_YEAR:
        return standard
    return str(year - int(standard)) if int(standard) <= year else None


def _reading(formats: Sequence[str]) -> str:
    return day_sql("trim(trim(found), '''')", formats)


def settle_ages(session: Session, name: str, relation: str, column: str, today: date) -> None:
    """Leave under `name` every age of a column: `found`, `standard` (or a year of birth, of four digits), `rules`."""
    session.view("found_ages", distinct(relation, [column]))
    births = _births(today)
    of_years = session.rows(_SQL["years_of_birth"], births)["most"][0].as_py()
    session.create(name, _SQL["ages"], {**births, "most": _NO_AGE if of_years else _OLDEST})
