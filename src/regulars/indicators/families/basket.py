"""What is in the basket."""

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
        over="favourite",
        value="lines.product_id kinds",
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
        over="favourite",
        value="lines.category kinds",
        missing="0",
        examples=(((), 0), (({"category": "tea"}, {"category": "tea"}), 1)),
    ),
    Indicator(
        name="goods_lines_lifetime",
        label=Text(en="lines of goods bought", fr="lignes d’articles achetées"),
        question=Text(
            en="How many lines of goods do their receipts have, returns left out?",
            fr="Combien de lignes d’articles ont leurs reçus, sans les retours?",
        ),
        unit="count",
        over="lines",
        value="count(*) filter (where not is_return and line_kind = 'goods')",
        missing="0",
        examples=(((), 0), (({}, {"is_return": True}, {"line_kind": "fee"}), 1)),
    ),
    Indicator(
        name="repeat_product_share",
        label=Text(en="share of lines bought before", fr="part de lignes déjà achetées"),
        question=Text(
            en="What part of the lines they buy is of products they had bought already?",
            fr="Quelle part des lignes est de produits déjà achetés?",
        ),
        unit="share",
        over="indicators",
        value=(
            "case when goods_lines_lifetime > 0 and distinct_products > 0 then 1.0 - "
            "distinct_products * 1.0 / goods_lines_lifetime end"
        ),
        type="DOUBLE",
        examples=(
            ((), None),
            (({"goods_lines_lifetime": 4, "distinct_products": 3},), 0.25),
            (({"goods_lines_lifetime": 4, "distinct_products": 0},), None),
        ),
    ),
)
