"""Cards: what is known of each record, in the form in which records are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.records.reading import COMPARED
from regulars.match.records.usable import find_usable
from regulars.match.records.word_lists import (
    BEHIND_FAMILY,
    BEHIND_GIVEN,
    NO_MAILBOXES,
    NO_VALUES,
    ONLY_INITIALS,
    ROLE_MAILBOXES,
    SUFFIXES,
    TWO_FAMILIES,
    formal_names,
    given_names,
    no_names,
    other_names,
)
from regulars.model.alphabets import BEYOND_LATIN, romanised
from regulars.model.person import TITLE_GENDERS, title_gender_sql
from regulars.settings import MatchSettings

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: The same as `folded` of `cards.sql` asks for it.
_NAMING_WORDS = {
    "suffix_words": [*SUFFIXES],
    "suffixes": [*SUFFIXES.values()],
    "behind_given": BEHIND_GIVEN,
    "behind_family": BEHIND_FAMILY,
    "two_families": TWO_FAMILIES,
    "only_initials": ONLY_INITIALS,
}
#: A field, or a kind of identifier, is compared by the model when so many of the records have it.
ENOUGH_FILLED = 0.05
#: At most so many kinds of identifiers are compared, the best filled first.
_MOST_KINDS = 6


def make_cards(
    session: Session,
    settings: MatchSettings,
    kinds: Sequence[str] | None = None,
    also_blocked: Sequence[str] = (),
    births: Sequence[str] = (),
) -> tuple[str, ...]:
    """Make the relation `cards`; returns the kinds of identifiers it has a column for (`id_0`, `id_1`, …).

    `births` are birth dates that count as unknown.
    """
    find_usable(session, settings, also_blocked)
    session.table("no_births", pa.table({"value": pa.array(list(births), pa.string())}))
    session.table("nicknames", _listed("roots", formal_names()))
    session.table("other_names", _listed("others", other_names()))
    session.table("given_names", pa.table({"name": sorted(given_names())}))
    chosen = tuple(kinds) if kinds is not None else _well_filled(session)
    slots = {"type": pa.array(chosen, pa.string()), "slot": pa.array(range(len(chosen)), pa.int64())}
    session.table("slots", pa.table(slots))
    columns = "".join(f", max(value) filter (where slot = {n}) as id_{n}" for n in range(len(chosen)))
    nameless = {f"no_{column}_names": sorted(no_names(column)) for column in ("given", "family")}
    session.table("romanised", _romanised(session))
    session.view("in_latin_letters", _SQL["in_latin_letters"])
    folded = _SQL["folded"].replace("$title_gender", title_gender_sql("name_prefix"))
    session.create("folded", folded, {**nameless, **_NAMING_WORDS})
    session.create("reached", _SQL["reached"].format(id_columns=columns))
    session.create("spelt", _SQL["spelt"], {"no_family_names": nameless["no_family_names"]})
    session.create("cards", _SQL["cards"])
    session.drop("folded", "reached", "spelt")
    return chosen


def made_by() -> tuple[str, ...]:
    """All that cards are made by: where one of it changes, they are made and their model is learnt anew."""
    room = Path(__file__).parent
    files = (*sorted(room.glob("*.sql")), *sorted(room.glob("*.csv")))
    values = (
        COMPARED,
        NO_MAILBOXES,
        NO_VALUES,
        ONLY_INITIALS,
        ROLE_MAILBOXES,
        SUFFIXES,
        TITLE_GENDERS,
        TWO_FAMILIES,
    )
    return repr(values), *(file.read_text("utf-8") for file in files)


def is_named(card: Mapping[str, Any]) -> bool:
    """Whether a card tells who it is of: `named` of `match/run.sql`."""
    return any(card[column] is not None for column in ("given", "family", "email", "phone"))


def _romanised(session: Session) -> pa.Table:
    """The names in other alphabets: name, latin, script."""
    names = session.rows(_SQL["foreign_names"].format(beyond_latin=BEYOND_LATIN))["name"].to_pylist()
    found = [(name, *romanised(name)) for name in names]
    columns = zip(*(one for one in found if one[2]), strict=True) if found else ()
    return pa.table(
        [pa.array(column, pa.string()) for column in columns] or [[]] * 3, names=["name", "latin", "script"]
    )


def _well_filled(session: Session) -> tuple[str, ...]:
    filled = session.rows(_SQL["filled"]).to_pylist()
    total = int(session.rows("select count(*) as n from numbered")["n"][0].as_py())
    enough = [row for row in filled if row["cards"] >= ENOUGH_FILLED * total and row["distinct_values"] > 1]
    best = sorted(enough, key=lambda row: (-row["cards"], row["type"]))[:_MOST_KINDS]
    return tuple(sorted(row["type"] for row in best))


def _listed(what: str, by_name: dict[str, list[str]]) -> pa.Table:
    names = pa.array(list(by_name), pa.string())
    return pa.table({"name": names, what: pa.array(list(by_name.values()), pa.list_(pa.string()))})
