"""Export: every table that others rely on, with money in currency units, days as ISO dates and people by their id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from sqlalchemy import Table

from regulars.engine import Session
from regulars.errors import Invalid, NotFound, Refused, did_you_mean
from regulars.flow import Ground, outputs
from regulars.flow.facts import finished, lay_out
from regulars.indicators import INDICATORS
from regulars.model import cells
from regulars.model.money import currency_digits, minor_digits
from regulars.model.person import PERSON_ID_SQL
from regulars.segment.ladder import ladder
from regulars.segment.language.literals import quoted
from regulars.store import tables
from regulars.store.rows import columns_of, fetch
from regulars.treat.writes import whole_days
from regulars.words import Language, _

_PERSON = PERSON_ID_SQL.format(person="person")
_DAY = "strftime(date '1970-01-01' + cast({day} as integer), '%Y-%m-%d')"
_INSTANT = "strftime(make_timestamp({us}), '%Y-%m-%dT%H:%M:%SZ')"
_CARD = ", ".join(tables.PERSON_FIELDS)
_CONSENTS = ", ".join(f"consent_{channel}" for channel in ("email", "sms", "phone", "post"))


def export(ground: Ground, name: str, output: Path) -> int:
    """Write a table to a file, whose ending names the form; the number of rows."""
    table = _table(name)
    ending = output.suffix.lower()
    if ending not in _WRITERS:
        raise Invalid(
            _("'{file}' does not say how to write it", file=output.name),
            _("end the name with {endings}", endings=", ".join(_WRITERS)),
        )
    with outputs.written(ground.folder, output) as file, ground.engine.session() as session:
        return _WRITERS[ending](session, table(session, ground), file)


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
    return f"""select r.source, r.source_key, {PERSON_ID_SQL.format(person="i.person")} as person_id
        from identity i inner join records r on r.record = i.record order by r.source, r.source_key"""


def _orders(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out(session, ground, connection)
        session.table("order_ids", fetch(connection, columns_of(tables.orders)))
    return f"""select l.source, o.order_space, o.order_id, l.line, {_DAY.format(day="l.day")} as day,
            {_INSTANT.format(us="l.sold_at_us")} as sold_at, r.source_key as customer_key,
            case when i.person is not null then {PERSON_ID_SQL.format(person="i.person")} end as person_id,
            l.product_id, l.product_name, l.category, l.quantity, {_units("l.paid", "l.currency")} as paid,
            {_units("l.discount", "l.currency")} as discount, {_units("l.tax", "l.currency")} as tax,
            {_units("l.shipping", "l.currency")} as shipping, l.currency, l.store, l.channel, l.payment, l.coupon,
            l.status, l.line_kind, l.is_return
        from order_lines l
        inner join order_ids o on o.order_no = l.order_no
        left join records r on r.record = l.record
        left join identity i on i.record = l.record
        order by l.source, l.import_id, l.line"""


def _people(session: Session, ground: Ground) -> str:
    _built(ground, "profiles")
    _store_table(session, ground, tables.people)
    return f"select {_PERSON} as person_id, {_CARD}, {_CONSENTS}, records from people order by person"


def _indicators(session: Session, ground: Ground) -> str:
    _result(session, ground, "indicators")
    day = _DAY.format(day="as_of")
    return f"select {_PERSON} as person_id, {day} as as_of, {_indicator_columns(ground)} from indicators"


def _profiles(session: Session, ground: Ground) -> str:
    _result(session, ground, "indicators")
    _result(session, ground, "profiles")
    _store_table(session, ground, tables.people)
    return f"""select {PERSON_ID_SQL.format(person="p.person")} as person_id, {_CARD}, {_CONSENTS}, records,
        {_DAY.format(day="i.as_of")} as as_of, {_indicator_columns(ground)},
        rung, next_step, {_step_sentences("en")} as next_step_en, {_step_sentences("fr")} as next_step_fr
        from people p inner join indicators i on i.person = p.person
        inner join (select person, rung, next_step from profiles) as l on l.person = p.person order by p.person"""


def _step_sentences(chosen: Language) -> str:
    cases = (
        f"when {quoted(one.name)} then {quoted(one.sentence.in_language(chosen))}"
        for one in ladder().steps.values()
    )
    return f"case next_step {' '.join(cases)} end"


def _segments(session: Session, ground: Ground) -> str:
    _result(session, ground, "segments")
    return f"select segment, {_PERSON} as person_id from segments order by segment, person"


def _memberships(session: Session, ground: Ground) -> str:
    _store_table(session, ground, tables.memberships)
    return f"""select segment, {_PERSON} as person_id, {_DAY.format(day="since")} as since,
        {_DAY.format(day="until")} as until from memberships order by segment, person, since"""


def _decisions(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        whole = columns_of(tables.decisions).where(tables.decisions.c.day.in_(whole_days()))
        session.table("decisions", fetch(connection, whole))
    return f"""select {_PERSON} as person_id, {_DAY.format(day="day")} as day, treatment, channel, chosen, holdout,
        reason_en as reason, reason_fr, language from decisions order by day, person"""


def _consent_facts(session: Session, ground: Ground) -> str:
    with ground.store.read() as connection:
        lay_out(session, ground, connection)
    _store_table(session, ground, tables.consents)
    return f"""select {PERSON_ID_SQL.format(person="i.person")} as person_id, r.source, r.source_key, c.channel,
        c.purpose, c.state, c.basis, c.proof, {_INSTANT.format(us="c.at_us")} as at,
        {_INSTANT.format(us="c.expires_us")} as expires
        from consents c inner join records r on r.record = c.record left join identity i on i.record = c.record
        order by r.source, r.source_key, c.at_us, c.fact"""


def _rejects(session: Session, ground: Ground) -> str:
    _store_table(session, ground, tables.rejects)
    return """select reject_id, import_id, file, line, "column", reason, raw, coalesce(reason_fr, reason) as reason_fr
        from rejects where replayed_by is null order by reject_id"""


#: The tables, by the name that `regulars export` takes.
EXPORTS: Mapping[str, Callable[[Session, Ground], str]] = {
    "identity": _identity,
    "people": _people,
    "orders": _orders,
    "indicators": _indicators,
    "profiles": _profiles,
    "segments": _segments,
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


def _units(minor: str, currency: str) -> str:
    cases = "".join(
        f" when {currency} in ({', '.join(repr(code) for code in codes)}) then {minor} / {10**digits}.0"
        for digits, codes in currency_digits().items()
    )
    return f"(case{cases} else {minor} / 100.0 end)"


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


def _write_csv(session: Session, sql: str, output: Path) -> int:
    rows = 0
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    batches = _batches(session, sql)
    first = next(batches)
    with (
        output.open("wb") as file,
        pyarrow.csv.CSVWriter(file, first.schema, write_options=options) as writer,
    ):
        for batch in chain([first], batches):
            writer.write_batch(_harmless(batch))
            rows += batch.num_rows
    return rows


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows with no text that a spreadsheet would run."""
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type):
            runs = pc.and_not(
                pc.match_substring_regex(column, cells.RISKY), pc.match_substring_regex(column, cells.PLAIN)
            )
            column = pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _write_parquet(session: Session, sql: str, output: Path) -> int:
    return session.write_parquet(sql, output)


def _write_jsonl(session: Session, sql: str, output: Path) -> int:
    rows = 0
    with output.open("w", encoding="utf-8") as file:
        for batch in _batches(session, sql):
            for row in batch.to_pylist():
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                rows += 1
    return rows


def _write_xlsx(session: Session, sql: str, output: Path) -> int:
    import xlsxwriter

    rows = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with _in_its_own_words(), xlsxwriter.Workbook(str(output), options) as book:
        sheet = book.add_worksheet()
        for batch in _batches(session, sql):
            if rows == 0:
                sheet.write_row(0, 0, batch.schema.names)
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                rows += 1
                if rows >= 1_048_576:
                    raise Refused(
                        _("an Excel sheet holds no more than 1,048,575 rows"), _("write .csv or .parquet")
                    )
                sheet.write_row(rows, 0, ["" if value is None else value for value in row])
    return rows


@contextmanager
def _in_its_own_words() -> Iterator[None]:
    """A workbook that cannot be written is said as the operating system says it."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as problem:
        raise problem.args[0] from None


def _batches(session: Session, sql: str) -> Iterator[pa.RecordBatch]:
    """At least one batch, so that an empty table still has its header."""
    empty = True
    for batch in session.batches(sql):
        empty = False
        yield batch
    if empty:
        yield from session.rows(sql).schema.empty_table().to_batches() or [
            pa.RecordBatch.from_pylist([], session.rows(sql).schema)
        ]


_WRITERS: Mapping[str, Callable[[Session, str, Path], int]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
    ".jsonl": _write_jsonl,
}
