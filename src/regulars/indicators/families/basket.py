"""What is in the basket, and what somebody likes best."""

from __future__ import annotations

from regulars.indicators.indicator import Indicator
from regulars.words import Text

FAMILY = (
    Indicator(
        name="items_lifetime",
        label=Text(en="items bought", fr="articles achetés"),
        question=Text(en="How many pieces have they bought?", fr="Combien d’articles ont-ils achetés?"),
        unit="count",
        over="orders",
        value="cast(sum(items) as double)",
        type="DOUBLE",
        missing="0",
        examples=(((), 0), (({"items": 2.0}, {"items": 0.5}), 2.5)),
    ),
    Indicator(
        name="items_per_order",
        label=Text(en="items an order", fr="articles par commande"),
        question=Text(en="How many pieces are in an order?", fr="Combien d’articles compte une commande?"),
        unit="score",
        over="orders",
        value="sum(items) * 1.0 / count(*)",
        type="DOUBLE",
        examples=(((), None), (({"items": 2.0}, {"items": 1.0}), 1.5)),
    ),
    Indicator(
        name="distinct_products",
        label=Text(en="different products bought", fr="produits différents achetés"),
        question=Text(
            en="How many different products have they bought?",
            fr="Combien de produits différents ont-ils achetés?",
        ),
        unit="count",
        over="lines",
        value="count(distinct product_id) filter (where not is_return and line_kind = 'goods')",
        missing="0",
        examples=(((), 0), (({"product_id": "a"}, {"product_id": "a"}, {"product_id": "b"}), 2)),
    ),
    Indicator(
        name="distinct_categories",
        label=Text(en="different categories bought", fr="catégories différentes achetées"),
        question=Text(
            en="From how many categories do they buy?", fr="Dans combien de catégories achètent-ils?"
        ),
        unit="count",
        over="lines",
        value="count(distinct category) filter (where not is_return and line_kind = 'goods')",
        missing="0",
        examples=(((), 0), (({"category": "tea"}, {"category": "tea"}), 1)),
    ),
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
)
