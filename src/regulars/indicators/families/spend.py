"""What somebody spends: money in minor units of the shop's currency, returns taken off."""

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
        name="discount_share",
        label=Text(en="share of the price taken off", fr="part du prix en rabais"),
        question=Text(
            en="What part of the full price do discounts take off?",
            fr="Quelle part du plein prix les rabais enlèvent-ils?",
        ),
        unit="share",
        over="orders",
        value="case when sum(paid + discount) > 0 then sum(discount) * 1.0 / sum(paid + discount) end",
        type="DOUBLE",
        examples=(((), None), (({"paid": 900, "discount": 100}, {"paid": 1000}), 0.05)),
    ),
    Indicator(
        name="coupon_orders_365d",
        label=Text(
            en="orders with a coupon in the last 365 days", fr="commandes avec coupon des 365 derniers jours"
        ),
        question=Text(
            en="How often did they use a coupon this year?",
            fr="Combien de fois ont-ils utilisé un coupon cette année?",
        ),
        unit="count",
        over="orders",
        value="count(*) filter (where age < 365 and coupon is not null)",
        missing="0",
        examples=(((), 0), (({"age": 1, "coupon": "TEN"}, {"age": 1}, {"age": 400, "coupon": "TEN"}), 1)),
    ),
)
