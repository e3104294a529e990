"""Which lines of a receipt are goods, which fees (postage, charges), which only correct the books or are not paid."""

from __future__ import annotations

from collections.abc import Sequence

from regulars.settings import OrderSettings

#: Words that a fee's name begins with, in English and French. Seen in real tills and shops.
FEE_WORDS = (
    "postage", "dotcom postage", "carriage", "shipping", "delivery", "handling", "freight", "bank charges",
    "amazon fee", "cruk commission", "commission",
    "samples", "tip", "gratuity", "service charge", "livraison", "frais", "port et",
    "expédition", "transport", "pourboire", "échantillons",
)  # fmt: skip
ADJUSTMENT_WORDS = (
    "manual", "discount", "adjust", "bad debt", "correction", "rounding", "remise", "rabais", "ajustement", "arrondi",
    "créance",
)  # fmt: skip
#: Words that the name of a line begins with that takes something off the others, and is no article brought back.
OFF_WORDS = (
    "coupon",
    "voucher",
    "promo",
    "promotion",
    "bon de réduction",
    "réduction",
    "escompte",
    "ristourne",
)


def kind_parts(product_id: str, product_name: str, orders: OrderSettings) -> dict[str, str]:
    """SQL for what the number and the name of a line say of its kind; `orders.sql` makes the kind of them.

    `fee_number`, `fee_name`: it is postage or a charge; `adjustment_number`, `adjustment_name`: it corrects the books;
    `off_name`: it takes something off the others, when its amount is negative. None of them is ever null.
    """
    return {
        "fee_number": _listed(product_id, orders.fee_products),
        "fee_name": _begins(product_name, FEE_WORDS),
        "adjustment_number": _listed(product_id, orders.adjustment_products),
        "adjustment_name": _begins(product_name, ADJUSTMENT_WORDS),
        "off_name": _begins(product_name, OFF_WORDS),
    }


def _listed(product_id: str, patterns: Sequence[str]) -> str:
    if not patterns:
        return "false"
    likes = (p.replace("'", "''").replace("%", r"\%").replace("_", r"\_").replace("*", "%") for p in patterns)
    return (
        "(" + " or ".join(f"coalesce({product_id} ilike '{like}' escape '\\', false)" for like in likes) + ")"
    )


def _begins(product_name: str, words: Sequence[str]) -> str:
    listed = "|".join(word.replace(" ", r"\s+") for word in words)
    return f"coalesce(regexp_matches(lower({product_name}), '^\\s*({listed})\\b'), false)"
