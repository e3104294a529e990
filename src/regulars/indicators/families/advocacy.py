"""Who speaks for the shop: reviews written, things shared, friends brought."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

_SHARES = "event in ('Product Shared', 'Cart Shared')"
_REFERRALS = "event in ('Friend Referred', 'Invite Sent')"

FAMILY = (
    Indicator(
        name="reviews_365d",
        label=Text(en="reviews in the last 365 days", fr="avis des 365 derniers jours"),
        question=Text(en="How many reviews did they write in a year?", fr="Combien d’avis écrits en un an?"),
        unit="count",
        over="events",
        value="count(*) filter (where age < 365 and event = 'Product Reviewed')",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Product Reviewed", "age": 364, "rating": 2.0},), 1),
            (({"event": "Product Reviewed", "age": 365},), 0),
        ),
    ),
    Indicator(
        name="good_reviews_365d",
        label=Text(en="good reviews in the last 365 days", fr="bons avis des 365 derniers jours"),
        question=Text(
            en="How many reviews of 4 or 5 stars did they write in a year?",
            fr="Combien d’avis de 4 ou 5 étoiles en un an?",
        ),
        unit="count",
        over="events",
        value="count(*) filter (where age < 365 and event = 'Product Reviewed' and rating >= 4)",
        missing="0",
        examples=(
            ((), 0),
            (
                (
                    {"event": "Product Reviewed", "age": 1, "rating": 4.0},
                    {"event": "Product Reviewed", "age": 1, "rating": 3.5},
                    {"event": "Product Reviewed", "age": 1, "rating": None},
                ),
                1,
            ),
        ),
    ),
    Indicator(
        name="shares_365d",
        label=Text(en="shares in the last 365 days", fr="partages des 365 derniers jours"),
        question=Text(
            en="How often did they show something of ours to others in a year?",
            fr="Combien de fois ont-ils montré nos produits à d’autres en un an?",
        ),
        unit="count",
        over="events",
        value=f"count(*) filter (where age < 365 and {_SHARES})",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Product Shared", "age": 3}, {"event": "Product Viewed", "age": 3}), 1),
        ),
    ),
    Indicator(
        name="referrals_365d",
        label=Text(en="friends brought in the last 365 days", fr="personnes amenées ces 365 derniers jours"),
        question=Text(
            en="How many friends did they bring or invite in a year?",
            fr="Combien d’amis ont-ils amenés ou invités en un an?",
        ),
        unit="count",
        over="events",
        value=f"count(*) filter (where age < 365 and {_REFERRALS})",
        missing="0",
        examples=(
            ((), 0),
            (({"event": "Friend Referred", "age": 3}, {"event": "Invite Sent", "age": 400}), 1),
        ),
    ),
)
