"""How much somebody takes part, by clicks, visits and orders. Opens never count: machines open mail too."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

_CLICKS = "event in ('Email Link Clicked', 'SMS Link Clicked', 'Push Notification Tapped')"
_VISITS = (
    "event in ('Page Viewed', 'Product Viewed', 'Product List Viewed', 'Products Searched', 'Product Added',"
    " 'Cart Viewed')"
)

FAMILY = (
    Indicator(
        name="clicks_90d",
        label=Text(en="clicks in the last 90 days", fr="clics des 90 derniers jours"),
        question=Text(
            en="How often did they click a message of ours?",
            fr="Combien de fois ont-ils cliqué dans nos messages?",
        ),
        unit="count",
        over="events",
        value=f"count(*) filter (where age < 90 and {_CLICKS})",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Email Link Clicked", "age": 89}, {"event": "Email Opened", "age": 1}), 1),
            (({"event": "Email Link Clicked", "age": 90},), 0),
        ),
    ),
    Indicator(
        name="days_since_last_click",
        label=Text(en="days since the last click", fr="jours depuis le dernier clic"),
        question=Text(en="When did they last click?", fr="Quand ont-ils cliqué pour la dernière fois?"),
        unit="days",
        over="events",
        value=f"min(age) filter (where {_CLICKS})",
        examples=(
            ((), None),
            (({"event": "Email Link Clicked", "age": 7}, {"event": "Email Opened", "age": 1}), 7),
        ),
    ),
    Indicator(
        name="visits_30d",
        label=Text(en="days with a visit in the last 30 days", fr="jours avec visite des 30 derniers jours"),
        question=Text(
            en="On how many days did they look at the web shop or app?",
            fr="Combien de jours ont-ils visité le site ou l’app?",
        ),
        unit="count",
        over="events",
        value=f"count(distinct day) filter (where age < 30 and {_VISITS})",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Product Viewed", "day": 10}, {"event": "Product Added", "day": 10}), 1),
        ),
    ),
    Indicator(
        name="click_points",
        label=Text(en="click points", fr="points de clics"),
        question=Text(
            en="How lately and how often did they click? A click counts 1 today and half as much every 30 days.",
            fr="À quel point ont-ils cliqué récemment? Un clic vaut 1 aujourd’hui et moitié moins tous les 30 jours.",
        ),
        unit="score",
        over="events",
        value=f"cast(coalesce(sum(weight) filter (where {_CLICKS}), 0) as bigint)",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Email Link Clicked", "weight": 1_000_000}, {"event": "Email Opened"}), 1_000_000),
        ),
    ),
    Indicator(
        name="order_points",
        label=Text(en="order points", fr="points de commandes"),
        question=Text(
            en="How lately and how often did they order? An order counts 1 today and half as much every 30 days.",
            fr="À quel point ont-ils commandé récemment? Une commande vaut 1 et moitié moins tous les 30 jours.",
        ),
        unit="score",
        over="orders",
        value="cast(sum(weight) as bigint)",
        missing="0",
        examples=(((), 0), (({"weight": 1_000_000}, {"weight": 500_000}), 1_500_000)),
    ),
    Indicator(
        name="engagement",
        label=Text(en="engagement", fr="engagement"),
        question=Text(
            en="How much do they take part now? Order points three times, click points once, in hundredths.",
            fr="À quel point participent-ils? Trois fois les points de commandes plus ceux de clics, en centièmes.",
        ),
        unit="score",
        over="indicators",
        value="cast(floor((3 * order_points + click_points) / 10000.0) as bigint)",
        examples=(((), 0), (({"order_points": 1_000_000, "click_points": 500_000},), 350)),
    ),
)
