"""How often and how lately somebody buys. An order is a receipt with something sold; a return is not an order."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="orders_lifetime",
        label=Text(en="orders", fr="commandes"),
        question=Text(
            en="How many orders has this customer placed?",
            fr="Combien de commandes ce client a-t-il passées?",
        ),
        unit="count",
        over="orders",
        value="count(*)",
        missing="0",
        examples=(((), 0), (({"age": 3}, {"age": 900}), 2)),
    ),
    Indicator(
        name="orders_365d",
        label=Text(en="orders in the last 365 days", fr="commandes des 365 derniers jours"),
        question=Text(
            en="How many orders in the last 365 days?", fr="Combien de commandes dans les 365 derniers jours?"
        ),
        unit="count",
        over="orders",
        value="count(*) filter (where age < 365)",
        missing="0",
        examples=(((), 0), (({"age": 364}, {"age": 365}), 1)),
    ),
    Indicator(
        name="orders_90d",
        label=Text(en="orders in the last 90 days", fr="commandes des 90 derniers jours"),
        question=Text(
            en="How many orders in the last 90 days?", fr="Combien de commandes dans les 90 derniers jours?"
        ),
        unit="count",
        over="orders",
        value="count(*) filter (where age < 90)",
        missing="0",
        examples=(((), 0), (({"age": 0}, {"age": 89}, {"age": 90}), 2)),
    ),
    Indicator(
        name="first_order_day",
        label=Text(en="day of the first order", fr="jour de la première commande"),
        question=Text(
            en="When did this customer first buy?", fr="Quand ce client a-t-il acheté pour la première fois?"
        ),
        unit="day",
        over="orders",
        value="min(day)",
        examples=(((), None), (({"day": 15000}, {"day": 15100}), 15000)),
    ),
    Indicator(
        name="last_order_day",
        label=Text(en="day of the last order", fr="jour de la dernière commande"),
        question=Text(
            en="When did this customer last buy?", fr="Quand ce client a-t-il acheté pour la dernière fois?"
        ),
        unit="day",
        over="orders",
        value="max(day)",
        examples=(((), None), (({"day": 15000}, {"day": 15100}), 15100)),
    ),
    Indicator(
        name="days_since_first_order",
        label=Text(en="days since the first order", fr="jours depuis la première commande"),
        question=Text(
            en="How long have they been a customer?", fr="Depuis combien de temps est-ce un client?"
        ),
        unit="days",
        over="orders",
        value="max(age)",
        examples=(((), None), (({"age": 3}, {"age": 40}), 40)),
    ),
    Indicator(
        name="days_since_last_order",
        label=Text(en="days since the last order", fr="jours depuis la dernière commande"),
        question=Text(en="How long ago did they last buy?", fr="Il y a combien de jours ont-ils acheté?"),
        unit="days",
        over="orders",
        value="min(age)",
        examples=(((), None), (({"age": 0},), 0), (({"age": 3}, {"age": 40}), 3)),
    ),
    Indicator(
        name="lines_lifetime",
        label=Text(en="order lines", fr="lignes de commande"),
        question=Text(
            en="How many lines do their receipts have, returns and fees too?",
            fr="Combien de lignes comptent leurs reçus, retours et frais compris?",
        ),
        unit="count",
        over="lines",
        value="count(*)",
        missing="0",
        examples=(((), 0), (({}, {"is_return": True}), 2)),
    ),
    Indicator(
        name="events_lifetime",
        label=Text(en="events", fr="évènements"),
        question=Text(en="How many events are known of them?", fr="Combien d’évènements connaît-on d’eux?"),
        unit="count",
        over="events",
        value="count(*)",
        missing="0",
        examples=(((), 0), (({"event": "Product Viewed"}, {"event": "Email Opened"}), 2)),
    ),
    Indicator(
        name="facts_lifetime",
        label=Text(en="facts", fr="faits"),
        question=Text(
            en=(
                "How many facts hang on them? Over 10,000 it is a walk-in account or a staff card, not "
                "one customer."
            ),
            fr=(
                "Combien de faits les concernent? Plus de 10 000, c’est un compte de passage ou une "
                "carte du personnel."
            ),
        ),
        unit="count",
        over="indicators",
        value="lines_lifetime + events_lifetime",
        examples=(((), None), (({"lines_lifetime": 3, "events_lifetime": 4},), 7)),
    ),
)
