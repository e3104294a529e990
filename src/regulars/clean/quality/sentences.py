"""What the report says of each problem, in both languages: of one, of many."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.words import Text

#: By the name of the problem. `refused_…` are values of a field that no rule could make standard.
SENTENCES: Mapping[str, tuple[Text, Text]] = {
    "unreachable_customers": (
        Text(
            en="{count} customer has no e-mail, telephone or address that can be used",
            fr="{count} client n’a ni courriel, ni téléphone, ni adresse utilisables",
        ),
        Text(
            en="{count} customers have no e-mail, telephone or address that can be used",
            fr="{count} clients n’ont ni courriel, ni téléphone, ni adresse utilisables",
        ),
    ),
    "duplicate_mailings": (
        Text(
            en="{count} record would get a second copy of a letter that the same person gets already",
            fr="{count} fiche recevrait une deuxième copie d’une lettre que la même personne reçoit déjà",
        ),
        Text(
            en="{count} records would get a second copy of a letter that the same person gets already",
            fr="{count} fiches recevraient une deuxième copie d’une lettre que la même personne reçoit déjà",
        ),
    ),
    "lines_without_customer": (
        Text(
            en="{count} order line ({share}) names no customer: nothing can be learned from it",
            fr="{count} ligne de commande ({share}) ne nomme aucun client\u00a0: rien ne peut en être appris",
        ),
        Text(
            en="{count} order lines ({share}) name no customer: nothing can be learned from them",
            fr="{count} lignes de commande ({share}) ne nomment aucun client\u00a0: rien ne peut en être appris",
        ),
    ),
    "accounts_of_many": (
        Text(
            en="{count} customer has over {most} facts: a walk-in account or a staff card, compared with nobody"
            " and never written to",
            fr="{count} client a plus de {most} faits\u00a0: un compte de passage ou une carte du personnel,"
            " comparé à personne et à qui l’on n’écrit pas",
        ),
        Text(
            en="{count} customers have over {most} facts: walk-in accounts or staff cards, compared with nobody"
            " and never written to",
            fr="{count} clients ont plus de {most} faits\u00a0: comptes de passage ou cartes du personnel,"
            " comparés à personne et à qui l’on n’écrit pas",
        ),
    ),
    "rejected_rows": (
        Text(
            en="{count} row was refused; mend and replay it with `regulars rejects`",
            fr="{count} ligne a été refusée; corrigez-la et rejouez-la avec `regulars rejects`",
        ),
        Text(
            en="{count} rows were refused; mend and replay them with `regulars rejects`",
            fr="{count} lignes ont été refusées; corrigez-les et rejouez-les avec `regulars rejects`",
        ),
    ),
    "misspelt_email_domains": (
        Text(
            en="{count} e-mail address stands at a misspelt domain, it seems",
            fr="{count} adresse courriel semble avoir un domaine mal écrit",
        ),
        Text(
            en="{count} e-mail addresses stand at a misspelt domain, it seems",
            fr="{count} adresses courriel semblent avoir un domaine mal écrit",
        ),
    ),
    "refused_email": (
        Text(
            en="{count} e-mail address that cannot be written to",
            fr="{count} adresse courriel à laquelle on ne peut pas écrire",
        ),
        Text(
            en="{count} e-mail addresses that cannot be written to",
            fr="{count} adresses courriel auxquelles on ne peut pas écrire",
        ),
    ),
    "refused_phone": (
        Text(
            en="{count} telephone number that is none", fr="{count} numéro de téléphone qui n’en est pas un"
        ),
        Text(
            en="{count} telephone numbers that are none", fr="{count} numéros de téléphone qui n’en sont pas"
        ),
    ),
    "refused_birth_date": (
        Text(en="{count} birth date on which nobody was born", fr="{count} date de naissance impossible"),
        Text(en="{count} birth dates on which nobody was born", fr="{count} dates de naissance impossibles"),
    ),
    "refused_postcode": (
        Text(en="{count} postal code that only fills the field", fr="{count} code postal de remplissage"),
        Text(en="{count} postal codes that only fill the field", fr="{count} codes postaux de remplissage"),
    ),
    "refused_language": (
        Text(en="{count} language that is no language", fr="{count} langue qui n’en est pas une"),
        Text(en="{count} languages that are no languages", fr="{count} langues qui n’en sont pas"),
    ),
    "refused_loyalty_card": (
        Text(
            en="{count} card number that names nobody", fr="{count} numéro de carte qui ne désigne personne"
        ),
        Text(
            en="{count} card numbers that name nobody",
            fr="{count} numéros de carte qui ne désignent personne",
        ),
    ),
}
#: What a consent column says of everybody.
STATES: Mapping[str, Text] = {
    "granted": Text(en="yes", fr="oui"),
    "denied": Text(en="no", fr="non"),
    "withdrawn": Text(en="withdrawn", fr="retiré"),
    "unknown": Text(en="not known", fr="inconnu"),
}
