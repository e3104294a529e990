"""What somebody spends: money in minor units of the shop's currency, returns taken off; and what the shop earns."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="spend_lifetime",
        label=Text(en="lifetime spend", fr="dépenses totales"),
        question=Text(
            en="How much did this customer spend in all, returns taken off?",
            fr="Combien ce client a-t-il dépensé en tout, retours déduits?",
        ),
        unit="cents",
        over="lines",
        value="cast(coalesce(sum(paid), 0) as bigint)",
        missing="0",
        examples=(((), 0), (({"paid": 1200}, {"paid": -200}), 1000)),
    ),
    Indicator(
        name="spend_365d",
        label=Text(en="spend in the last 365 days", fr="dépenses des 365 derniers jours"),
        question=Text(
            en="How much did this customer spend in the last 365 days, returns taken off?",
            fr="Combien ce client a-t-il dépensé dans les 365 derniers jours, retours déduits?",
        ),
        unit="cents",
        over="lines",
        value="cast(coalesce(sum(paid) filter (where age < 365), 0) as bigint)",
        missing="0",
        examples=(((), 0), (({"age": 364, "paid": 1200}, {"age": 365, "paid": 500}), 1200)),
    ),
    Indicator(
        name="spend_90d",
        label=Text(en="spend in the last 90 days", fr="dépenses des 90 derniers jours"),
        question=Text(
            en="How much did this customer spend in the last 90 days, returns taken off?",
            fr="Combien ce client a-t-il dépensé dans les 90 derniers jours, retours déduits?",
        ),
        unit="cents",
        over="lines",
        value="cast(coalesce(sum(paid) filter (where age < 90), 0) as bigint)",
        missing="0",
        examples=(((), 0), (({"age": 0, "paid": 1200}, {"age": 90, "paid": 500}), 1200)),
    ),
    Indicator(
        name="average_basket",
        label=Text(en="average basket", fr="panier moyen"),
        question=Text(
            en="What does an order of theirs come to?", fr="À combien s’élève une de leurs commandes?"
        ),
        unit="cents",
        over="orders",
        value="case when count(paid) > 0 then cast(round(sum(paid) * 1.0 / count(paid), 0) as bigint) end",
        examples=(((), None), (({"paid": 1000}, {"paid": 2001}), 1501)),
    ),
    Indicator(
        name="biggest_basket",
        label=Text(en="biggest basket", fr="plus gros panier"),
        question=Text(
            en="What did their largest order come to?", fr="À combien s’élève leur plus grosse commande?"
        ),
        unit="cents",
        over="orders",
        value="max(paid)",
        examples=(((), None), (({"paid": 1000}, {"paid": 2001}), 2001)),
    ),
    Indicator(
        name="spend_change_365d",
        label=Text(en="change of spend against the year before", fr="écart de dépenses avec l’année d’avant"),
        question=Text(
            en="How much more did they spend in the last 365 days than in the 365 before?",
            fr="Combien ont-ils dépensé de plus dans les 365 derniers jours que dans les 365 d’avant?",
        ),
        unit="cents",
        over="lines",
        value=(
            "cast(coalesce(sum(paid) filter (where age < 365), 0) - coalesce(sum(paid) filter "
            "(where age >= 365 and age < 730), 0) as bigint)"
        ),
        missing="0",
        examples=(
            ((), 0),
            (({"age": 1, "paid": 900}, {"age": 365, "paid": 500}, {"age": 730, "paid": 7}), 400),
        ),
    ),
    Indicator(
        name="margin_365d",
        label=Text(en="margin in the last 365 days", fr="marge des 365 derniers jours"),
        question=Text(
            en="What did they earn the shop in the last 365 days, of goods whose cost is known?",
            fr=(
                "Qu’ont-ils rapporté à la boutique dans les 365 derniers jours, pour les articles de "
                "coût connu?"
            ),
        ),
        unit="cents",
        over="priced",
        value="cast(sum(paid - cost) filter (where age < 365 and cost is not null) as bigint)",
        examples=(
            ((), None),
            (
                (
                    {"paid": 1000, "cost": 600},
                    {"paid": 300, "cost": None},
                    {"paid": 9, "cost": 1, "age": 365},
                ),
                400,
            ),
            (({"paid": 300, "cost": None},), None),
        ),
    ),
    Indicator(
        name="margin_share",
        label=Text(en="margin as a share of spend", fr="marge en part des dépenses"),
        question=Text(
            en="What part of what they pay is earned, of goods whose cost is known?",
            fr="Quelle part de ce qu’ils paient reste, pour les articles de coût connu?",
        ),
        unit="share",
        over="priced",
        value=(
            "case when sum(paid) filter (where cost is not null) > 0 then sum(paid - cost) filter "
            "(where cost is not null) * 1.0 / sum(paid) filter (where cost is not null) end"
        ),
        type="DOUBLE",
        examples=(((), None), (({"paid": 1000, "cost": 600}, {"paid": 300, "cost": None}), 0.4)),
    ),
)
