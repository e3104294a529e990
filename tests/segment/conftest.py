"""A small catalogue of operands and a small shop, which the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.segment.language.operands import PROFILE, Operand, Type, Unit
from regulars.segment.language.rules import Rule, compile_rule
from regulars.words import Text

AS_OF = 15317  # 2011-12-09
ARROW = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(), "BOOLEAN": pa.bool_()}


def _operand(
    name: str, unit: Unit, en: str, fr: str, type: Type = "BIGINT", values: tuple[str, ...] = ()
) -> Operand:
    return Operand(name=name, type=type, unit=unit, label=Text(en=en, fr=fr), values=values)


OPERANDS: Mapping[str, Operand] = {
    operand.name: operand
    for operand in (
        _operand("spend_365d", "cents", "spend in the last 365 days", "dépenses des 365 derniers jours"),
        _operand("spend_90d", "cents", "spend in the last 90 days", "dépenses des 90 derniers jours"),
        _operand("biggest_basket", "cents", "biggest basket", "plus gros panier"),
        _operand("orders_lifetime", "count", "orders", "commandes"),
        _operand("orders_365d", "count", "orders in the last 365 days", "commandes des 365 derniers jours"),
        _operand(
            "distinct_products", "count", "number of different products", "nombre de produits différents"
        ),
        _operand(
            "days_since_last_order", "days", "days since the last order", "jours depuis la dernière commande"
        ),
        _operand(
            "expected_gap_days",
            "days",
            "expected gap between orders",
            "écart attendu entre commandes",
            "DOUBLE",
        ),
        _operand("last_order_day", "day", "date of the last order", "date de la dernière commande"),
        _operand("favourite_weekday", "weekday", "favourite weekday", "jour préféré"),
        _operand("favourite_hour", "hour", "favourite hour", "heure préférée"),
        _operand("discount_share", "share", "share bought at a discount", "part achetée au rabais", "DOUBLE"),
        _operand("spend_quintile", "score", "spend quintile", "quintile de dépenses"),
        _operand("frequency_quintile", "score", "frequency quintile", "quintile de fréquence"),
        _operand("recency_quintile", "score", "recency quintile", "quintile de récence"),
        _operand("engagement", "score", "engagement", "engagement", "DOUBLE"),
        _operand(
            "stage",
            "text",
            "stage",
            "étape",
            "VARCHAR",
            ("prospect", "new", "active", "due", "late", "lapsed"),
        ),
        _operand("favourite_store", "text", "favourite shop", "magasin préféré", "VARCHAR"),
        _operand("returns_lifetime", "count", "lines returned", "lignes retournées"),
        _operand("visits_30d", "count", "days with a visit", "jours avec visite"),
        _operand("reviews_365d", "count", "reviews", "avis"),
        _operand("good_reviews_365d", "count", "good reviews", "bons avis"),
        _operand("shares_365d", "count", "shares", "partages"),
        _operand("referrals_365d", "count", "friends brought", "personnes amenées"),
        _operand("mystery", "score", "wobble index", "bidule"),
        *PROFILE,
    )
}


def profiles(people: list[dict[str, object]]) -> pa.Table:
    """A relation `profiles` of these people, numbered from 1; what is not said of them is unknown."""
    columns = {
        name: pa.array([person.get(name) for person in people], ARROW[operand.type])
        for name, operand in OPERANDS.items()
    }
    return pa.table({"person": pa.array(range(1, len(people) + 1), pa.int64()), **columns})


Rules = Callable[[str], Rule]
Shops = Callable[[list[dict[str, object]]], Session]


@pytest.fixture
def rule() -> Rules:
    """Reads a rule over the small catalogue, on the evening of 9 December 2011."""
    return lambda text: compile_rule(text, OPERANDS, as_of=AS_OF, currency="CAD")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shops]:
    """Opens a shop whose people are given, numbered from 1; what is not said of a person is unknown."""
    with DuckDBEngine(tmp_path).session() as session:

        def open_shop(people: list[dict[str, object]]) -> Session:
            session.table("profiles", profiles(people))
            return session

        yield open_shop


@pytest.fixture
def operands() -> Mapping[str, Operand]:
    return OPERANDS
