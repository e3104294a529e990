"""What the model compares, how near two values can be, and where pairs are sought: the catalogue of matching.

A level is a condition on two cards, `…_l` and `…_r`, tried from the nearest down; the last level of a field is what no
other level is. What a level is *worth* is not said here: the model learns it from the shop's own records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulars.model.alphabets import SIGNS

#: The level of every field for values that are near in no way.
DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One way in which two values are near."""

    name: str
    condition: str
    frequency_of: str = ""  #: the column of cards whose common values are worth less than rare ones


#: Why two people may agree: they live together, or they happen to have one name.
HOUSEHOLD, NAMESAKE = "household", "namesake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is compared."""

    name: str
    needs: tuple[str, ...]  #: columns of cards; it is compared when one of them is filled often enough
    unknown: str  #: when nothing can be said
    levels: tuple[Level, ...]
    shared_by: tuple[str, ...] = ()  #: who agrees in it without being one person
    rare: bool = (
        False  #: strangers so seldom agree that it must be counted: pairs drawn at random would not meet them
    )


#: Jaro-Winkler likenesses, 0..1, from which on two words are one that was misspelt, close, alike, and not plainly two.
_MISSPELT, _CLOSE, _ALIKE, _FAINT = 0.9, 0.88, 0.8, 0.7


def _either_null(column: str) -> str:
    return f"({column}_l is null or {column}_r is null)"


#: Numbers that a shop gives out itself: neighbours in number are neighbours at the counter, often a couple.
_GIVEN_OUT = ("loyalty_card", "user_id")
#: A telephone number of the standard form has at most so many characters; one with an extension has more, and two
#: extensions are two people.
_BARE = 16

#: Father and son who bear one name are born so many years apart, at least.
GENERATION = 15
A_GENERATION_APART = (
    f"greatest(birth_year_l, birth_year_r) >= least(birth_year_l, birth_year_r) + {GENERATION}"
)

_ONE_LINE = (
    "left(phone_l, least(length(phone_l), length(phone_r))) = left(phone_r, least(length(phone_l), length(phone_r)))"
    " and greatest(length(phone_l), length(phone_r)) > least(length(phone_l), length(phone_r)) + 4"
)

_BOTH_DIFFER = f"coalesce(greatest(given_likeness, family_likeness), 0.0) < {_CLOSE}"
_ACROSS = "likeness(given_l, family_r), likeness(family_l, given_r)"
_CROSSED = (
    f"when least({_ACROSS}) >= {_FAINT} or given_share_l > family_share_r and given_share_r > family_share_l"
    f" then greatest({_ACROSS})"
    " when given_share_l > family_share_r then likeness(given_l, family_r)"
    " when given_share_r > family_share_l then likeness(family_l, given_r)"
)
#: One name in two alphabets is written by ear in one of them: where it is alike, it is as near as a misspelt one.
_TWO_ALPHABETS = "coalesce(script_l, '') <> coalesce(script_r, '')"
#: Signs do not tell how a name sounds: what is not like it in Latin letters may yet be the same name.
_UNHEARD = (
    f"coalesce(case when (script_l = '{SIGNS}' or script_r = '{SIGNS}') and {_TWO_ALPHABETS}"
    f" then likeness({{0}}_l, {{0}}_r) < {_ALIKE} end, false)"
)
#: Likenesses that several levels ask for, so that each is measured once a pair: name -> what it is.
MEASURES = {
    "given_likeness": "case when given_l = given_r then 1.0"
    " when not coalesce(overlap(other_names_l, given_parts_r), false) then likeness(given_l, given_r) end",
    "family_likeness": "case when family_l = family_r then 1.0 else likeness(family_l, family_r) end",
    "crossed_likeness": f"case when {_BOTH_DIFFER} then case {_CROSSED} end end",
    "borrowed_likeness": f"case when crossed_likeness is null and {_BOTH_DIFFER} then greatest({_ACROSS}) end",
    "street_likeness": "case when street_l = street_r then 1.0 else likeness(street_l, street_r) end",
}
_SWAPPED = "given_l = family_r and family_l = given_r"
#: One name stands where the other should, misspelt perhaps, and no name stands where it should. If the other name
#: differs, the one must be better known as a given name: Roy Anne is not Paul Roy, whose family name she has.
_MISPLACED = f"crossed_likeness >= {_CLOSE} and greatest(given_likeness, family_likeness) < {_CLOSE}"
#: Roy Anne and Paul Roy: one of them, written the wrong way round, or two of a family.
_BORROWED = f"borrowed_likeness >= {_CLOSE}"
#: Given names that begin alike and differ in more are two names, such as twins have: Darla and Darlene. One that is the
#: beginning of the other may be short for it.
_FEW_EDITS = (
    "(edits(given_l, given_r) <= 2 or left(given_l, least(length(given_l), length(given_r)))"
    " = left(given_r, least(length(given_l), length(given_r))))"
)
_CLOSE_STREET = f"street_likeness >= {_CLOSE}"
#: Neighbours of one house live behind two doors.
_NO_OTHER_UNIT = "not coalesce(unit_l <> unit_r, false)"
_SAME_DOOR = f"coalesce(door_l, '') = coalesce(door_r, '') and {_NO_OTHER_UNIT}"
_SAME_POSTCODE = "postcode_l = postcode_r"

#: Whether two records tell of one home: a street, misspelt perhaps, or a postcode, and no two doors. A city is none.
ONE_HOME = (
    f"coalesce(street_l = street_r or likeness(street_l, street_r) >= {_CLOSE} or postcode_l = postcode_r, false)"
    " and coalesce(door_l = door_r, true)"
)

GIVEN_NAME = Field(
    name="given_name",
    needs=("given",),
    shared_by=(NAMESAKE,),
    unknown=f"{_either_null('given')} or {_UNHEARD.format('given')}",
    levels=(
        Level(name="same", condition="given_l = given_r", frequency_of="given"),
        Level(name="swapped with the family name", condition=_SWAPPED),
        Level(
            name="nickname or part",
            condition="overlap(given_formal_l, given_formal_r) or overlap(given_parts_l, given_parts_r)",
        ),
        Level(
            name="misspelt",
            condition=f"(given_likeness >= {_MISSPELT} and {_FEW_EDITS})"
            " or (least(length(given_l), length(given_r)) >= 6 and given_likeness > 0 and slip(given_l, given_r))"
            f" or ({_TWO_ALPHABETS} and (given_likeness >= {_CLOSE} or (given_likeness >= {_ALIKE} and {_FEW_EDITS})))",
        ),
        Level(
            name="initial",
            condition="least(length(given_l), length(given_r)) = 1 and overlap(initials_l, initials_r)",
        ),
        Level(name="in the place of the family name", condition=_MISPLACED),
        Level(name="is the family name", condition=_BORROWED),
        Level(name="alike", condition=f"given_likeness >= {_ALIKE} and {_FEW_EDITS}"),
    ),
)
FAMILY_NAME = Field(
    name="family_name",
    needs=("family",),
    shared_by=(HOUSEHOLD, NAMESAKE),
    unknown=f"{_either_null('family')} or coalesce({_SWAPPED} or {_MISPLACED} or {_BORROWED}, false)"
    f" or {_UNHEARD.format('family')}",
    levels=(
        Level(name="same", condition="family_l = family_r", frequency_of="family"),
        Level(name="part of a double name", condition="overlap(family_parts_l, family_parts_r)"),
        Level(
            name="misspelt",
            condition=f"family_likeness >= {_MISSPELT} or (family_likeness >= {_ALIKE} and {_TWO_ALPHABETS})",
        ),
        Level(name="alike", condition=f"family_likeness >= {_ALIKE}"),
    ),
)
MIDDLE_NAME = Field(
    name="middle_name",
    needs=("middle",),
    unknown=f"{_either_null('middle')} or {_UNHEARD.format('middle')}",
    levels=(
        Level(name="same", condition="middle_l = middle_r and length(middle_l) > 1"),
        Level(name="same initial", condition="left(middle_l, 1) = left(middle_r, 1)"),
    ),
)
BIRTH_DATE = Field(
    name="birth_date",
    needs=("birth",),
    unknown=_either_null("birth"),
    levels=(
        Level(name="same", condition="birth_l = birth_r"),
        Level(
            name="one slip",
            condition="slip(birth_l, birth_r) or (left(birth_l, 4) = left(birth_r, 4)"
            " and substr(birth_l, 6, 2) = right(birth_r, 2) and right(birth_l, 2) = substr(birth_r, 6, 2))",
        ),
        Level(name="two slips", condition=f"edits(birth_l, birth_r) <= 2 and not {A_GENERATION_APART}"),
        Level(
            name="a generation apart",
            condition=A_GENERATION_APART,
        ),
    ),
)
#: Of two of whom one or both told an age, or a year of birth, and no day.
AGE = Field(
    name="age",
    needs=("year_by_age",),
    unknown=f"{_either_null('birth_year')} or (birth_l is not null and birth_r is not null)",
    levels=(
        Level(name="same year", condition="birth_year_l = birth_year_r"),
        Level(
            name="a year apart",
            condition="greatest(birth_year_l, birth_year_r) <= least(birth_year_l, birth_year_r) + 1",
        ),
        Level(
            name="a few years apart",
            condition="greatest(birth_year_l, birth_year_r) <= least(birth_year_l, birth_year_r) + 5",
        ),
    ),
)


def _word_or_two(name: str) -> Field:
    """What a few records say of a person, in a word or two."""
    return Field(
        name=name,
        needs=(name,),
        unknown=_either_null(name),
        shared_by=(HOUSEHOLD,),
        levels=(
            Level(name="same", condition=f"{name}_l = {name}_r", frequency_of=name),
            Level(name="alike", condition=f"likeness({name}_l, {name}_r) >= {_CLOSE}"),
        ),
    )


BIRTH_PLACE, OCCUPATION = _word_or_two("birth_place"), _word_or_two("occupation")
GENDER = Field(
    name="gender",
    needs=("gender",),
    unknown=_either_null("gender"),
    shared_by=(NAMESAKE,),
    levels=(Level(name="same", condition="gender_l = gender_r"),),
)
#: The mailbox of any J. Jones, `jjones@`, by the names of either card: at two providers it says no more than they do.
_INITIALED = (
    "(mailbox_l = left(given_l, 1) || family_l or mailbox_l = left(family_l, 1) || given_l"
    " or mailbox_r = left(given_r, 1) || family_r or mailbox_r = left(family_r, 1) || given_r)"
)
EMAIL = Field(
    name="email",
    needs=("email",),
    unknown=f"{_either_null('email')}"
    f" or coalesce(email_l <> email_r and mailbox_l = mailbox_r and {_INITIALED}, false)",
    shared_by=(HOUSEHOLD, NAMESAKE),
    rare=True,
    levels=(
        Level(name="same", condition="email_l = email_r"),
        Level(name="same mailbox", condition="length(mailbox_l) >= 5 and mailbox_l = mailbox_r"),
        Level(
            name="misspelt",
            condition="least(length(mailbox_l), length(mailbox_r)) >= 6 and digits_l = digits_r"
            " and edits(mailbox_l, mailbox_r) <= 2",
        ),
        Level(name="alike", condition=f"likeness(mailbox_l, mailbox_r) >= {_MISSPELT}"),
    ),
)
PHONE = Field(
    name="phone",
    needs=("phone",),
    unknown=_either_null("phone"),
    shared_by=(HOUSEHOLD,),
    rare=True,
    levels=(
        Level(name="same", condition="phone_l = phone_r"),
        Level(
            name="with an extension",
            condition=f"{_ONE_LINE} and least(length(phone_l), length(phone_r)) <= {_BARE}",
        ),
        Level(
            name="one slip",
            condition=f"greatest(length(phone_l), length(phone_r)) <= {_BARE} and slip(phone_l, phone_r)",
        ),
    ),
)
#: Door, street, postcode and city are one field: they are one fact about a household, not four proofs of a person.
ADDRESS = Field(
    name="address",
    needs=("street", "postcode", "city"),
    unknown=" and ".join(_either_null(column) for column in ("street", "postcode", "city")),
    shared_by=(HOUSEHOLD,),
    levels=(
        Level(name="same door", condition=f"street_l = street_r and {_SAME_DOOR}"),
        Level(name="nearly the same door", condition=f"{_CLOSE_STREET} and {_SAME_DOOR}"),
        Level(
            name="same street and postcode",
            condition=f"{_CLOSE_STREET} and {_SAME_POSTCODE} and {_NO_OTHER_UNIT}",
        ),
        Level(
            name="same door number and postcode",
            condition=f"door_l = door_r and {_SAME_POSTCODE} and {_NO_OTHER_UNIT}",
        ),
        Level(name="same street", condition=_CLOSE_STREET),
        Level(name="same postcode", condition=_SAME_POSTCODE),
        Level(name="same city", condition="city_l = city_r", frequency_of="city"),
    ),
)
FIELDS = (
    GIVEN_NAME, FAMILY_NAME, MIDDLE_NAME, BIRTH_DATE, AGE, BIRTH_PLACE, OCCUPATION, GENDER, EMAIL, PHONE, ADDRESS,
)  # fmt: skip
#: What says who somebody is, and not only where they are reached: without it nothing is said against one person.
OWN = (GIVEN_NAME, FAMILY_NAME, BIRTH_DATE)

#: Fields in which namesakes agree. Who have nothing else in common are asked about from the probability BY_NAME on.
NAMES = frozenset(field.name for field in (GIVEN_NAME, FAMILY_NAME, MIDDLE_NAME, GENDER))
BY_NAME = 0.75
#: Who share an identifier that did not join them, and differ in their given names, are asked about where they are so
#: much as likely, at least, as others that are asked about.
OTHER_NAMES = 0.5


def personal_from(field: Field) -> int | None:
    """The level, counted from `different` = 0, from which two values that agree are a person's own; None for what a
    household shares. An e-mail or a number is mostly a person's own, a door and a telephone are not."""
    if field in (FAMILY_NAME, AGE, BIRTH_PLACE, OCCUPATION, GENDER, PHONE, ADDRESS):
        return None
    if field is BIRTH_DATE:
        return 2
    return len(field.levels) if field is EMAIL else 1


def number_field(kind: str, column: str) -> Field:
    """A kind of identifier that belongs to one person, compared as a column of cards.

    What people write by hand may be a slip away; what the shop gives out one after the other is another's then.
    """
    return Field(
        name=kind,
        needs=(column,),
        unknown=_either_null(column),
        shared_by=(HOUSEHOLD,),
        rare=True,
        levels=(
            Level(name="same", condition=f"{column}_l = {column}_r"),
            *(
                ()
                if kind in _GIVEN_OUT
                else (Level(name="one slip", condition=f"slip({column}_l, {column}_r)"),)
            ),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Two cards that agree on a key are compared. There are several: what one error hides from one, another finds."""

    value: str  #: over the columns of a card
    telling: bool  #: few strangers share it; the others are looked at as far as there is room


_TELLING = (
    "case when given is not null and family is not null"
    " then least(given, family) || ' ' || greatest(given, family) end",
    "birth || ' ' || left(given, 1)",
    "birth || ' ' || left(family, 1)",
    "phone",
    "email",
    "case when length(mailbox) >= 5 then mailbox end",
    "door || ' ' || street",
    "postcode || ' ' || left(family, 4)",
    "postcode || ' ' || left(given, 4)",
    "street_word || ' ' || left(given, 3) || left(family, 1)",
    "street_word || ' ' || left(family, 5)",
    "city || ' ' || birth",
)
_LOOSE = (
    "left(birth, 4) || left(given, 3) || ' ' || left(family, 3)",
    "right(birth, 5) || left(given, 3) || ' ' || left(family, 3)",
    "door || ' ' || postcode || ' ' || left(street, 3)",
    "city || ' ' || left(given, 3) || ' ' || left(family, 3)",
    "given || ' ' || postcode",
    "left(family, 3) || ' ' || left(birth, 7)",
    "birth",
    "left(mailbox, 6)",
    "family",
    "given || ' ' || city",
    "given || ' ' || left(family, 1)",
    "left(given, 2) || left(family, 2) || left(birth, 4)",
    "left(given, 3) || right(birth, 5)",
    "substr(phone, 6, 7)",
    "door || ' ' || left(street, 8)",
    "street_word || ' ' || left(given, 4)",
)


def keys(number_columns: Sequence[str]) -> list[Key]:
    """Every blocking key, given the identifier columns of the cards."""
    telling = (*_TELLING, *number_columns)
    return [Key(value=key, telling=key in telling) for key in (*telling, *_LOOSE)]
