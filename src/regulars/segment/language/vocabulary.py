"""The words that people say for the words of the data: read in rules, and said in their sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from babel import Locale

from regulars.segment.language.operands import Operand
from regulars.words import LANGUAGES, Text

#: Words of closed lists, where the word of the data is not the word one says.
_WORDS: Mapping[str, Mapping[str, Text]] = {
    "language": {"en": Text(en="English", fr="l’anglais"), "fr": Text(en="French", fr="le français")},
    "sentiment": {
        "pleased": Text(en="pleased", fr="« content »"),
        "mixed": Text(en="mixed", fr="« partagé »"),
        "displeased": Text(en="displeased", fr="« mécontent »"),
    },
    "gender": {"F": Text(en="female", fr="féminin"), "M": Text(en="male", fr="masculin")},
    "has_loyalty_card": {"yes": Text(en="yes", fr="oui"), "no": Text(en="no", fr="non")},
    "preferred_message_channel": {
        "email": Text(en="e-mail", fr="le courriel"),
        "sms": Text(en="text message", fr="le texto"),
        "push": Text(en="push", fr="la notification"),
    },
    "stage": {
        "prospect": Text(en="prospect", fr="« potentiel »"),
        "new": Text(en="new", fr="« nouveau »"),
        "active": Text(en="active", fr="« actif »"),
        "due": Text(en="due", fr="« attendu »"),
        "late": Text(en="late", fr="« en retard »"),
        "lapsed": Text(en="lapsed", fr="« perdu »"),
    },
}
_CONSENTS: Mapping[str, Text] = {
    "granted": Text(en="granted", fr="accordé"),
    "denied": Text(en="denied", fr="refusé"),
    "withdrawn": Text(en="withdrawn", fr="retiré"),
    "unknown": Text(en="not known", fr="inconnu"),
}
#: Other words for the same, as people type them.
_OTHERS: Mapping[str, Mapping[str, str]] = {
    "language": {"anglais": "en", "francais": "fr"},
    "gender": {
        "woman": "F",
        "women": "F",
        "femme": "F",
        "feminin": "F",
        "man": "M",
        "men": "M",
        "homme": "M",
    },
    "stage": {
        "potentiel": "prospect",
        "nouveau": "new",
        "actif": "active",
        "attendu": "due",
        "perdu": "lapsed",
    },
    "consent": {"yes": "granted", "oui": "granted", "no": "denied", "non": "denied", "inconnu": "unknown"},
}


def words_of(operand: Operand) -> Mapping[str, Text]:
    """How the values of an operand are said, where that is not the value itself."""
    return _CONSENTS if operand.name.startswith("consent_") else _WORDS.get(operand.name, {})


def value_of(operand: Operand, said: str) -> str:
    """The value that a word means for an operand; the word itself when nothing else is known of it.

    Capitals and accents make no difference where the list of values is closed, nor for countries, which may be named.
    """
    if operand.name == "country":
        return _country(said)
    plain = plain_word(said)
    known = {plain_word(value): value for value in operand.values}
    for value, text in words_of(operand).items():
        known |= {plain_word(text.in_language(language)).strip("« »"): value for language in LANGUAGES}
    known |= _OTHERS.get("consent" if operand.name.startswith("consent_") else operand.name, {})
    return known.get(plain, said)


def plain_word(word: str) -> str:
    """A word without capitals and accents."""
    letters = unicodedata.normalize("NFKD", word.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _country(said: str) -> str:
    plain = plain_word(said)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if plain_word(str(name)) == plain:
                return str(code)
    return said.strip().upper() if len(plain) == 2 else said
