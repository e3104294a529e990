"""The rhythm of purchase: how long between orders, where in it somebody stands, when the next one is due.

A gap is the time between two days with an order. One customer's few gaps say little, so they are drawn towards the
shop's: as if everybody also had `gap_weight` gaps as long as those of others of whom about as many gaps are known.
"""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

#: The mean gap of those of whom about as many gaps are known; of the whole shop where there are none.
_OTHERS = (
    "coalesce(case when gaps_known <= 1 then norms.gap_days_1 when gaps_known <= 3 then norms.gap_days_2"
    " when gaps_known <= 8 then norms.gap_days_3 else norms.gap_days_4 end, norms.gap_days)"
)

FAMILY = (
    Indicator(
        name="gaps_known",
        label=Text(en="gaps between order days", fr="intervalles entre jours de commande"),
        question=Text(
            en="How many gaps between orders do we know?",
            fr="Combien d’intervalles entre commandes connaît-on?",
        ),
        unit="count",
        over="gaps",
        value="count(*)",
        missing="0",
        examples=(((), 0), (({"gap_days": 10}, {"gap_days": 20}), 2)),
    ),
    Indicator(
        name="gap_days_sum",
        label=Text(
            en="days between the first and the last order",
            fr="jours entre la première et la dernière commande",
        ),
        question=Text(
            en="How long is their history of orders?", fr="Quelle est la durée de leur historique?"
        ),
        unit="days",
        over="gaps",
        value="cast(sum(gap_days) as bigint)",
        missing="0",
        examples=(((), 0), (({"gap_days": 10}, {"gap_days": 20}), 30)),
    ),
    Indicator(
        name="gap_variation",
        label=Text(en="irregularity of the rhythm", fr="irrégularité du rythme"),
        question=Text(
            en="How irregular is their rhythm? 0 like a clock, 1 like chance.",
            fr="À quel point le rythme est-il irrégulier? 0 comme une horloge, 1 comme le hasard.",
        ),
        unit="score",
        over="gaps",
        value=(
            "case when count(*) > 1 then sqrt(greatest(sum(gap_days * gap_days) * 1.0 / count(*) - (sum(gap_days) * 1.0"
            " / count(*)) * (sum(gap_days) * 1.0 / count(*)), 0.0)) / (sum(gap_days) * 1.0 / count(*)) end"
        ),
        type="DOUBLE",
        examples=(
            ((), None),
            (({"gap_days": 10}, {"gap_days": 10}), 0.0),
            (({"gap_days": 5}, {"gap_days": 15}), 0.5),
        ),
    ),
    Indicator(
        name="days_between_orders",
        label=Text(en="days between orders", fr="jours entre commandes"),
        question=Text(
            en="How many days pass between two orders?", fr="Combien de jours passent entre deux commandes?"
        ),
        unit="days",
        over="indicators",
        value="case when gaps_known > 0 then gap_days_sum * 1.0 / gaps_known end",
        type="DOUBLE",
        examples=(((), None), (({"gaps_known": 2, "gap_days_sum": 30},), 15.0)),
    ),
    Indicator(
        name="expected_gap_days",
        label=Text(en="expected days between orders", fr="jours attendus entre commandes"),
        question=Text(
            en="How long should pass until their next order, by their own rhythm and the shop's?",
            fr="Combien de jours avant leur prochaine commande, selon leur rythme et celui de la boutique?",
        ),
        unit="days",
        over="norms",
        value=(
            f"case when orders_lifetime > 0 then"
            f" (gap_days_sum + norms.gap_weight * {_OTHERS}) * 1.0 / (gaps_known + norms.gap_weight) end"
        ),
        type="DOUBLE",
        examples=(
            ((), None),
            (
                (
                    {
                        "orders_lifetime": 1,
                        "gaps_known": 0,
                        "gap_days_sum": 0,
                        "norms.gap_days": 40,
                        "norms.gap_weight": 2,
                    },
                ),
                40.0,
            ),
            (
                (
                    {
                        "orders_lifetime": 3,
                        "gaps_known": 2,
                        "gap_days_sum": 20,
                        "norms.gap_days": 40,
                        "norms.gap_weight": 2,
                    },
                ),
                25.0,
            ),
        ),
    ),
    Indicator(
        name="next_order_due_day",
        label=Text(en="day the next order is due", fr="jour où la prochaine commande est attendue"),
        question=Text(
            en="When is their next order due?", fr="Quand leur prochaine commande est-elle attendue?"
        ),
        unit="day",
        over="norms",
        value="last_order_day + cast(round(expected_gap_days, 0) as bigint)",
        examples=(((), None), (({"last_order_day": 100, "expected_gap_days": 24.6},), 125)),
    ),
    Indicator(
        name="stage",
        label=Text(en="stage of the purchase cycle", fr="étape du cycle d’achat"),
        question=Text(
            en="Where in their rhythm are they: new, active, due, late or lapsed?",
            fr="Où en sont-ils dans leur rythme : nouveau, actif, attendu, en retard ou perdu?",
        ),
        unit="text",
        over="norms",
        value=(
            "case when orders_lifetime = 0 and returns_lifetime = 0 then 'prospect' when orders_lifetime = 0 then null"
            " when days_since_last_order * 10 > expected_gap_days * 25 then 'lapsed'"
            " when days_since_last_order * 10 > expected_gap_days * 13 then 'late'"
            " when days_since_last_order * 10 > expected_gap_days * 8 then 'due'"
            " when orders_lifetime = 1 then 'new' else 'active' end"
        ),
        type="VARCHAR",
        values=("prospect", "new", "active", "due", "late", "lapsed"),
        examples=(
            (({"orders_lifetime": 0, "returns_lifetime": 0},), "prospect"),
            (({"orders_lifetime": 0, "returns_lifetime": 2},), None),
            (({"orders_lifetime": 1, "days_since_last_order": 3, "expected_gap_days": 30.0},), "new"),
            (({"orders_lifetime": 5, "days_since_last_order": 24, "expected_gap_days": 30.0},), "active"),
            (({"orders_lifetime": 5, "days_since_last_order": 25, "expected_gap_days": 30.0},), "due"),
            (({"orders_lifetime": 5, "days_since_last_order": 40, "expected_gap_days": 30.0},), "late"),
            (({"orders_lifetime": 5, "days_since_last_order": 76, "expected_gap_days": 30.0},), "lapsed"),
        ),
    ),
    Indicator(
        name="shortest_gap_days",
        label=Text(en="shortest gap between orders", fr="plus court intervalle entre commandes"),
        question=Text(
            en="What is the shortest time between two of their orders?",
            fr="Quel est le plus court délai entre deux commandes?",
        ),
        unit="days",
        over="gaps",
        value="min(gap_days)",
        examples=(((), None), (({"gap_days": 10}, {"gap_days": 20}), 10)),
    ),
    Indicator(
        name="longest_gap_days",
        label=Text(en="longest gap between orders", fr="plus long intervalle entre commandes"),
        question=Text(
            en="What is the longest time between two of their orders?",
            fr="Quel est le plus long délai entre deux commandes?",
        ),
        unit="days",
        over="gaps",
        value="max(gap_days)",
        examples=(((), None), (({"gap_days": 10}, {"gap_days": 20}), 20)),
    ),
    Indicator(
        name="cycle_position",
        label=Text(en="position in the purchase cycle", fr="position dans le cycle d’achat"),
        question=Text(
            en="How far are they in their rhythm? 0 just bought, 1 due, over 1 late.",
            fr="Où en sont-ils dans leur rythme? 0 vient d’acheter, 1 attendu, au-delà en retard.",
        ),
        unit="score",
        over="norms",
        value="case when expected_gap_days > 0 then days_since_last_order / expected_gap_days end",
        type="DOUBLE",
        examples=(((), None), (({"days_since_last_order": 15, "expected_gap_days": 30.0},), 0.5)),
    ),
)
