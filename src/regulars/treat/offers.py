"""An offer in words, in English and in French."""

from __future__ import annotations

from regulars.model.money import to_minor
from regulars.segment.language.spoken import say_day, say_money, say_share
from regulars.treat.catalogue import Offer
from regulars.words import LANGUAGES, Language, Text


def describe(offer: Offer, *, day: int, currency: str) -> Text:
    """What is given, from which purchase, until when, for a message of day `day`; empty when there is no offer.

    The last day is `day + expires_days`: an offer of 14 days can be used that day and on the 14 days after it.
    """
    return Text(**{language: _describe(offer, day, currency, language) for language in LANGUAGES})


def _describe(offer: Offer, day: int, currency: str, language: Language) -> str:
    if offer.kind == "none":
        return ""
    parts = [_given(offer, currency, language)]
    if offer.minimum:
        least = say_money(to_minor(offer.minimum, currency), currency, language)
        parts.append(f"from {least} of purchases" if language == "en" else f"dès {least} d’achats")
    if offer.expires_days:
        until = say_day(day + offer.expires_days, language)
        parts.append(f"until {until}" if language == "en" else f"jusqu’au {until}")
    return ", ".join(parts)


def _given(offer: Offer, currency: str, language: Language) -> str:
    match offer.kind:
        case "percent":
            said = say_share(float(offer.value) / 100, language)
        case "amount":
            said = say_money(to_minor(offer.value, currency), currency, language)
        case _:
            return offer.gift.in_language(language) if offer.gift else ""
    return f"{said} off" if language == "en" else f"{said} de rabais"
