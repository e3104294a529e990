"""Products, stores and areas: what people's facts refer to. Known by their own key; the newest version counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from regulars.clean.address.places import country_code
from regulars.clean.person.values import settle
from regulars.clean.row.currencies import currency_parts
from regulars.clean.row.found import KnownFile, Layout, filled_json_sql, json_sql, layout, literal
from regulars.clean.row.keys import key_sql
from regulars.clean.row.numbers import decimal_sql, factor_sql, minor_sql, no_number, other_style_sql
from regulars.clean.row.rejects import rejected
from regulars.engine import Session
from regulars.settings import Settings
from regulars.words import both

_PRICES = ("unit_price", "unit_cost")
_NUMBERS = (*_PRICES, "stock")
#: The field that names a row of each kind.
KEY_FIELDS: Mapping[str, str] = {"products": "product_id", "stores": "store", "areas": "postcode"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What a chunk of rows means."""

    rows: pa.Table  #: the columns of `products` or `reference` that the row gives
    rejects: pa.Table  #: see `rejected`


def understand(session: Session, chunk: pa.Table, file: KnownFile) -> Things:
    """Understand a chunk: `line` (BIGINT) and the file's columns as text."""
    where = layout(chunk, file)
    raw, whole = json_sql(where.kept), json_sql(where.columns)
    key_field = KEY_FIELDS[file.mapping.kind]
    session.table("found", chunk)
    _settle_countries(session, where)
    shared = f"line, {_key_sql(where, key_field)} as key, md5({whole}) as content_hash"
    own = _product_sql(where, file.settings) if file.mapping.kind == "products" else f"{raw} as attributes"
    own += f", {_odd_sql(where, 'field')} as odd_field, {_odd_sql(where, 'text')} as odd_text"
    session.create("read", f"select {shared}, {own} from found")
    rows = session.rows(
        "select * exclude (odd_field, odd_text) from read where key is not null and odd_field is null order by line"
    )
    named = pa.array([file.source] * rows.num_rows, pa.string())
    if file.mapping.kind == "products":
        rows = rows.rename_columns(["product_id" if name == "key" else name for name in rows.column_names])
    else:
        rows = rows.append_column("kind", pa.array([file.mapping.kind] * rows.num_rows, pa.string()))
    return Things(rows=rows.append_column("source", named), rejects=_rejects(session, where, key_field))


def _key_sql(where: Layout, field: str) -> str:
    """SQL for what a row is known by; an area also by its country, where two may write a postal code alike."""
    key = key_sql(where.field_sql(field))
    if not _in_countries(where):
        return key
    country = f"(select c.country_code from countries c where c.country_found = {where.field_sql('country')})"
    return f"coalesce(upper({country}) || ':', '') || {key}"


def _in_countries(where: Layout) -> bool:
    return where.mapping.kind == "areas" and where.has("country")


def _settle_countries(session: Session, where: Layout) -> None:
    """Leave under `countries` every country of areas and its code, as the countries of people are read."""
    if _in_countries(where):
        settle(
            session,
            "countries",
            f"select distinct {where.field_sql('country')} as country_found, null as country_code, false as settled"
            " from found",
            keys=("country_found",),
            answers=("country_code",),
            by_hand=lambda found: (country_code(found)[0],),
        )


def _rejects(session: Session, where: Layout, key_field: str) -> pa.Table:
    """The rows that nothing names, or with a number in another style than the others."""
    wrong = "select line, key, odd_field, odd_text from read where key is null or odd_field is not null order by line"
    area = where.mapping.kind == "areas"
    said = []
    for row in session.rows(wrong).to_pylist():
        column = where.named(key_field if row["key"] is None else row["odd_field"])
        reason = (
            both("'{column}' is empty", column=column)
            if row["key"] is None
            else both(
                "'{value}' in '{column}' is no postal code, nor the beginning of one",
                value=row["odd_text"],
                column=column,
            )
            if area
            else no_number(row["odd_text"], column, where.decimal_separator(row["odd_field"]))
        )
        said.append((row["line"], column, reason))
    return rejected(said)


def _product_sql(where: Layout, settings: Settings) -> str:
    currency = currency_parts(where, _PRICES, settings.shop.currency)["currency"]
    factor = factor_sql(currency)
    money = {
        name: minor_sql(decimal_sql(where.field_sql(name), where.decimal_separator(name)), factor)
        for name in _PRICES
    }
    stock = decimal_sql(where.field_sql("stock"), where.decimal_separator("stock"))
    texts = ", ".join(f"{where.field_sql(name)} as {name}" for name in ("product_name", "category", "brand"))
    prices = ", ".join(f"{sql} as {name}" for name, sql in money.items())
    extra = filled_json_sql(where.unmapped())
    return f"{texts}, {prices}, {currency} as currency, cast({stock} as double) as stock, {extra} as extra"


def _odd_sql(where: Layout, what: Literal["field", "text"]) -> str:
    """SQL for the first number of an article that is in another style than its column: its field, or its text.

    Of an area the code, when it cannot be one: it has one or two letters, or a digit among at most ten signs.
    """
    if where.mapping.kind == "areas":
        code = where.field_sql("postcode")
        said = literal("postcode") if what == "field" else code
        plain = f"upper(trim({code}))"
        fits = (
            f"regexp_full_match({plain}, '[A-Z]{{1,2}}') or"
            f" (regexp_full_match({plain}, '[A-Z0-9][A-Z0-9 -]{{0,9}}') and regexp_matches({plain}, '[0-9]'))"
        )
        return f"case when not ({fits}) then {said} end"
    whens = " ".join(
        f"when {other_style_sql(where.field_sql(name), where.decimal_separator(name))}"
        f" then {literal(name) if what == 'field' else where.field_sql(name)}"
        for name in (_NUMBERS if where.mapping.kind == "products" else ())
    )
    return f"case {whens} end" if whens else "cast(null as varchar)"
