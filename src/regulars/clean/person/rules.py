"""The rules that may change a value, by the word kept in `changes`: each says in a sentence what it did.

A rule that begins with `invalid` refused the value: the standard one is null and the raw one stays. One that begins
with `doubtful` kept it, though it looks wrong. Every other rule only rewrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regulars.words import Text

INVALID = "invalid"
DOUBTFUL = "doubtful"

RULES: Mapping[str, Text] = {
    "spaces": Text(en="superfluous spaces were taken off", fr="les espaces en trop ont été retirées"),
    "unseen": Text(
        en="signs that nobody sees were taken off", fr="les signes que personne ne voit ont été retirés"
    ),
    "case": Text(en="capitals were put right", fr="les majuscules ont été corrigées"),
    "encoding": Text(en="garbled letters were restored", fr="les lettres brouillées ont été rétablies"),
    "punctuation": Text(
        en="signs around the value were taken off", fr="les signes autour de la valeur ont été retirés"
    ),
    "apostrophe": Text(
        en="the apostrophe that a spreadsheet put in front was taken off",
        fr="l’apostrophe ajoutée devant par un tableur a été retirée",
    ),
    "decimals": Text(
        en="the “.0” that a spreadsheet added was taken off", fr="le « .0 » ajouté par un tableur a été retiré"
    ),
    "split": Text(en="it was read out of the whole name", fr="la valeur a été lue dans le nom complet"),
    "first of several": Text(
        en="of several values the first was taken", fr="de plusieurs valeurs, la première a été prise"
    ),
    "moved": Text(en="it stood in another column", fr="la valeur se trouvait dans une autre colonne"),
    "address": Text(en="it was read out of the address line", fr="la valeur a été lue dans la ligne d’adresse"),
    "unit word": Text(
        en="the word before the door number was taken off", fr="le mot devant le numéro de porte a été retiré"
    ),
    "street type": Text(en="the kind of street was written in full", fr="le genre de voie a été écrit au long"),
    "direction": Text(en="the direction was shortened to its letter", fr="le point cardinal a été réduit à sa lettre"),
    "international": Text(
        en="it was written with its country code", fr="le numéro a été écrit avec l’indicatif du pays"
    ),
    "another country": Text(
        en="it was read as a number of another country than the shop's or the customer's",
        fr="le numéro a été lu comme celui d’un autre pays que celui du client ou de la boutique",
    ),
    "code": Text(en="the word was replaced by its code", fr="le mot a été remplacé par son code"),
    "from postcode": Text(en="it was concluded from the postal code", fr="la valeur a été déduite du code postal"),
    "from birth year": Text(
        en="the age was concluded from the year of birth", fr="l’âge a été déduit de l’année de naissance"
    ),
    "format": Text(en="it was written in the standard way", fr="la valeur a été écrite de la façon normalisée"),
    "leading zero": Text(en="the zero lost in front was put back", fr="le zéro perdu au début a été remis"),
    "letter for digit": Text(
        en="letters and digits that look alike were put right", fr="les lettres et chiffres confondus ont été corrigés"
    ),
    "century": Text(
        en="the year of two digits was taken as the latest that has begun",
        fr="l’année à deux chiffres a été prise comme la dernière qui ait commencé",
    ),
    "doubtful: number not in use": Text(
        en="no telephone has such a number, as far as we know", fr="à notre connaissance, aucun téléphone n’a ce numéro"
    ),
    "doubtful: one digit": Text(
        en="one digit is repeated to the end, as in a number made up",
        fr="un même chiffre s’y répète jusqu’à la fin, comme dans un numéro inventé",
    ),
    "invalid: placeholder": Text(
        en="it is only there to fill the field", fr="la valeur ne sert qu’à remplir le champ"
    ),
    "invalid: no @": Text(en="an e-mail address has an @", fr="une adresse courriel contient un @"),
    "invalid: two @": Text(en="an e-mail address has one @ only", fr="une adresse courriel ne contient qu’un @"),
    "invalid: not an e-mail": Text(
        en="no e-mail address can be written so", fr="aucune adresse courriel ne peut s’écrire ainsi"
    ),
    "invalid: not a phone": Text(
        en="no telephone number can be written so", fr="aucun numéro de téléphone ne peut s’écrire ainsi"
    ),
    "invalid: not a date": Text(
        en="there is no such day in the format of its column", fr="ce jour n’existe pas dans le format de sa colonne"
    ),
    "invalid: in the future": Text(en="nobody is born in the future", fr="personne n’est né dans l’avenir"),
    "invalid: before 1900": Text(en="nobody alive was born before 1900", fr="aucun vivant n’est né avant 1900"),
    "invalid: not an age": Text(en="it is not an age from 0 to 120", fr="ce n’est pas un âge de 0 à 120"),
    "invalid: not a gender": Text(en="it is not a word for a gender", fr="ce n’est pas un mot pour un genre"),
    "invalid: not a language": Text(en="it is not the name of a language", fr="ce n’est pas le nom d’une langue"),
}  # fmt: skip


def written(rules: Iterable[str]) -> str | None:
    """Rules as they travel through SQL: quoted, joined by commas; null when there is none.

    >>> written(["spaces", "case"])
    '"spaces","case"'
    """
    return ",".join(f'"{rule}"' for rule in rules) or None
