"""What is known of each record, in the form in which records are compared.

reading     what records say, read into a session: the relations `numbered`, `held`     reading.sql
usable      which identifiers and birth dates name somebody, and which nobody            usable.sql
cards       a card a record: the relation `cards`                                         cards.sql
word_lists  nicknames, words that are nobody's name, suffixes, mailboxes of an office   *.csv
naming      what records are called, and refusing those that are not there
"""

from __future__ import annotations

from regulars.match.records.cards import ENOUGH_FILLED, is_named, made_by, make_cards
from regulars.match.records.naming import names, nobody, refuse_nobody, refuse_unknown
from regulars.match.records.reading import COMPARED, fetch_by_record, read_records
from regulars.match.records.usable import (
    LARGEST_PERSON,
    allowed_forms,
    blocked_forms,
    most_holders,
    no_births,
    remember_no_births,
    set_aside,
    too_common,
)  # fmt: skip
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
)  # fmt: skip

__all__ = [
    "BEHIND_FAMILY", "BEHIND_GIVEN", "COMPARED", "ENOUGH_FILLED", "LARGEST_PERSON", "NO_MAILBOXES",
    "NO_VALUES", "ONLY_INITIALS", "ROLE_MAILBOXES", "SUFFIXES", "TWO_FAMILIES", "allowed_forms",
    "blocked_forms", "fetch_by_record", "formal_names", "given_names", "is_named", "made_by", "make_cards",
    "most_holders", "names", "no_births", "no_names", "nobody", "other_names", "read_records",
    "refuse_nobody", "refuse_unknown", "remember_no_births", "set_aside", "too_common",
]  # fmt: skip
