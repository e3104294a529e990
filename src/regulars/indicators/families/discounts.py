"""How much price reductions move somebody."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
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
    Indicator(
        name="orders_discounted",
        label=Text(en="orders with a discount or a coupon", fr="commandes avec rabais ou coupon"),
        question=Text(
            en="How many of their orders had a discount or a coupon?",
            fr="Combien de leurs commandes avaient un rabais ou un coupon?",
        ),
        unit="count",
        over="orders",
        value="count(*) filter (where discount > 0 or coupon is not null)",
        missing="0",
        examples=(((), 0), (({"discount": 5}, {"coupon": "TEN"}, {}), 2)),
    ),
    Indicator(
        name="discount_lean",
        label=Text(en="lean to discounts", fr="penchant pour les rabais"),
        question=Text(
            en=(
                "How much more often than others do they buy with a discount? 0 as all, 0.5 much more; "
                "a few orders say little."
            ),
            fr=(
                "À quel point achètent-ils plus souvent en rabais que les autres? 0 comme tous, 0,5 "
                "bien plus; peu de commandes disent peu."
            ),
        ),
        unit="share",
        over="norms",
        value=(
            "case when orders_lifetime > 0 then (orders_discounted + 5 * norms.discounted_share) / "
            "(orders_lifetime + 5) - norms.discounted_share end"
        ),
        type="DOUBLE",
        examples=(
            ((), None),
            (({"orders_lifetime": 5, "orders_discounted": 5, "norms.discounted_share": 0.2},), 0.4),
            (({"orders_lifetime": 5, "orders_discounted": 1, "norms.discounted_share": 0.2},), 0.0),
        ),
    ),
)
