"""Pairs that cannot simply be one person, whatever their household shares: said once, for DuckDB and for Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison import words_in_python
from regulars.match.comparison.fields import A_GENERATION_APART

SQL = statements(Path(__file__).with_name("contradictions.sql"))

#: Jaro-Winkler likenesses, 0..1, from which on two names are one, are one in the other's place, and are not plainly
#: two. Other limits than those of `fields`: here nothing else is weighed against them.
_LIKE, _SWAPPED, _FAINT = 0.82, 0.85, 0.7
_PLACED = "not coalesce({0} = {1}, false)"
_NO_OTHER = f"({{0}} is null or {{1}} is null or likeness({{0}}, {{1}}) >= {_FAINT})"
_ONE_WORD = "begins({0}_l, {0}_r) or begins({0}_r, {0}_l) or slips({0}_l, {0}_r) <= 1"
_DAY_FOR_MONTH = (
    "(left(birth_l, 4) = left(birth_r, 4) and substr(birth_l, 6, 2) = right(birth_r, 2)"
    " and right(birth_l, 2) = substr(birth_r, 6, 2))"
)
_SAME_YEAR, _SAME_MONTH, _SAME_DAY = (
    "left(birth_l, 4) = left(birth_r, 4)",
    "substr(birth_l, 6, 2) = substr(birth_r, 6, 2)",
    "right(birth_l, 2) = right(birth_r, 2)",
)
#: What two cards, `…_l` and `…_r`, have in common as a person; each may ask for those above it.
#: Names are alike when they are equal, short for each other, an initial, a part, a misspelling, or swapped with the
#: family name, where the other name does not say another; those of Simon and Simone are not, nor are two common names
#: (Julie and Julien, Tim and Tom), nor two compounds that differ in a half (Marie-Ève and Marie-Anne). Birth dates are
#: near when they are equal, two slips of the hand apart, or the same but for one of day, month, year; where the years
#: are a generation apart, one slip alone, and not even that where one of two is a Jr.
_SEEN = {
    "given_known": "given_l is not null and given_r is not null",
    "compounds": "given_last_l is not null and given_last_r is not null and given_l <> given_r"
    " and within(given_parts_l, given_parts_r) = within(given_parts_r, given_parts_l)",
    "listed_differ": "given_listed_l <> given_listed_r and (compounds or not overlap(given_formal_l, given_formal_r))",
    "half_other": "compounds and"
    f" (listed_differ or not ({_ONE_WORD.format('given_first')}) or not ({_ONE_WORD.format('given_last')}))",
    "given_like": "given_l = given_r"
    " or overlap(given_formal_l, given_formal_r)"
    " or overlap(given_parts_l, given_parts_r)"
    " or (least(length(given_l), length(given_r)) = 1 and overlap(initials_l, initials_r))"
    " or (not listed_differ and least(length(given_l), length(given_r)) >= 3"
    " and (begins(given_l, given_r) or begins(given_r, given_l)))"
    f" or (not listed_differ and likeness(given_l, given_r) >= {_LIKE} and slips(given_l, given_r) <= 2)"
    " or (not listed_differ and slips(given_l, given_r) <= 1)"
    " or (length(middle_l) > 1 and middle_l = given_r)"
    " or (length(middle_r) > 1 and middle_r = given_l)"
    f" or (likeness(given_l, family_r) >= {_SWAPPED} and {_PLACED.format('family_l', 'family_r')}"
    f" and {_NO_OTHER.format('family_l', 'given_r')})"
    f" or (likeness(given_r, family_l) >= {_SWAPPED} and {_PLACED.format('family_l', 'family_r')}"
    f" and {_NO_OTHER.format('given_l', 'family_r')})",
    "other_name": "overlap(other_names_l, given_parts_r)",
    "given_near": "given_like and not other_name and not half_other",
    "given_told": "given_known and least(length(given_l), length(given_r)) > 1",
    "family_alone": "not given_told and family_l is not null and family_r is not null",
    "family_near": "family_l = family_r"
    " or overlap(family_parts_l, family_parts_r)"
    f" or likeness(family_l, family_r) >= {_LIKE}"
    " or slips(family_l, family_r) <= 1"
    " or given_l = family_r or given_r = family_l",
    "birth_known": "birth_l is not null and birth_r is not null",
    "suffix_of_one": "(suffix_l is null) <> (suffix_r is null)",
    "birth_near": f"(slips(birth_l, birth_r) <= 1 and not (suffix_of_one and {A_GENERATION_APART})) or {_DAY_FOR_MONTH}"
    f" or ({_SAME_YEAR} and {_SAME_MONTH}) or ({_SAME_YEAR} and {_SAME_DAY})"
    f" or (slips(birth_l, birth_r) <= 2 or ({_SAME_MONTH} and {_SAME_DAY})) and not ({A_GENERATION_APART})",
}
#: What that says for and against their being one person. Where a given name is missing or an initial, the family names
#: speak: Côté and Bélanger with one telephone are two people. So do genders, then: J. Côté, a man, and Julie Côté, like
#: a senior and his junior, and two with names such as Simon and Simone, are `never` one person unless a human says so;
#: beside two given names a gender forbids nothing, for shops guess it from them, nor where no name is told; and where
#: the birth dates agree it is rather a slip. Who writes Junior says that another bears his name: whether a record
#: without the word is his or his father's, neither the name nor what the family shares can tell.
_JUDGED = {
    "suffix_differs": "suffix_l <> suffix_r",
    "suffix_alone": "(given_known or family_l is not null and family_r is not null)"
    " and suffix_of_one"
    " and not coalesce(birth_known and birth_near, false)",
    "given_agrees": "given_known and given_near",
    "given_differs": "given_known and not given_near",
    "family_differs": "family_alone and not family_near",
    "birth_agrees": "birth_known and birth_near",
    "birth_differs": "birth_known and not birth_near",
    "generation_differs": f"birth_differs and {A_GENERATION_APART}",
    "gender_differs": "family_alone and gender_l <> gender_r and gender_l <> 'x' and gender_r <> 'x'"
    " and not coalesce(birth_agrees, false)",
    "contradicted": "given_differs or family_differs or birth_differs or suffix_differs or gender_differs",
    "two_scripts": "(given_differs or family_differs) and coalesce(script_l, '') <> coalesce(script_r, '')",
    "never": "suffix_differs or other_name or gender_differs",
}
_ANSWERS = ("other_name", *_JUDGED)
#: What is looked at only where something else is so: where it is not, nobody asks.
_WHERE = {
    "compounds": "given_known",
    "listed_differ": "given_known",
    "given_like": "given_known",
    "family_near": "family_alone",
    "birth_near": "birth_known",
}
#: What a pair says, by name: `given_agrees`, `never`, …
Judged = Mapping[str, bool]


def judge(session: Session, name: str, pairs: str) -> None:
    """Make a relation that says what the cards of each pair (a statement with a, b) say for and against each other.

    Columns: a, b; `given_agrees`, `given_differs`, `other_name` (Simon and Simone), `family_differs` and
    `gender_differs` (both said where a given name is missing or an initial; this one where no birth dates agree),
    `birth_agrees`, `birth_differs`, `generation_differs` (by as many years as father and son), `suffix_differs`,
    `contradicted` (any of them differs),
    `two_scripts` (their names are not alike, and of two alphabets), `never` (only a human can say that they are one),
    and `suffix_alone` (one is a junior, of the other it is not said, and no birth date tells).
    """
    from regulars.match.comparison.dialects import duckdb_in_turn  # it brings a parser of SQL, slow to import

    sides = "".join(f", l.{column} as {column}_l, r.{column} as {column}_r" for column in _columns())
    said = "".join(
        f", {duckdb_in_turn(condition)} as {word}" for word, condition in (_SEEN | _JUDGED).items()
    )
    session.view("pairs", pairs)
    session.create(name, SQL["judged"].format(answers=", ".join(_ANSWERS), sides=sides, said=said))


@cache
def judging() -> Callable[[Mapping[str, Any], Mapping[str, Any]], Judged]:
    """The same as a function of two cards."""
    from regulars.match.comparison.dialects import python

    lines = [
        "def judged(left_card, right_card):",
        *(f"    {column}_l = left_card[{column!r}]" for column in _columns()),
        *(f"    {column}_r = right_card[{column!r}]" for column in _columns()),
        *(
            f"    {word} = {f'{_WHERE[word]} and ' if word in _WHERE else ''}{python(condition)}"
            for word, condition in (_SEEN | _JUDGED).items()
        ),
        f"    return {{{', '.join(f'{word!r}: {word}' for word in _ANSWERS)}}}",
    ]
    code = compile("\n".join(lines), "contradictions", "exec").co_consts[0]
    return FunctionType(code, vars(words_in_python))


@cache
def _columns() -> tuple[str, ...]:
    """The columns of cards that are looked at."""
    from regulars.match.comparison.dialects import columns_in

    read = set().union(*(columns_in(condition) for condition in (_SEEN | _JUDGED).values()))
    return tuple(sorted({column[:-2] for column in read if column.endswith(("_l", "_r"))}))
