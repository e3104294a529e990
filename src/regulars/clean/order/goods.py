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


def line_kind_sql(
    product_id: str,
    product_name: str,
    nothing: str,
    orders: OrderSettings,
    *,
    unpaid: str,
    evidence: str,
    taken_off: str,
) -> str:
    """SQL for the kind of a line: `goods`, `fee`, `adjustment`, `unpaid` or `evidence`.

    `nothing` is SQL that is true of a line for which nobody paid anything: a stock correction; `unpaid` of a line of
    an order that nobody has paid yet; `evidence` of a row that is the whole sale or a payment; `taken_off`
    of a line with a negative amount of a positive quantity.
    """
    return f"""case
        when {evidence} then 'evidence'
        when {unpaid} then 'unpaid'
        when {_listed(product_id, orders.fee_products)} then 'fee'
        when {_listed(product_id, orders.adjustment_products)} then 'adjustment'
        when {_begins(product_name, FEE_WORDS)} then 'fee'
        when {_begins(product_name, ADJUSTMENT_WORDS)} then 'adjustment'
        when {taken_off} and {_begins(product_name, OFF_WORDS)} then 'adjustment'
        when {nothing} then 'adjustment'
        else 'goods' end"""


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
