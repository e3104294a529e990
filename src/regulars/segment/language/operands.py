"""What a rule may speak of: every indicator, what the profile says of a person, and what may come, each with its unit.

A rule can name nothing else. The label is a noun phrase without an article, so that the sentence of a rule can be
made from it in English and in French.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.indicators import INDICATORS
from regulars.model.consent import STRICTNESS
from regulars.segment.ladder import ladder
from regulars.words import Text

Type = Literal["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"]
#: `count` things · `cents` minor units of the shop's currency · `days` a duration · `day` a date, days since 1970 ·
#: `hour` 0..23 · `weekday` 0..6 from Monday · `month` 1..12 · `share` 0..1 · `score` a bare number · `text` · `flag`
Unit = Literal["count", "cents", "days", "day", "hour", "weekday", "month", "share", "score", "text", "flag"]
#: Units whose values have an order that a rule may use.
ORDERED: frozenset[Unit] = frozenset({"count", "cents", "days", "day", "hour", "share", "score"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """One column of the relation `profiles` that rules may use."""

    name: str
    type: Type
    unit: Unit
    label: Text  #: a noun phrase without an article: "spend in the last 365 days"
    values: tuple[str, ...] = ()  #: every value there can be, when the list is closed


def _text(name: str, en: str, fr: str, values: tuple[str, ...] = ()) -> Operand:
    return Operand(name=name, type="VARCHAR", unit="text", label=Text(en=en, fr=fr), values=values)


def _number(name: str, unit: Unit, en: str, fr: str) -> Operand:
    return Operand(name=name, type="BIGINT", unit=unit, label=Text(en=en, fr=fr))


def _flag(name: str, en: str, fr: str) -> Operand:
    return Operand(name=name, type="BOOLEAN", unit="flag", label=Text(en=en, fr=fr))


#: What the profile says of a person, beside the indicators.
PROFILE: tuple[Operand, ...] = (
    _text("language", "language", "langue", ("en", "fr")),
    _text("city", "city", "ville"),
    _text("region", "region", "région"),
    _text("postcode", "postal code", "code postal"),
    _text("country", "country", "pays"),
    _text("gender", "gender", "genre"),
    _number("birth_month", "month", "birth month", "mois de naissance"),
    _number("birth_day_of_month", "score", "day of the month of birth", "quantième de naissance"),
    _number("age_years", "score", "age in years", "âge en années"),
    _text("consent_email", "consent to e-mail", "consentement aux courriels", STRICTNESS),
    _text("consent_sms", "consent to text messages", "consentement aux textos", STRICTNESS),
    _text("consent_phone", "consent to phone calls", "consentement aux appels", STRICTNESS),
    _text("consent_post", "consent to letters", "consentement aux lettres", STRICTNESS),
    _flag("has_email", "usable e-mail address", "adresse courriel utilisable"),
    _flag("has_phone", "usable phone number", "numéro de téléphone utilisable"),
    _flag("has_mobile", "number that takes text messages", "numéro qui reçoit des textos"),
    _flag("has_address", "usable postal address", "adresse postale utilisable"),
    _number("records", "count", "records joined", "fiches rapprochées"),
    _text("sentiment", "sentiment", "humeur", ("pleased", "mixed", "displeased")),
    _number("complaints_365d", "count", "complaints in the last 365 days", "plaintes des 365 derniers jours"),
    _number("praises_365d", "count", "praises in the last 365 days", "éloges des 365 derniers jours"),
    _number("last_complaint_day", "day", "date of the last complaint", "date de la dernière plainte"),
    _text("persona", "persona", "persona"),
    _text("rung", "rung of the ladder", "échelon", tuple(ladder().rungs)),
    _text("next_step", "next step", "prochain pas", tuple(ladder().steps)),
)


def _foretold(name: str, type: Type, unit: Unit, en: str, fr: str) -> Operand:
    return Operand(name=name, type=type, unit=unit, label=Text(en=en, fr=fr))


#: What may come of a person; unknown where too little is known to foretell it.
FORETOLD: tuple[Operand, ...] = (
    _foretold("next_order_day", "BIGINT", "day", "day of the next order", "jour de la prochaine commande"),
    _foretold(
        "no_order_30d", "DOUBLE", "share", "chance of no order in the next 30 days",
        "risque d’aucune commande dans les 30 prochains jours",
    ),
    _foretold(
        "no_order_90d", "DOUBLE", "share", "chance of no order in the next 90 days",
        "risque d’aucune commande dans les 90 prochains jours",
    ),
    _foretold(
        "expected_orders_90d", "DOUBLE", "count", "orders expected in the next 90 days",
        "commandes attendues dans les 90 prochains jours",
    ),
    _foretold(
        "expected_spend_90d", "BIGINT", "cents", "spend expected in the next 90 days",
        "dépenses attendues dans les 90 prochains jours",
    ),
    _foretold("value_365d", "BIGINT", "cents", "value of the next 365 days", "valeur des 365 prochains jours"),
)  # fmt: skip


def catalogue() -> Mapping[str, Operand]:
    """Every operand by name: the indicators, what the profile says, and what may come."""
    measured = (
        Operand(
            name=indicator.name,
            type=indicator.type,
            unit=indicator.unit,
            label=indicator.label,
            values=indicator.values,
        )
        for indicator in INDICATORS.values()
    )
    return {operand.name: operand for operand in (*measured, *PROFILE, *FORETOLD)}
