"""How much somebody takes part, by clicks, visits and orders. Opens stand apart and count in nothing: machines open
mail too. Machines that click are left out."""

from __future__ import annotations

from regulars.indicators.families.ranks import above
from regulars.indicators.indicator import Indicator
from regulars.words import Text

_MESSAGES = "event in ('Email Delivered', 'SMS Delivered', 'Push Notification Received')"
_REPLIES = "event in ('Email Replied', 'SMS Replied', 'Message Replied')"
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
        over="clicks",
        value="count(*) filter (where age < 90)",
        missing="0",
        examples=(
            ((), 0),
            (({"age": 89}, {"age": 90}), 1),
        ),
    ),
    Indicator(
        name="days_since_last_click",
        label=Text(en="days since the last click", fr="jours depuis le dernier clic"),
        question=Text(en="When did they last click?", fr="Quand ont-ils cliqué pour la dernière fois?"),
        unit="days",
        over="clicks",
        value="min(age)",
        examples=(
            ((), None),
            (({"age": 7}, {"age": 9}), 7),
        ),
    ),
    Indicator(
        name="visits_30d",
        label=Text(en="days with a visit in the last 30 days", fr="jours avec visite des 30 derniers jours"),
        question=Text(
            en="On how many days did they look at the web shop or app?",
            fr="Combien de jours ont-ils visité le site ou l’appli?",
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
            en=(
                "How lately and how often did they click? A click counts 1 today and half as much "
                "every 30 days."
            ),
            fr=(
                "À quel point ont-ils cliqué récemment? Un clic vaut 1 aujourd’hui et moitié moins "
                "tous les 30 jours."
            ),
        ),
        unit="score",
        over="clicks",
        value="cast(coalesce(sum(weight), 0) as bigint)",
        missing="0",
        examples=(
            ((), 0),
            (({"weight": 1_000_000}, {"weight": 500_000}), 1_500_000),
        ),
    ),
    Indicator(
        name="order_points",
        label=Text(en="order points", fr="points de commandes"),
        question=Text(
            en=(
                "How lately and how often did they order? An order counts 1 today and half as much "
                "every 30 days."
            ),
            fr=(
                "À quel point ont-ils commandé récemment? Une commande vaut 1 et moitié moins tous les "
                "30 jours."
            ),
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
            en=(
                "How much do they take part now? Order points three times, click and reply points "
                "once, in hundredths."
            ),
            fr=(
                "À quel point participent-ils? Trois fois les points de commandes plus ceux de clics "
                "et de réponses, en centièmes."
            ),
        ),
        unit="score",
        over="indicators",
        value="cast(floor((3 * order_points + click_points + reply_points) / 10000.0) as bigint)",
        examples=(((), 0), (({"order_points": 1_000_000, "click_points": 500_000, "reply_points": 0},), 350)),
    ),
    Indicator(
        name="messages_90d",
        label=Text(en="messages received in the last 90 days", fr="messages reçus des 90 derniers jours"),
        question=Text(
            en="How many messages of ours reached them?", fr="Combien de nos messages leur sont parvenus?"
        ),
        unit="count",
        over="events",
        value=f"count(*) filter (where age < 90 and {_MESSAGES})",
        missing="0",
        examples=(
            ((), 0),
            (
                (
                    {"event": "Email Delivered", "age": 89},
                    {"event": "Email Opened", "age": 1},
                    {"event": "SMS Delivered", "age": 90},
                ),
                1,
            ),
        ),
    ),
    Indicator(
        name="opens_90d",
        label=Text(en="e-mails opened in the last 90 days", fr="courriels ouverts des 90 derniers jours"),
        question=Text(
            en=(
                "How many e-mails did they open? Only of those who agreed to e-mail; machines open "
                "mail too, so nothing hangs on it."
            ),
            fr=(
                "Combien de courriels ont-ils ouverts? Seulement avec leur accord; des machines "
                "ouvrent aussi, rien n’en dépend."
            ),
        ),
        unit="count",
        over="opens",
        value="count(*) filter (where age < 90)",
        examples=(((), None), (({"age": 1}, {"age": 90}), 1)),
    ),
    Indicator(
        name="replies_365d",
        label=Text(en="replies in the last 365 days", fr="réponses des 365 derniers jours"),
        question=Text(
            en="How often did they reply to a message?", fr="Combien de fois ont-ils répondu à un message?"
        ),
        unit="count",
        over="events",
        value=f"count(*) filter (where age < 365 and {_REPLIES})",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Email Replied", "age": 364}, {"event": "Email Replied", "age": 365}), 1),
        ),
    ),
    Indicator(
        name="reply_points",
        label=Text(en="reply points", fr="points de réponses"),
        question=Text(
            en=(
                "How lately and how often did they reply? A reply counts 1 today and half as much "
                "every 30 days."
            ),
            fr=(
                "À quel point ont-ils répondu récemment? Une réponse vaut 1 aujourd’hui et moitié "
                "moins tous les 30 jours."
            ),
        ),
        unit="score",
        over="events",
        value=f"cast(coalesce(sum(weight) filter (where {_REPLIES}), 0) as bigint)",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "SMS Replied", "weight": 500_000}, {"event": "Email Opened", "weight": 9}), 500_000),
        ),
    ),
    Indicator(
        name="orders_after_click_365d",
        label=Text(
            en="orders after a click in the last 365 days",
            fr="commandes après un clic des 365 derniers jours",
        ),
        question=Text(
            en="How many orders came within 3 days after a click in a message?",
            fr="Combien de commandes dans les 3 jours après un clic dans un message?",
        ),
        unit="count",
        over="after_clicks",
        value="count(*) filter (where age < 365)",
        missing="0",
        examples=(((), 0), (({"age": 1}, {"age": 365}), 1)),
    ),
    Indicator(
        name="click_rate",
        label=Text(en="click rate", fr="taux de clics"),
        question=Text(
            en=(
                "What part of our messages should they click? A few messages are drawn to the shop’s "
                "own rate."
            ),
            fr=(
                "Quelle part de nos messages devraient-ils cliquer? Peu de messages tirent vers le "
                "taux de la boutique."
            ),
        ),
        unit="share",
        over="norms",
        value=(
            "case when messages_90d > 0 then (least(clicks_90d, messages_90d) + 20 * "
            "norms.click_rate) / (messages_90d + 20) end"
        ),
        type="DOUBLE",
        examples=(((), None), (({"messages_90d": 20, "clicks_90d": 30, "norms.click_rate": 0.1},), 0.55)),
    ),
    Indicator(
        name="engagement_decile",
        label=Text(en="engagement decile", fr="décile d’engagement"),
        question=Text(
            en="How much do they take part, against others? 10 is most.",
            fr="À quel point participent-ils, par rapport aux autres? 10 est le plus.",
        ),
        unit="score",
        over="norms",
        value=f"case when orders_lifetime > 0 then 1 + {above('engagement', 'engagement', 9)} end",
        examples=(
            ((), None),
            (
                (
                    {
                        "orders_lifetime": 1,
                        "engagement": 35,
                        "norms.engagement": (10, 20, 30, 40, 50, 60, 70, 80, 90),
                    },
                ),
                4,
            ),
        ),
    ),
    Indicator(
        name="preferred_message_channel",
        label=Text(en="message channel they answer on", fr="canal de message auquel ils répondent"),
        question=Text(
            en="In which kind of message do they click most: e-mail, text message, push?",
            fr="Dans quel type de message cliquent-ils le plus : courriel, texto, notification?",
        ),
        unit="text",
        over="favourite",
        value="clicks.medium",
        type="VARCHAR",
        values=("email", "sms", "push"),
        examples=(((), None), (({"medium": "sms"}, {"medium": "sms"}, {"medium": "email"}), "sms")),
    ),
)
