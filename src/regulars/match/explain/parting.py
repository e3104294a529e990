"""The rule that parts two records, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from regulars import figures
from regulars.match.explain.apart import Apart, OpposingPair
from regulars.match.explain.reasons import in_words
from regulars.match.records import LARGEST_PERSON, names
from regulars.model.field_names import field_name
from regulars.words import _, shortened

if TYPE_CHECKING:
    from regulars.match.explain.findings import Findings

#: The fields in which two contradict each other, by what is said of them.
_FIELDS = {
    "given_differs": "given_name",
    "family_differs": "family_name",
    "birth_differs": "birth_date",
    "gender_differs": "gender",
    "suffix_differs": "name_suffix",
}
#: What parts two whatever else they share, and the reason in the words of `review_pairs`: where nothing else
#: contradicts, it is told as the review tells it.
_NEVER = {
    "suffix_differs": "suffixes differ",
    "other_name": "other names",
    "gender_differs": "genders differ",
}


def contradiction(found: Findings) -> str:
    """What two records contradict each other in; of names in two alphabets what the comparison of them shows."""
    said = found.said
    if said["two_scripts"] and not any(said[word] for word in ("never", "birth_differs", "suffix_differs")):
        shown = {field.likeness for field in found.fields if field.field in ("given_name", "family_name")}
        if "different" not in shown:
            return _(
                "They are two people: their names are in two alphabets, whether they are one name cannot be told, and"
                " what else they share a household may share."
            )
        return _(
            "They are two people: their names are in two alphabets and not alike, and what else they share a household"
            " may share."
        )
    fields = [field for column, field in _FIELDS.items() if said[column]]
    never = next((reason for column, reason in _NEVER.items() if said[column]), None)
    if never is not None and len(fields) == 1:
        return _("They are two people: {reason}.", reason=in_words(never))
    listed = ", ".join(str(field_name(field)) for field in fields)
    return _("They are two people: they contradict each other ({fields}).", fields=listed)


def parted(connection: Connection, found: Findings, apart: Apart, *, alone: bool) -> str:
    """The rule that parts two records which have enough in common; `alone`: neither of their people has another."""
    match apart.reason:
        case "nothing":
            return _("By what is known now nothing keeps them apart: the next match looks at them again.")
        case "contradicted":
            return contradiction(found)
        case "two accounts":
            return _(
                "They share {identifiers}, but are two accounts: {source} gave them different numbers.",
                identifiers=", ".join(str(field_name(kind)) for kind in apart.shared),
                source=found.cards[0]["source"],
            )
        case "either" if apart.either is not None:
            return _(
                "They are alike, but one of them is as much like {other}, and these are not one person: whose it is"
                " cannot be told.",
                other=shortened(names(connection, [apart.either])[apart.either]),
            )
        case "contested" | "one suffix" | "of two" | "anyones":
            return _cannot_be_told(apart.reason)
        case "others contradict" if alone:
            return _parted_by_linked(apart.together)
        case _:
            return _parted_by_others(apart.reason)


def _cannot_be_told(reason: str) -> str:
    """Why nothing tells whose record one of two is."""
    match reason:
        case "one suffix":
            return _(
                "One of them is a Jr or a Sr, of the other it is not said, and no birth date tells: they may be father"
                " and son."
            )
        case "of two":
            return _(
                "One of them has an e-mail or a phone that a Jr and a namesake share: whose record it is cannot be"
                " told."
            )
        case "anyones":
            return _(
                "They agree in what a household shares, and one of them agrees so with people of several first names:"
                " whose it is cannot be told."
            )
        case _:
            return _("They share an identifier that other people hold too, and nothing tells whose it is.")


def _parted_by_others(reason: str | None) -> str:
    """What the other records of two people say against their being one."""
    match reason:
        case "two of each":
            return _(
                "They have enough in common, but each has another e-mail and another phone or number, and nothing of"
                " their own is the same."
            )
        case "others told apart":
            return _("They have enough in common, but other records of theirs were told apart.")
        case "too many":
            return _("They have enough in common, but together they would be too many records.")
        case _:
            return _(
                "They have enough in common, but not their other records: all of them together speak against one"
                " person."
            )


def _parted_by_linked(together: int) -> str:
    """What speaks against two people of a record each: what they say themselves, or those who are linked to them."""
    if together > 2:
        return _(
            "They have enough in common, but so have others with them, and all {count} records together speak against"
            " one person.",
            count=together,
        )
    return _("They have enough in common, but what else they say speaks against one person.")


def too_many(theirs: int, together: int) -> str:
    """How many records two people have, or would have with all who are linked to them."""
    if theirs > LARGEST_PERSON:
        return _(
            "Together they would be {count} records: more than {most} are joined by people only.",
            count=theirs,
            most=LARGEST_PERSON,
        )
    return _(
        "With all that are linked to them they would be at least {count} records: more than {most} are joined by people"
        " only.",
        count=together,
        most=LARGEST_PERSON,
    )


def speaks_against(connection: Connection, against: OpposingPair) -> str:
    """Which two records of two people speak most against their being one, and how much."""
    name = names(connection, (against.record_a, against.record_b))
    one, other = (shortened(name[record]) for record in (against.record_a, against.record_b))
    if against.bits is None:
        return _("{one} and {other} of theirs can never be one person.", one=one, other=other)
    return _(
        "{one} and {other} of theirs speak most against it: {bits} bits.",
        one=one,
        other=other,
        bits=figures.bits(against.bits),
    )
