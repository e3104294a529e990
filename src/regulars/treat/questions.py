"""The questions that customers may be asked, and how people make themselves known where they are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that a customer may be asked."""

    title: Text  #: what is missing
    words: Text  #: how somebody asks for it
    why: Text
    missing: str  #: rule over the golden card: SQL


def _said(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


#: The most telling first: each customer is asked the first that is missing. What they refused is not asked again.
QUESTIONS: Mapping[str, Question] = {
    "address": Question(
        title=_said("no way to write to them", "aucun moyen de leur écrire"),
        words=_said(
            "May we have your e-mail, and write to you?",
            "Pouvons-nous avoir votre courriel, et vous écrire?",
        ),
        why=_said("nothing can reach them", "rien ne peut leur parvenir"),
        missing="email is null and phone is null and not refused",
    ),
    "consent": Question(
        title=_said("consent not known", "consentement inconnu"),
        words=_said("May we write to you?", "Pouvons-nous vous écrire?"),
        why=_said("their address may not be used", "leur adresse ne peut pas servir"),
        missing="(email is not null or phone is not null) and not granted and not refused",
    ),
    "card": Question(
        title=_said("no card", "pas de carte"),
        words=_said("Do you have our card?", "Avez-vous notre carte?"),
        why=_said(
            "what they buy at a till counts for nobody", "leurs achats à une caisse ne comptent pour personne"
        ),
        missing="loyalty_card is null and with_card >= {cards_from}",
    ),
    "email": Question(
        title=_said("no e-mail", "pas de courriel"),
        words=_said("May we have your e-mail?", "Pouvons-nous avoir votre courriel?"),
        why=_said("a letter or a text costs more", "une lettre ou un texto coûte plus cher"),
        missing="email is null and granted",
    ),
    "postcode": Question(
        title=_said("no postal code", "pas de code postal"),
        words=_said("What is your postal code?", "Quel est votre code postal?"),
        why=_said(
            "what is known of areas says nothing of them",
            "ce qu’on sait des secteurs ne dit rien de ces clients",
        ),
        missing="postcode is null and {areas}",
    ),
    "birthday": Question(
        title=_said("no birthday", "pas d’anniversaire"),
        words=_said("When is your birthday?", "Quelle est votre date d’anniversaire?"),
        why=_said("a birthday is the best day to write", "un anniversaire est le meilleur jour pour écrire"),
        missing="birth_date is null and granted",
    ),
}
#: How people make themselves known where they are met.
ASKS: Mapping[str, Text] = {
    "card": _said("ask for the card, or the phone number", "demander la carte, ou le numéro de téléphone"),
    "login": _said("ask to log in before paying", "demander de se connecter avant de payer"),
    "name": _said("ask who is calling", "demander qui appelle"),
}
