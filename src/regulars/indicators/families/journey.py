"""The way from the first touch to the first order. A touch: a visit, a click, a talk."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="first_touch_channel",
        label=Text(en="channel of the first touch", fr="canal du premier contact"),
        question=Text(
            en="Where did they first meet the shop? Their first order, when nothing is known before it.",
            fr="Où ont-ils rencontré la boutique? Leur première commande, si on ne sait rien d’avant.",
        ),
        unit="text",
        over="journeys",
        value="min(first_channel)",
        type="VARCHAR",
        examples=(((), None), (({"first_channel": "web"},), "web")),
    ),
    Indicator(
        name="first_touch_campaign",
        label=Text(en="campaign of the first touch", fr="campagne du premier contact"),
        question=Text(en="Which campaign brought them first?", fr="Quelle campagne les a amenés en premier?"),
        unit="text",
        over="journeys",
        value="min(first_campaign)",
        type="VARCHAR",
        examples=(((), None), (({"first_campaign": "spring"},), "spring")),
    ),
    Indicator(
        name="days_from_first_touch_to_first_order",
        label=Text(
            en="days from the first touch to the first order",
            fr="jours du premier contact à la première commande",
        ),
        question=Text(
            en="How many days passed from the first touch to the first order?",
            fr="Combien de jours du premier contact à la première commande?",
        ),
        unit="days",
        over="journeys",
        value="min(days_to_order)",
        examples=(((), None), (({"days_to_order": 12},), 12), (({"days_to_order": None},), None)),
    ),
    Indicator(
        name="touches_before_first_order",
        label=Text(en="touches before the first order", fr="contacts avant la première commande"),
        question=Text(
            en="How often did they visit, click or talk with the shop before the first order?",
            fr="Combien de visites, de clics ou d’échanges avant la première commande?",
        ),
        unit="count",
        over="journeys",
        value="min(touches_before_order)",
        examples=(((), None), (({"touches_before_order": 4},), 4), (({"touches_before_order": None},), None)),
    ),
    Indicator(
        name="first_seen_day",
        label=Text(en="day first seen", fr="jour de la première rencontre"),
        question=Text(
            en="When did they first meet the shop, by visit, click, talk or order?",
            fr="Quand ont-ils rencontré la boutique, par visite, clic, échange ou commande?",
        ),
        unit="day",
        over="journeys",
        value="min(first_day)",
        examples=(((), None), (({"first_day": 15000},), 15000)),
    ),
)
