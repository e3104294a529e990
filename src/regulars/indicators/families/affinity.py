"""What somebody likes best, ever and lately. Lately: what was bought counts 1 today and half as much every 30 days."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="favourite_product",
        label=Text(en="favourite product", fr="produit favori"),
        question=Text(
            en="Which product do they buy most often?", fr="Quel produit achètent-ils le plus souvent?"
        ),
        unit="text",
        over="favourite",
        value="lines.product_id",
        type="VARCHAR",
        examples=(
            ((), None),
            (({"product_id": "a", "age": 9}, {"product_id": "b", "age": 1}), "b"),
            (({"product_id": "a"}, {"product_id": "a"}, {"product_id": "b"}), "a"),
        ),
    ),
    Indicator(
        name="favourite_category",
        label=Text(en="favourite category", fr="catégorie favorite"),
        question=Text(
            en="Which category do they buy from most often?",
            fr="Dans quelle catégorie achètent-ils le plus souvent?",
        ),
        unit="text",
        over="favourite",
        value="lines.category",
        type="VARCHAR",
        examples=(((), None), (({"category": "tea"}, {"category": "tea"}, {"category": "mugs"}), "tea")),
    ),
    Indicator(
        name="favourite_category_share",
        label=Text(en="share of the favourite category", fr="part de la catégorie favorite"),
        question=Text(
            en="What part of their lines is of the favourite category?",
            fr="Quelle part de leurs lignes est de la catégorie favorite?",
        ),
        unit="share",
        over="favourite",
        value="lines.category share",
        type="DOUBLE",
        examples=(
            ((), None),
            (({"category": "tea"}, {"category": "tea"}, {"category": "tea"}, {"category": "mugs"}), 0.75),
        ),
    ),
    Indicator(
        name="recent_category",
        label=Text(en="category bought lately", fr="catégorie achetée récemment"),
        question=Text(
            en="Which category do they buy lately?", fr="Quelle catégorie achètent-ils ces temps-ci?"
        ),
        unit="text",
        over="favourite",
        value="lately.category",
        type="VARCHAR",
        examples=(
            ((), None),
            (
                (
                    {"category": "tea", "weight": 9},
                    {"category": "tea", "weight": 9},
                    {"category": "mugs", "weight": 20},
                ),
                "mugs",
            ),
        ),
    ),
    Indicator(
        name="recent_category_share",
        label=Text(en="share of the category bought lately", fr="part de la catégorie achetée récemment"),
        question=Text(
            en="What part of what they buy lately is of that category?",
            fr="Quelle part de leurs achats récents est de cette catégorie?",
        ),
        unit="share",
        over="favourite",
        value="lately.category share",
        type="DOUBLE",
        examples=(
            ((), None),
            (({"category": "tea", "weight": 30}, {"category": "mugs", "weight": 10}), 0.75),
        ),
    ),
    Indicator(
        name="favourite_brand",
        label=Text(en="favourite brand lately", fr="marque favorite ces temps-ci"),
        question=Text(
            en="Which brand do they buy lately, where brands are known?",
            fr="Quelle marque achètent-ils ces temps-ci, si les marques sont connues?",
        ),
        unit="text",
        over="favourite",
        value="lately.brand",
        type="VARCHAR",
        examples=(
            ((), None),
            (
                ({"brand": "Oak", "weight": 2}, {"brand": "Elm", "weight": 1}, {"brand": None, "weight": 9}),
                "Oak",
            ),
        ),
    ),
    Indicator(
        name="favourite_brand_share",
        label=Text(en="share of the favourite brand", fr="part de la marque favorite"),
        question=Text(
            en="What part of what they buy lately is of that brand?",
            fr="Quelle part de leurs achats récents est de cette marque?",
        ),
        unit="share",
        over="favourite",
        value="lately.brand share",
        type="DOUBLE",
        examples=(((), None), (({"brand": "Oak", "weight": 3}, {"brand": "Elm", "weight": 1}), 0.75)),
    ),
)
