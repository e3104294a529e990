"""The data quality report: how complete, valid, unique, fresh and consistent each source is, and what bad data costs.

It reads the shop's tables under their own names: `record_versions`, `order_lines` and `happenings` (current ones),
`consents`, `rejects`, `imports`, and `identity`, which may be empty. Counting is SQL; `problems.py` has
the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regulars.clean.address.regions import POSTAL_LETTERS
from regulars.clean.quality.problems import Problem, problems
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import day_number, from_us
from regulars.model.person import title_gender_sql
from regulars.settings import Settings
from regulars.store.tables import NOBODY, PERSON_FIELDS
from regulars.words import Text

_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldQuality:
    """One field of one source. A field that no row fills is not listed."""

    field: str
    rows: int  #: current records of the source
    filled: int  #: rows in which it says something, right or wrong
    valid: int  #: rows whose value can be used and is in no doubt
    distinct: int  #: different standard values
    share: float  #: filled / rows, 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceQuality:
    """One source: its records, its fields, and how old its news is."""

    source: str
    rows: int  #: current records
    lines: int  #: current order lines
    fields: tuple[FieldQuality, ...]
    newest_day: int | None  #: day of its newest fact; None when its files tell no day
    age_days: int | None  #: `as_of` less that day; 0 when it is later


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two fields of a source that must agree."""

    source: str
    name: str
    meaning: Text
    told: int  #: current records in which both can be compared
    broken: int  #: those of them in which they do not agree


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentColumn:
    """What a source says about one channel. One answer for everybody is no answer that people gave."""

    source: str
    channel: str
    answers: int
    states: Mapping[str, int]  #: answers by state

    @property
    def one_value(self) -> bool:
        """Whether the column says the same of everybody (of at least 20)."""
        return len(self.states) == 1 and self.answers >= 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTotals:
    """The order lines in one currency. Money in its minor units."""

    currency: str
    lines: int
    orders: int
    goods: int  #: paid for goods, returns taken off
    fees: int
    adjustments: int
    total: int  #: goods + fees + adjustments: what the books say
    credit_notes: int  #: the returns inside the total, negative
    lines_without_customer: int
    total_without_customer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The data quality report of a shop on a day."""

    as_of: int  #: day
    sources: tuple[SourceQuality, ...]
    checks: tuple[Check, ...]
    consents: tuple[ConsentColumn, ...]
    orders: tuple[OrderTotals, ...]
    rejected: int  #: rows that were read and not understood, and not mended since
    problems: tuple[Problem, ...]  #: the dearest first, then the most frequent
    cost: int  #: what the problems cost together, in minor units of the shop's currency


def quality(session: Session, settings: Settings, as_of: int) -> Quality:
    """The report on the evening of a shop day."""
    session.create("quality_records", _SQL["records"])
    found = problems(session, settings)
    return Quality(
        as_of=as_of,
        sources=_sources(session, settings, as_of),
        checks=_checks(session, as_of),
        consents=_consents(session),
        orders=tuple(
            OrderTotals(**row)
            for row in session.rows(_SQL["orders"].replace("$nobody", str(NOBODY))).to_pylist()
        ),
        rejected=session.rows(_SQL["rejected"]).column(0)[0].as_py(),
        problems=found,
        cost=sum(problem.cost or 0 for problem in found),
    )


#: Fields that must agree. The SQL of each is in `quality.sql`, under the same name.
CHECKS: Mapping[str, Text] = {
    "age_and_birth_date": Text(
        en="the age and the birth date are within two years of each other",
        fr="l’âge et la date de naissance concordent à deux ans près",
    ),
    "postcode_and_country": Text(
        en="the postal code is written as its country writes them",
        fr="le code postal est écrit comme ceux de son pays",
    ),
    "postcode_and_province": Text(
        en="the postal code begins with a letter of its province",
        fr="le code postal commence par une lettre de sa province",
    ),
    "title_and_gender": Text(
        en="the title before the name and the gender agree",
        fr="le titre devant le nom et le genre concordent",
    ),
}


def _sources(session: Session, settings: Settings, as_of: int) -> tuple[SourceQuality, ...]:
    counted = {
        row["source"]: row
        for row in session.rows(_SQL["fields"].replace("$fields", _fields_sql())).to_pylist()
    }
    fresh = {row["source"]: row for row in session.rows(_SQL["freshness"]).to_pylist()}
    made = []
    for source in sorted(counted.keys() | fresh.keys()):
        days = [fresh[source]["newest_day"]] if source in fresh else []
        if source in counted and counted[source]["newest_us"] is not None:
            days.append(day_number(from_us(counted[source]["newest_us"], settings.shop.time_zone).date()))
        newest = max((day for day in days if day is not None), default=None)
        made.append(
            SourceQuality(
                source=source,
                rows=counted[source]["rows"] if source in counted else 0,
                lines=fresh[source]["lines"] if source in fresh else 0,
                fields=_fields(counted[source]) if source in counted else (),
                newest_day=newest,
                age_days=None if newest is None else max(0, as_of - newest),
            )
        )
    return tuple(made)


def _fields(row: Mapping[str, int]) -> tuple[FieldQuality, ...]:
    made = []
    for name in PERSON_FIELDS:
        filled = row[f"{name}_standard"] + row[f"{name}_invalid"]
        valid = row[f"{name}_standard"] - row[f"{name}_doubtful"]
        if filled:
            made.append(
                FieldQuality(
                    field=name,
                    rows=row["rows"],
                    filled=filled,
                    valid=valid,
                    distinct=row[f"{name}_distinct"],
                    share=filled / row["rows"],
                )
            )
    return tuple(made)


def _fields_sql() -> str:
    """SQL that counts every field: standard values, refused ones, doubtful ones, different ones."""
    return ",\n".join(_SQL["field"].replace("$field", name) for name in PERSON_FIELDS)


def _checks(session: Session, as_of: int) -> tuple[Check, ...]:
    letters = " or ".join(
        f"(region = '{code}' and postcode[1] in ({_each(signs)}))" for code, signs in POSTAL_LETTERS.items()
    )
    given = {"$letters": letters, "$as_of": str(int(as_of)), "$title_gender": title_gender_sql("name_prefix")}
    sql = _SQL["checks"]
    for name, value in given.items():
        sql = sql.replace(name, value)
    return tuple(
        Check(
            source=row["source"],
            name=name,
            meaning=meaning,
            told=row[f"{name}_told"],
            broken=row[f"{name}_broken"],
        )
        for row in session.rows(sql).to_pylist()
        for name, meaning in CHECKS.items()
    )


def _consents(session: Session) -> tuple[ConsentColumn, ...]:
    columns: dict[tuple[str, str], dict[str, int]] = {}
    for row in session.rows(_SQL["consents"]).to_pylist():
        columns.setdefault((row["source"], row["channel"]), {})[row["state"]] = row["answers"]
    return tuple(
        ConsentColumn(source=source, channel=channel, answers=sum(states.values()), states=states)
        for (source, channel), states in sorted(columns.items())
    )


def _each(signs: str) -> str:
    return ", ".join(f"'{sign}'" for sign in signs)
