"""How somebody can be reached, and whether they belong to the club."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="channels_reachable",
        label=Text(en="channels they can be reached on", fr="canaux où on peut les joindre"),
        question=Text(
            en="On how many of e-mail, text message, phone and letter may we write to them, and can?",
            fr=(
                "Par combien de canaux (courriel, texto, téléphone, lettre) a-t-on le droit et le "
                "moyen de les joindre?"
            ),
        ),
        unit="count",
        over="reach",
        value="max(channels)",
        missing="0",
        examples=(((), 0), (({"channels": 2},), 2)),
    ),
    Indicator(
        name="has_loyalty_card",
        label=Text(en="loyalty card", fr="carte de fidélité"),
        question=Text(en="Do they carry the shop’s card?", fr="Ont-ils la carte de la boutique?"),
        unit="text",
        over="reach",
        value="max(case when has_card then 'yes' else 'no' end)",
        type="VARCHAR",
        missing="'no'",
        values=("yes", "no"),
        examples=(((), "no"), (({"has_card": True},), "yes")),
    ),
)
