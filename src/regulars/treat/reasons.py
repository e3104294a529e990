"""Why somebody is on the list or not, in a sentence, in English and in French.

The statement of the plan gives each person a key such as `capped|2|15310`; the few different keys become sentences
here, not the many people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulars.model.clock import day_number, from_us
from regulars.model.consent import Channel
from regulars.segment.language.rules import Rule
from regulars.segment.language.spoken import enumerate_, quote, say_day
from regulars.treat.catalogue import Treatment
from regulars.words import LANGUAGES, Language, Text

#: Instants of consent stand in keys as quarters of an hour: fine enough for the day in any time zone.
QUARTER_US = 900_000_000

_NONE = Text(
    en="Not planned: no treatment fits this customer today.",
    fr="Non prévu : aucun traitement ne convient à ce client aujourd’hui.",
)
_CROWD = Text(
    en="Left out: over 10,000 facts hang on this customer; it is a walk-in account or a staff card, not one person.",
    fr="Laissé de côté : plus de 10 000 faits concernent ce client; c’est un compte de passage ou une carte "
    "du personnel, pas une personne.",
)
_CHOSEN = Text(
    en="Planned: {title}, {channel}. It is meant for {audience}.{others}",
    fr="Prévu : {title}, {channel}. C’est destiné aux {audience}.{others}",
)
_HELD = Text(
    en="Kept aside in the control group of {title}: nothing is sent, to measure what it earns. "
    "It is meant for {audience}.{others}",
    fr="Mis de côté dans le groupe témoin de {title} : rien n’est envoyé, pour mesurer ce que cela rapporte. "
    "C’est destiné aux {audience}.{others}",
)
_OTHERS = Text(en=" It goes before {titles}.", fr=" Cela passe avant {titles}.")
_CAPPED = Text(
    en="Left out: {title} fits, but was already decided on {day}, and it comes at most once in {days} days.",
    fr="Laissé de côté : {title} convient, mais a déjà été décidé le {day}, au plus une fois en {days} jours.",
)
_RECENT = Text(
    en="Left out: {title} fits, but another message was decided on {day}, and {days} days pass between two.",
    fr="Laissé de côté : {title} convient, mais un autre message a été décidé le {day}, et {days} jours les séparent.",
)
_UNREACHABLE = Text(
    en="Left out: {title} fits, but no channel can be used: {why}.",
    fr="Laissé de côté : {title} convient, mais aucun canal ne peut servir : {why}.",
)
_BY: Mapping[str, Text] = {
    "email": Text(en="by e-mail", fr="par courriel"),
    "sms": Text(en="by text message", fr="par texto"),
    "phone": Text(en="by phone", fr="par téléphone"),
    "post": Text(en="by letter", fr="par lettre"),
}
#: What keeps a channel from being used: no consent, by its state, or, with consent, no address.
_KEPT: Mapping[str, Mapping[str, Text]] = {
    "email": {
        "unknown": Text(en="no known consent to e-mail", fr="aucun consentement connu aux courriels"),
        "denied": Text(en="consent to e-mail denied", fr="consentement aux courriels refusé"),
        "withdrawn": Text(en="consent to e-mail withdrawn", fr="consentement aux courriels retiré"),
        "shared": Text(
            en="somebody with the same e-mail address said no to e-mails",
            fr="une personne qui a la même adresse a dit non aux courriels",
        ),
        "granted": Text(en="no usable e-mail address", fr="aucune adresse courriel utilisable"),
    },
    "sms": {
        "unknown": Text(en="no known consent to text messages", fr="aucun consentement connu aux textos"),
        "denied": Text(en="consent to text messages denied", fr="consentement aux textos refusé"),
        "withdrawn": Text(en="consent to text messages withdrawn", fr="consentement aux textos retiré"),
        "shared": Text(
            en="somebody with the same number said no to text messages",
            fr="une personne qui a le même numéro a dit non aux textos",
        ),
        "granted": Text(en="no number that takes text messages", fr="aucun numéro qui reçoit des textos"),
    },
    "phone": {
        "unknown": Text(en="no known consent to phone calls", fr="aucun consentement connu aux appels"),
        "denied": Text(en="consent to phone calls denied", fr="consentement aux appels refusé"),
        "withdrawn": Text(en="consent to phone calls withdrawn", fr="consentement aux appels retiré"),
        "shared": Text(
            en="somebody with the same number said no to phone calls",
            fr="une personne qui a le même numéro a dit non aux appels",
        ),
        "granted": Text(en="no usable phone number", fr="aucun numéro de téléphone utilisable"),
    },
    "post": {
        "unknown": Text(en="no known consent to letters", fr="aucun consentement connu aux lettres"),
        "denied": Text(en="consent to letters denied", fr="consentement aux lettres refusé"),
        "withdrawn": Text(en="consent to letters withdrawn", fr="consentement aux lettres retiré"),
        "granted": Text(en="no usable postal address", fr="aucune adresse postale utilisable"),
    },
}
#: Since when: the day that the answer has of its own, or that of the file that tells it and does not date it.
_SINCE: Mapping[str, Text] = {
    "@": Text(en=" on {day}", fr=" le {day}"),
    "#": Text(en=", says a file loaded on {day}", fr=", selon un fichier chargé le {day}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Says the keys of one plan."""

    treatments: Sequence[Treatment]  #: by rank
    audiences: Mapping[str, Rule]
    days_between_messages: int
    time_zone: str  #: IANA name of the shop's zone

    def say(self, key: str) -> Text:
        """The sentence of a key; that of somebody in a control group begins with `held` where it was `open`."""
        return Text(**{language: self._say(key.split("|"), language) for language in LANGUAGES})

    def _say(self, key: Sequence[str], language: Language) -> str:
        if key[0] == "none":
            return _NONE.in_language(language)
        if key[0] == "crowd":
            return _CROWD.in_language(language)
        treatment = self.treatments[int(key[1])]
        title = self._title(treatment, language)
        match key[0]:
            case "open" | "held":
                pattern = _HELD if key[0] == "held" else _CHOSEN
                return pattern.in_language(language).format(
                    title=title,
                    channel=_BY[key[2]].in_language(language),
                    audience=self.audiences[treatment.name].sentence.in_language(language),
                    others=self._others(int(key[3]), int(key[1]), language),
                )
            case "capped":
                return _CAPPED.in_language(language).format(
                    title=title, day=say_day(int(key[2]), language), days=treatment.cap_days
                )
            case "recent":
                return _RECENT.in_language(language).format(
                    title=title, day=say_day(int(key[2]), language), days=self.days_between_messages
                )
            case _:
                kept = zip(treatment.channels, key[2].split(","), strict=True)
                why = "; ".join(self._kept(*one, language) for one in kept)
                return _UNREACHABLE.in_language(language).format(title=title, why=why)

    def _kept(self, channel: Channel, consent: str, language: Language) -> str:
        state, *known = re.split("([@#])", consent)
        said = _KEPT[channel][state].in_language(language)
        if not known:
            return said
        sign, quarter = known
        day = day_number(from_us(int(quarter) * QUARTER_US, self.time_zone).date())
        return said + _SINCE[sign].in_language(language).format(day=say_day(day, language))

    def _others(self, fits: int, chosen: int, language: Language) -> str:
        titles = [
            self._title(other, language)
            for rank, other in enumerate(self.treatments)
            if fits >> rank & 1 and rank > chosen
        ]
        said = enumerate_(titles, "and" if language == "en" else "et") if titles else ""
        return _OTHERS.in_language(language).format(titles=said) if said else ""

    def _title(self, treatment: Treatment, language: Language) -> str:
        return quote(treatment.title.in_language(language), language)
