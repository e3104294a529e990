"""A person's id as people read it: `P` and a number of ours, which never changes its meaning. And who is nobody."""

from __future__ import annotations

import re

from regulars.model.text import plain_words

#: A person on whom more facts hang is a walk-in account or a staff card rather than one customer: compared with nobody,
#: and never written to.
CROWD_FACTS = 10_000
#: SQL that makes the id of a person's number, and that of a household's.
PERSON_ID_SQL = "concat('P', cast({person} as varchar))"
HOUSEHOLD_ID_SQL = "concat('H', cast({household} as varchar))"
#: What tills and shops write where a customer's name would stand when they know none: small letters without accents,
#: one blank between words. It is the name of nobody, however many orders it has. A regular expression of whole texts.
NOBODY = "|".join(
    (
        "", "x+", "null", "nan", "nil", "none", "n a", "na", "test( (test|customer|client|user))?",
        "(the )?(walk ?in|guest|anonymous|unknown|unnamed|unidentified)"
        "( (customer|client|guest|user|buyer|shopper|sales?|account|checkout|person|name))*",
        "(customer|client) (walk ?in|guest|anonymous|unknown)", "no (name|customer|client)", "not specified",
        "(pos|retail|default|general|generic|misc|one time|in store|store|cash|counter|drop in|over the counter)"
        " (customer|client|sales?)",
        "customer", "client", "divers", "comptoir", "comptant", "passage", "passante?", "passager", "visiteur",
        "anonyme", "inconnue?", "invitee?", "aucune?", "sans nom", "non (identifiee?|specifiee?)",
        "(clients?|clientes?) (au |de |du |le )*(comptoir|passage|passager|passant|anonyme|inconnue?|divers|comptant"
        "|caisse|magasin|boutique|generique|invitee?)",
        "ventes? (au )?(comptoir|comptant|caisse|anonyme)", "acheteur (anonyme|inconnu)", "consommateur final",
    )
)  # fmt: skip

#: Words between a family name and that of before a marriage, or behind it: "Tremblay née Côté", "Côté épouse Tremblay".
BETWEEN_FAMILIES = ("née", "né", "épouse", "ép", "geborene", "veuve", "vve")
#: Those that are names, too: they are such words where a given and a family name stand before them.
PERHAPS_BETWEEN_FAMILIES = ("nee", "ne", "born", "geb", "epouse", "ep")

#: The gender that a title before a name tells, small and without accents, blanks and points. The others tell none.
TITLE_GENDERS = {
    "m": "M", "mr": "M", "mister": "M", "monsieur": "M", "sir": "M", "lord": "M", "herr": "M", "senor": "M",
    "mme": "F", "madame": "F", "mlle": "F", "mademoiselle": "F", "mrs": "F", "ms": "F", "miss": "F", "madam": "F",
    "lady": "F", "dame": "F", "dre": "F", "frau": "F", "sra": "F", "senora": "F",
}  # fmt: skip


def title_gender_sql(title: str) -> str:
    """SQL: the gender, F or M, that a title tells; null when it tells none.

    >>> title_gender_sql("name_prefix").startswith("map(['m', ")
    True
    """
    plain = f"regexp_replace(lower(strip_accents({title})), '[^a-z0-9]+', '', 'g')"
    return f"map({[*TITLE_GENDERS]}, {[*TITLE_GENDERS.values()]})[{plain}]"


def nobody_sql(name: str) -> str:
    """SQL: is a whole name one that tills write for nobody in particular ("Walk-in", "Client de passage")?"""
    plain = rf"trim(regexp_replace(strip_accents(lower({name})), '[^\p{{L}}\p{{N}}]+', ' ', 'g'))"
    return f"coalesce(regexp_full_match({plain}, '({NOBODY})'), false)"


def is_nobody(name: str) -> bool:
    """The same of one name.

    >>> is_nobody("Walk-in"), is_nobody("Anne Roy")
    (True, False)
    """
    return re.fullmatch(f"(?:{NOBODY})", plain_words(name)) is not None


def person_id(person: int) -> str:
    """The id of a person's number.

    >>> person_id(123)
    'P123'
    """
    return f"P{person}"


def household_id(household: int) -> str:
    """The id of a household's number.

    >>> household_id(7)
    'H7'
    """
    return f"H{household}"


def person_number(text: str) -> int | None:
    """The number of a person's id; None when the text is not one.

    >>> person_number("p123"), person_number("123")
    (123, None)
    """
    found = re.fullmatch(r"[Pp](\d{1,18})", text.strip())
    return int(found.group(1)) if found else None
