"""Where somebody stands among the shop's buyers: recency, frequency, money. 5 is best; equal values rank equal."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text


def above(value: str, cuts: str, count: int) -> str:
    """SQL for how many of the cuts a value is above."""
    return " + ".join(f"case when {value} > norms.{cuts}_{n} then 1 else 0 end" for n in range(1, count + 1))


FAMILY = (
    Indicator(
        name="recency_quintile",
        label=Text(en="recency quintile", fr="quintile de récence"),
        question=Text(
            en="Do they buy lately, against others?", fr="Achètent-ils récemment, par rapport aux autres?"
        ),
        unit="score",
        over="norms",
        value=f"case when orders_lifetime > 0 then 5 - ({above('days_since_last_order', 'recency', 4)}) end",
        examples=(
            ((), None),
            (({"orders_lifetime": 1, "days_since_last_order": 5, "norms.recency": (10, 20, 30, 40)},), 5),
            (({"orders_lifetime": 1, "days_since_last_order": 41, "norms.recency": (10, 20, 30, 40)},), 1),
        ),
    ),
    Indicator(
        name="frequency_quintile",
        label=Text(en="frequency quintile", fr="quintile de fréquence"),
        question=Text(
            en="Do they buy often, against others?", fr="Achètent-ils souvent, par rapport aux autres?"
        ),
        unit="score",
        over="norms",
        value=f"case when orders_lifetime > 0 then 1 + {above('orders_lifetime', 'frequency', 4)} end",
        examples=(
            ((), None),
            (({"orders_lifetime": 1, "norms.frequency": (1, 1, 2, 5)},), 1),
            (({"orders_lifetime": 6, "norms.frequency": (1, 1, 2, 5)},), 5),
        ),
    ),
    Indicator(
        name="spend_quintile",
        label=Text(en="spend quintile", fr="quintile de dépenses"),
        question=Text(
            en="Do they spend much, against others?", fr="Dépensent-ils beaucoup, par rapport aux autres?"
        ),
        unit="score",
        over="norms",
        value=f"case when orders_lifetime > 0 then 1 + {above('spend_lifetime', 'spend', 4)} end",
        examples=(
            ((), None),
            (({"orders_lifetime": 1, "spend_lifetime": 10, "norms.spend": (10, 20, 30, 40)},), 1),
            (({"orders_lifetime": 1, "spend_lifetime": 31, "norms.spend": (10, 20, 30, 40)},), 4),
        ),
    ),
    Indicator(
        name="spend_percentile",
        label=Text(en="spend percentile", fr="centile de dépenses"),
        question=Text(
            en="What share of buyers do they outspend?",
            fr="Quelle part des acheteurs dépassent-ils en dépenses?",
        ),
        unit="score",
        over="norms",
        value=f"case when orders_lifetime > 0 then {above('spend_lifetime', 'spend_percent', 99)} end",
        examples=(
            ((), None),
            (
                ({"orders_lifetime": 1, "spend_lifetime": 51, "norms.spend_percent": tuple(range(1, 100))},),
                50,
            ),
        ),
    ),
    Indicator(
        name="rfm",
        label=Text(en="RFM cell", fr="cellule RFM"),
        question=Text(
            en="Recency, frequency and spend quintiles in three digits: 555 is best.",
            fr="Quintiles de récence, fréquence et dépenses en trois chiffres : 555 est le meilleur.",
        ),
        unit="text",
        over="norms",
        value=(
            "case when orders_lifetime > 0 then concat(cast(recency_quintile as varchar),"
            " cast(frequency_quintile as varchar), cast(spend_quintile as varchar)) end"
        ),
        type="VARCHAR",
        examples=(
            ((), None),
            (
                (
                    {
                        "orders_lifetime": 1,
                        "recency_quintile": 5,
                        "frequency_quintile": 4,
                        "spend_quintile": 1,
                    },
                ),
                "541",
            ),
        ),
    ),
)
