"""What somebody brings back, and asks help for."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="returns_lifetime",
        label=Text(en="lines returned", fr="lignes retournées"),
        question=Text(en="How many lines did they return?", fr="Combien de lignes ont-ils retournées?"),
        unit="count",
        over="lines",
        value="count(*) filter (where is_return)",
        missing="0",
        examples=(((), 0), (({"is_return": True, "paid": -100}, {"paid": 100}), 1)),
    ),
    Indicator(
        name="return_share",
        label=Text(en="share of the money returned", fr="part de l’argent rendue"),
        question=Text(en="What part of what they buy comes back?", fr="Quelle part de leurs achats revient?"),
        unit="share",
        over="lines",
        value=(
            "case when sum(paid) filter (where not is_return) > 0 then coalesce(-sum(paid) filter (where is_return), 0)"
            " * 1.0 / sum(paid) filter (where not is_return) end"
        ),
        type="DOUBLE",
        examples=(
            ((), None),
            (({"paid": 400}, {"paid": -100, "is_return": True}), 0.25),
            (({"paid": 400},), 0.0),
        ),
    ),
    Indicator(
        name="days_since_last_return",
        label=Text(en="days since the last return", fr="jours depuis le dernier retour"),
        question=Text(en="When did something last come back?", fr="Quand quelque chose est-il revenu?"),
        unit="days",
        over="lines",
        value="min(age) filter (where is_return)",
        examples=(((), None), (({"age": 4, "is_return": True}, {"age": 1}), 4)),
    ),
    Indicator(
        name="tickets_365d",
        label=Text(en="requests for help in the last 365 days", fr="demandes d’aide des 365 derniers jours"),
        question=Text(en="How often did they ask for help?", fr="Combien de fois ont-ils demandé de l’aide?"),
        unit="count",
        over="events",
        value="count(*) filter (where age < 365 and event = 'Ticket Opened')",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Ticket Opened", "age": 364}, {"event": "Ticket Opened", "age": 365}), 1),
        ),
    ),
    Indicator(
        name="days_since_last_ticket",
        label=Text(en="days since the last request for help", fr="jours depuis la dernière demande d’aide"),
        question=Text(
            en="When did they last ask for help?", fr="Quand ont-ils demandé de l’aide pour la dernière fois?"
        ),
        unit="days",
        over="events",
        value="min(age) filter (where event = 'Ticket Opened')",
        examples=(
            ((), None),
            (({"event": "Ticket Opened", "age": 9}, {"event": "Product Viewed", "age": 1}), 9),
        ),
    ),
)
