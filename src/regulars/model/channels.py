"""The words that files have for the channels of orders and events, in small letters."""

from __future__ import annotations

from collections.abc import Sequence

#: At a till of the shop.
IN_STORE = (
    "store", "pos", "till", "retail", "shop", "in store", "in-store", "instore", "point of sale", "magasin",
    "en magasin", "boutique", "en boutique", "caisse", "comptoir",
)  # fmt: skip
IN_APP = ("app", "mobile app", "ios", "android", "appli")
ON_SITE = ("web", "site", "website", "online", "ecommerce", "online store", "web store", "internet")
BY_PHONE = ("phone", "call", "telephone", "téléphone")


def listed(words: Sequence[str]) -> str:
    """Words as the list that SQL compares with.

    >>> listed(("app", "ios"))
    "('app', 'ios')"
    """
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
