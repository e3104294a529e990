"""How values and labels are said in English and in French: money, dates, shares, articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import format_date, get_day_names, get_month_names
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from regulars.model.clock import day_date
from regulars.model.money import to_units
from regulars.segment.ladder import ladder
from regulars.segment.language.conditions import Value
from regulars.segment.language.literals import THIS_MONTH
from regulars.segment.language.operands import Operand
from regulars.segment.language.vocabulary import words_of
from regulars.words import Language

_LOCALES: Mapping[Language, str] = {"en": "en_CA", "fr": "fr_CA"}


def say_value(value: Value, operand: Operand, language: Language, currency: str) -> str:
    """A value in words, with its unit: $500.00, 30 days, Saturday, “Montréal”."""
    locale = _LOCALES[language]
    bound = value.bound
    if isinstance(bound, str):
        return _say_text(bound, operand, language)
    match operand.unit:
        case "cents":
            return say_money(int(bound), currency, language)
        case "days":
            return format_unit(bound, "duration-day", locale=locale)
        case "day":
            return say_day(int(bound), language)
        case "share":
            return say_share(bound, language)
        case "weekday":
            return str(get_day_names("wide", locale=locale)[int(bound)])
        case "month":
            name = str(get_month_names("wide", locale=locale)[int(bound)])
            this = f"this month ({name})" if language == "en" else f"ce mois-ci ({name})"
            return this if value.written == THIS_MONTH else name
        case "hour":
            return f"{bound}:00" if language == "en" else f"{bound} h"
        case _:
            return say_number(bound, language)


def say_number(number: int | float, language: Language) -> str:
    """A bare number: 1,500.5 or 1 500,5."""
    return str(format_decimal(number, locale=_LOCALES[language], decimal_quantization=False))


def say_share(share: float, language: Language) -> str:
    """A share 0..1 in percent: 12.5% or 12,5 %."""
    return str(format_percent(round(share, 6), locale=_LOCALES[language], decimal_quantization=False))


def quote(text: str, language: Language) -> str:
    """A text between the quotation marks of the language."""
    return f"“{text}”" if language == "en" else f"« {text} »"


def enumerate_(parts: Sequence[str], last: str) -> str:
    """Parts with commas, and the word `last` before the last one."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def say_money(minor: int, currency: str, language: Language) -> str:
    """Money in minor units: $1,234.50 or 1 234,50 $."""
    locale = _LOCALES[language]
    at_home = "en_US" if currency == "USD" and locale == "en_CA" else locale
    return str(format_currency(to_units(minor, currency), currency, locale=at_home))


@lru_cache(maxsize=10_000)
def say_day(day: int, language: Language) -> str:
    """A day number as a date: 1 December 2011 or 1er décembre 2011."""
    said = str(format_date(day_date(day), "d MMMM y", locale=_LOCALES[language]))
    return said.replace("1 ", "1er ", 1) if language == "fr" and said.startswith("1 ") else said


def _say_text(text: str, operand: Operand, language: Language) -> str:
    if operand.name == "rung":
        return quote(ladder().rungs[text].title.in_language(language), language)
    if operand.name == "next_step":
        return quote(ladder().steps[text].sentence.in_language(language), language)
    words = words_of(operand)
    return words[text].in_language(language) if text in words else quote(text, language)


# --- labels ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Noun:
    """A label as it stands in a sentence: with its article, and whether its verb is plural."""

    said: str
    plural: bool = False


#: Gender of the French nouns that labels begin with. A label with another noun is said as « l’indicateur … ».
_FEMININE = frozenset(
    {
        "adresse", "boutique", "campagne", "carte", "catégorie", "cellule", "clé", "commande", "confiance", "date",
        "demande", "dépense", "étape", "fiche", "fréquence", "heure", "humeur",
        "irrégularité", "journée", "langue", "ligne", "marge", "marque",
        "note", "part", "période", "plainte", "position", "quantité", "récence", "région", "remise", "réponse", "somme",
        "succursale", "taille", "valeur", "variation", "ville", "visite",
    }
)  # fmt: skip
_MASCULINE = frozenset(
    {
        "achat", "âge", "article", "canal", "centile", "clic", "code", "consentement", "cycle", "décile", "délai",
        "écart", "échelon", "éloge", "engagement", "genre", "intervalle", "jour", "magasin", "mode", "mois", "montant",
        "nombre", "numéro", "panier", "pas", "pays", "penchant", "persona", "point", "pourcentage", "produit",
        "quantième",
        "quintile", "rang", "retour", "risque", "rythme", "score", "segment", "stade", "taux", "temps",
    }
)  # fmt: skip
_VOWELS = "aeiouyâàéèêëîïôûüœh"


def noun(operand: Operand, language: Language) -> Noun:
    """The label of an operand as the subject of a sentence."""
    label = _lowered(operand.label.in_language(language))
    if countable(operand):
        label = label if _begins_with_number(label) else _number_of(label, language)
    return Noun(label, plural=_english_plural(label)) if language == "en" else _french(label)


def countable(operand: Operand) -> bool:
    """Can a number stand before the label: 5 orders, 30 days since the last order?"""
    in_days = operand.unit == "days" and "days" in operand.label.en.lower().split()[:2]
    return operand.unit == "count" or in_days


def counted(operand: Operand, language: Language) -> str:
    """The label of a countable operand as it stands after a number."""
    label = _lowered(operand.label.in_language(language))
    for start in _NUMBER_OF[language]:
        label = label.removeprefix(start)
    return label


def with_article(label: str, language: Language) -> str:
    """A thing one has or has not: a usable address, une adresse utilisable."""
    if language == "en":
        return f"{'an' if label[0] in 'aeio' else 'a'} {label}"
    gender = _gender(label)[0]
    return f"{'une' if gender == 'f' else 'un'} {label}" if gender else label


_NUMBER_OF: Mapping[Language, tuple[str, ...]] = {
    "en": ("number of ",),
    "fr": ("nombre de ", "nombre d’", "nombre d'"),
}


def _begins_with_number(label: str) -> bool:
    return label.startswith(("number of ", "nombre de ", "nombre d’", "nombre d'"))


def _number_of(label: str, language: Language) -> str:
    return f"number of {label}" if language == "en" else f"nombre {of(label)}"


def of(label: str) -> str:
    """French « de », elided before a vowel."""
    return f"d’{label}" if label[0].lower() in _VOWELS else f"de {label}"


def _lowered(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _english_plural(label: str) -> bool:
    head = re.split(r" (?:of|in|on|from|at|since|between|to|an?|the) ", label, maxsplit=1)[0]
    return head.endswith("s")


def _french(label: str) -> Noun:
    gender, plural = _gender(label)
    if not gender:
        return Noun(f"l’indicateur {quote(label, 'fr')}")
    if plural:
        return Noun(f"les {label}", plural=True)
    if label[0] in _VOWELS:
        return Noun(f"l’{label}")
    return Noun(f"{'la' if gender == 'f' else 'le'} {label}")


def _gender(label: str) -> tuple[str, bool]:
    """Gender and number of the first known noun among the first words: "plus gros panier" is masculine."""
    for word in label.split()[:3]:
        for singular, plural in (
            (word, False),
            (word.removesuffix("s"), True),
            (word.removesuffix("x"), True),
        ):
            if singular in _FEMININE:
                return "f", plural
            if singular in _MASCULINE:
                return "m", plural
    return "", False
