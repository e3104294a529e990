"""Why two records are asked about, or can never be one person, in the reader's language: one wording for every page."""

from __future__ import annotations

from regulars.words import _


def in_words(reason: str) -> str:
    """A reason of `review_pairs`, in words."""
    words = {
        "suffixes differ": _("suffixes differ"),
        "one suffix": _("one is a Jr or a Sr, of the other it is not said"),
        "other names": _("first names of two people, written alike"),
        "genders differ": _("genders differ, and a first name is an initial or missing"),
        "same household": _("same household"),
        "same family name": _("same family name"),
        "same name": _("same name"),
        "others contradict": _("alike, but their other records are not"),
        "others told apart": _("alike, but their other records were parted by hand"),
        "two of each": _("alike, but each has an e-mail and a phone or number of their own"),
        "either": _("alike, but one is as much like somebody else"),
        "of two": _("one has an e-mail or phone that a Jr and a namesake share"),
        "too many": _("alike, but together too many records"),
        "contradicted": _("they share an identifier and contradict each other"),
        "two accounts": _("they share an identifier, and are two accounts of one source"),
        "contested": _("they share an identifier that others hold too"),
        "undecided": _("undecided"),
    }
    return words.get(reason, reason)
