"""Export: every table that others rely on, with money in currency units, days as ISO dates and people by their id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Table

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound, Refused, did_you_mean
from regulars.flow import Ground, outputs
from regulars.flow.asking import lay_out_asking, questions
from regulars.flow.facts import finished, lay_out, lay_out_told
from regulars.flow.forms import writer
from regulars.flow.recommended import say_reasons
from regulars.flow.touchpoints import touchpoints, walk_to_orders
from regulars.indicators import INDICATORS
from regulars.measure.touchpoints import SCHEMA
from regulars.model.money import currency_digits, minor_digits
from regulars.model.person import HOUSEHOLD_ID_SQL, PERSON_ID_SQL
from regulars.segment.ladder import ladder
from regulars.store import tables
from regulars.store.rows import columns_of, fetch
from regulars.treat.writes import whole_days
from regulars.words import LANGUAGES, _

_SQL = statements(Path(__file__).with_suffix(".sql"))
_PERSON = PERSON_ID_SQL.format(person="person")
_HOUSEHOLD = f"case when h.household is not null then {HOUSEHOLD_ID_SQL.format(household='h.household')} end"
_OF_IDENTITY = PERSON_ID_SQL.format(person="i.person")
_DAY = "strftime(date '1970-01-01' + cast({day} as integer), '%Y-%m-%d')"
_INSTANT = "strftime(make_timestamp({us}), '%Y-%m-%dT%H:%M:%SZ')"
_CARD = ", ".join(tables.PERSON_FIELDS)
_CONSENTS = ", ".join(f"consent_{channel}" for channel in ("email", "sms", "phone", "post"))


def _weighed(*columns: str) -> pa.Schema:
    return pa.schema(
        [(name, pa.string()) for name in columns] + [(name, pa.float64()) for name in ("low", "high")]
    )


#: What `regulars importance` found, empty until it is asked.
_WEIGHED = {
    "importance_worths": _weighed("what", "name", "outcome", "members").append(
        pa.field("fall", pa.float64())
    ),
    "importance_segments": _weighed("what", "name", "segment", "columns").append(
        pa.field("changed", pa.float64())
    ),
}


def export(ground: Ground, name: str, output: Path) -> int:
    """Write a table to a file, whose ending names the form; the number of rows."""
    table, write = _table(name), writer(output)
    with outputs.written(ground.folder, output) as file, ground.engine.session() as session:
        return write(session, table(session, ground), file)


def write_rows(ground: Ground, relations: Mapping[str, pa.Table], sql: str, output: Path) -> int:
    """Write the rows of a statement over some relations to a file, whose ending names the form; their number."""
    write = writer(output)
    with outputs.written(ground.folder, output) as file, ground.engine.session() as session:
        for name, rows in relations.items():
            session.table(name, rows)
        return write(session, sql, file)


def rows(ground: Ground, name: str) -> pa.Table:
    """A table that others rely on, in memory."""
    with ground.engine.session() as session:
        return session.rows(_table(name)(session, ground))


def _table(name: str) -> Callable[[Session, Ground], str]:
    if name not in EXPORTS:
        raise NotFound(
            _("there is no table '{name}' to export", name=name),
            did_you_mean(name, EXPORTS) or _("tables are {tables}", tables=", ".join(EXPORTS)),
        )
    return EXPORTS[name]


def _identity(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out(session, ground, connection)
    return _SQL["identity"].format(of_identity=_OF_IDENTITY)


def _orders(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out(session, ground, connection)
        session.table("order_ids", fetch(connection, columns_of(tables.orders)))
    session.table("currency_units", _currency_units())
    return _SQL["orders"].format(
        of_identity=_OF_IDENTITY,
        line_day=_DAY.format(day="l.day"),
        sold_at=_INSTANT.format(us="l.sold_at_us"),
    )


def _people(session: Session, ground: Ground) -> str:
    _built(ground, "profiles")
    _store_table(session, ground, tables.people)
    _store_table(session, ground, tables.household_members)
    return _SQL["people"].format(
        person_of_card=PERSON_ID_SQL.format(person="p.person"),
        card=_CARD,
        consents=_CONSENTS,
        household=_HOUSEHOLD,
    )


def _households(session: Session, ground: Ground) -> str:
    _store_table(session, ground, tables.household_members)
    return _SQL["households"].format(
        household=_HOUSEHOLD, person_of_member=PERSON_ID_SQL.format(person="h.person")
    )


def _indicators(session: Session, ground: Ground) -> str:
    _result(session, ground, "indicators")
    return _SQL["indicators"].format(
        person=_PERSON, as_of=_DAY.format(day="as_of"), indicators=_indicator_columns(ground)
    )


def _profiles(session: Session, ground: Ground) -> str:
    _result(session, ground, "indicators")
    _result(session, ground, "profiles")
    _store_table(session, ground, tables.people)
    _store_table(session, ground, tables.household_members)
    session.table("next_steps", _next_steps())
    return _SQL["profiles"].format(
        person_of_card=PERSON_ID_SQL.format(person="p.person"), card=_CARD, consents=_CONSENTS,
        as_of=_DAY.format(day="i.as_of"), indicators=_indicator_columns(ground), household=_HOUSEHOLD,
    )  # fmt: skip


def _next_steps() -> pa.Table:
    """The next steps of the ladder in both languages."""
    steps = [
        {"name": one.name, **{chosen: one.sentence.in_language(chosen) for chosen in LANGUAGES}}
        for one in ladder().steps.values()
    ]
    return pa.Table.from_pylist(steps)


def _predictions(session: Session, ground: Ground) -> str:
    _result(session, ground, "predictions")
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    days = ("as_of", "next_order_day", "next_order_low", "next_order_high")
    money = ("expected_spend_90d", "value_365d", "value_365d_low", "value_365d_high")
    return _SQL["predictions"].format(
        person=_PERSON,
        **{name: _DAY.format(day=name) for name in days},
        **{name: f"{name} / {unit}.0" for name in money},
    )


def _voice_products(session: Session, ground: Ground) -> str:
    _result(session, ground, "voice_products")
    _result(session, ground, "voice_themes")
    return _SQL["voice_products"]


def _voice_people(session: Session, ground: Ground) -> str:
    _result(session, ground, "voice_people")
    return _SQL["voice_people"].format(
        person=_PERSON, last_complaint_day=_DAY.format(day="last_complaint_day")
    )


def _voice_examples(session: Session, ground: Ground) -> str:
    _result(session, ground, "voice_examples")
    person = f"case when person is not null then {_PERSON} end"
    return _SQL["voice_examples"].format(person=person, day=_DAY.format(day="day"))


def _outside(session: Session, ground: Ground) -> str:
    built = _built(ground, "outside")
    with ground.store.read() as connection:
        lay_out_told(session, ground, connection, built)
    return _SQL["outside"].format(person=_PERSON)


def _to_ask(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out_asking(session, ground, connection)
        session.table("called", fetch(connection, columns_of(tables.people)))
    session.table("questions", questions())
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    return _SQL["to_ask"].format(
        person=PERSON_ID_SQL.format(person="a.person"),
        expected_day=_DAY.format(day="a.expected_day"),
        unit=unit,
    )


def _recommendations(session: Session, ground: Ground) -> str:
    _result(session, ground, "recommendations")
    _result(session, ground, "articles")
    say_reasons(session)
    return _SQL["recommendations"].format(person=_PERSON)


def _touchpoints(session: Session, ground: Ground) -> str:
    found = touchpoints(session, ground)
    session.table("touchpoints", pa.Table.from_pylist([asdict(one) for one in found.touchpoints], SCHEMA))
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    return _SQL["touchpoints"].format(
        **{name: _DAY.format(day=name) for name in ("first_day", "last_day", "gap_until")},
        **{name: f"{name} / {unit}.0" for name in ("revenue_365d", "revenue_touched_365d")},
    )


def _journeys(session: Session, ground: Ground) -> str:
    walk_to_orders(session, ground)
    with ground.store.read() as connection:
        session.table("order_ids", fetch(connection, columns_of(tables.orders)))
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    return _SQL["journeys"].format(
        person=PERSON_ID_SQL.format(person="w.person"),
        touched_at=_INSTANT.format(us="w.at_us"),
        ordered_at=_INSTANT.format(us="o.sold_at_us"),
        paid=f"o.paid / {unit}.0",
    )


def _personas(session: Session, ground: Ground) -> str:
    _result(session, ground, "personas")
    _result(session, ground, "persona_cards")
    return _SQL["personas"].format(person=_PERSON)


def _assortment(session: Session, ground: Ground) -> str:
    _result(session, ground, "assortment")
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    return _SQL["assortment"].format(unit=unit)


def _importance(session: Session, ground: Ground) -> str:
    _built(ground, "profiles")
    for name, schema in _WEIGHED.items():
        with ground.store.read() as connection:
            found = ground.lake.result(connection, name)
        session.parquet(name, [found[0]] if found else [], schema)
    said = [
        {"name": one.name, "words": one.question.en, "words_fr": one.question.fr}
        for one in INDICATORS.values()
    ]
    session.table("questions", pa.Table.from_pylist(said))
    return _SQL["importance"]


def _segments(session: Session, ground: Ground) -> str:
    _result(session, ground, "segments")
    return _SQL["segments"].format(person=_PERSON)


def _memberships(session: Session, ground: Ground) -> str:
    _store_table(session, ground, tables.memberships)
    return _SQL["memberships"].format(
        person=_PERSON, since=_DAY.format(day="since"), until=_DAY.format(day="until")
    )


def _decisions(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        whole = columns_of(tables.decisions).where(tables.decisions.c.day.in_(whole_days()))
        session.table("decisions", fetch(connection, whole))
    return _SQL["decisions"].format(person=_PERSON, day=_DAY.format(day="day"))


def _consent_facts(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out(session, ground, connection)
    _store_table(session, ground, tables.consents)
    return _SQL["consents"].format(
        of_identity=_OF_IDENTITY,
        given_at=_INSTANT.format(us="c.at_us"),
        expires=_INSTANT.format(us="c.expires_us"),
    )


def _rejects(session: Session, ground: Ground) -> str:
    _store_table(session, ground, tables.rejects)
    return _SQL["rejects"]


#: The tables, by the name that `regulars export` takes.
EXPORTS: Mapping[str, Callable[[Session, Ground], str]] = {
    "identity": _identity,
    "people": _people,
    "households": _households,
    "orders": _orders,
    "indicators": _indicators,
    "profiles": _profiles,
    "predictions": _predictions,
    "recommendations": _recommendations,
    "outside": _outside,
    "to_ask": _to_ask,
    "importance": _importance,
    "segments": _segments,
    "personas": _personas,
    "touchpoints": _touchpoints,
    "journeys": _journeys,
    "assortment": _assortment,
    "voice_products": _voice_products,
    "voice_people": _voice_people,
    "voice_examples": _voice_examples,
    "memberships": _memberships,
    "decisions": _decisions,
    "consents": _consent_facts,
    "rejects": _rejects,
}


def _indicator_columns(ground: Ground) -> str:
    """Each indicator in the unit people read: money in currency units, days as dates."""
    unit = 10 ** minor_digits(ground.settings.shop.currency)
    columns = []
    for one in INDICATORS.values():
        match one.unit:
            case "cents":
                columns.append(f"{one.name} / {unit}.0 as {one.name}")
            case "day":
                columns.append(f"{_DAY.format(day=one.name)} as {one.name}")
            case _:
                columns.append(one.name)
    return ", ".join(columns)


def _currency_units() -> pa.Table:
    """How many minor units are one unit of each currency that does not have a hundred."""
    units = [(code, 10.0**digits) for digits, codes in currency_digits().items() for code in codes]
    codes, minor = zip(*units, strict=True)
    return pa.table({"currency": codes, "minor": minor})


def _store_table(session: Session, ground: Ground, table: Table) -> None:
    """Give the engine a table of the store, without what is being loaded at the moment."""
    statement = columns_of(table)
    if "import_id" in table.c:
        statement = statement.where(table.c.import_id.is_(None) | table.c.import_id.in_(finished()))
    with ground.store.read() as connection:
        session.table(table.name, fetch(connection, statement))


def _result(session: Session, ground: Ground, name: str) -> None:
    session.parquet(name, [_built(ground, name)], pa.schema([]))


def _built(ground: Ground, name: str) -> Path:
    """The file of a derived table; `Refused` before the first build."""
    with ground.store.read() as connection:
        found = ground.lake.result(connection, name)
    if found is None:
        raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
    return found[0]
