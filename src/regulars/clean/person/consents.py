"""Consent columns become consent facts: what the words of known exports say, when, on what basis, and the proof.

A column of opting out says the opposite: a yes, a day or any word in it is a leave, and a no says nothing. A plain
"yes" to messages is recorded as asserted by the import that brought it. A yes that came with its date is express
unless its basis says otherwise. How facts fold to one state is `model/consent.py`.

On an order a yes and a leave are heard, and a plain no says nothing: who does not tick a box at one order has not left
(docs/why/0019).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regulars.clean.row.found import KnownFile, Layout, literal
from regulars.clean.row.instants import EARLIEST_US
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.consent import ConsentState
from regulars.model.fields import CONSENT_CHANNELS, OPT_OUT

#: Words that forbid it once and for all, where a plain no only does not allow it.
DO_NOT = "donotcontact donotemail donotmail nepascontacter"
#: The words of exports, without accents and signs, by what they say. Any other word is `unknown`.
WORDS: Mapping[ConsentState, str] = {
    "granted": (
        "yes oui y o true vrai t 1 on ok accept accepted accepte acceptee agreed consented granted subscribed "
        "subscriber abonne abonnee inscrit inscrite optin optedin doubleoptin singleoptin confirmed active actif "
        "express implied x checked coche"
    ),
    "denied": (
        "no non n false faux f 0 off never neversubscribed notsubscribed nonsubscribed nonabonne nonabonnee noninscrit "
        f"refused refuse refusee declined denied {DO_NOT}"
    ),
    "withdrawn": (
        "unsubscribed unsubscribe unsub desabonne desabonnee desinscrit desinscrite optout optedout withdrawn revoked "
        "retire retiree usersuppressed suppressed archived"
    ),
}
#: Words that stop a channel because a message could not arrive, or because its reader complained.
STOPPED = {
    "bounced": "cleaned bounced bounce hardbounce hardbounced invalid invalidemail undeliverable",
    "complaint": "spamcomplaint complaint complained spam abuse",
}
#: What in a column of opting out says nothing. Whatever else stands there is a leave: a day, a reason, a yes.
NO_LEAVE = (
    "no non n false faux f off never jamais none aucun aucune null na nil subscribed subscriber abonne abonnee inscrit "
    "inscrite optin optedin active actif"
)
#: The fields of orders that answer for the buyer.
ANSWERS = ("consent_email", OPT_OUT, *(f"{OPT_OUT}_{channel}" for channel in CONSENT_CHANNELS))
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a column of orders says of messages to the buyer."""

    column: str  #: the file's own; the field's name where only the mapping says it
    field: str
    sql: str  #: SQL for its text where it says anything on an order, else null


def answers(layout: Layout) -> Iterator[Answer]:
    """The columns of orders that answer for the buyer, and what the mapping says where they are blank."""
    for field in (field for field in ANSWERS if layout.has(field)):
        heard = _leave_sql if field.startswith(OPT_OUT) else _heard_sql
        default = [word for _column, word in _default(layout, field)]
        columns = {name: layout.column_sql(name) for name in layout.names(field)}
        for column, text in (columns or {field: "cast(null as varchar)"}).items():
            yield Answer(column=column, field=field, sql=heard(f"coalesce({', '.join([text, *default])})"))


def consent_facts(session: Session, layout: Layout, relation: str, file: KnownFile) -> str:
    """The name of the relation that holds the file's consent facts: one a row, channel and column that says something.

    `relation` has the file's own columns; words, dates and bases are read from them.
    """
    session.view("found_consents", _words_found(layout, relation))
    session.create(
        "people_consents",
        _SQL["consent_facts"]
        .replace("$plain", _plain_sql("word"))
        .replace("$state", _state_sql("plain"))
        .replace("$no_leave", _says_nothing_sql("plain"))
        .replace("$stopped", _stopped_sql("plain")),
        {
            "file": file.name,
            "earliest": EARLIEST_US,
            "loaded_us": file.loaded_us,
            "day": file.day.isoformat(),
        },
    )
    return "people_consents"


def _words_found(layout: Layout, relation: str) -> str:
    nothing = (
        "select cast(null as bigint) as line, '' as channel, '' as column_name, '' as word, '' as basis_word,"
        " cast(null as bigint) as given_us, false as leaves where false"
    )
    answers = [_answer(layout, relation, one) for one in CONSENT_CHANNELS if layout.has(f"consent_{one}")]
    refusals = [
        _refusal(layout, relation, field, channel)
        for channel in CONSENT_CHANNELS
        for field in (OPT_OUT, f"{OPT_OUT}_{channel}")
        if layout.has(field)
    ]
    return " union all ".join([nothing, *answers, *refusals])


def _answer(layout: Layout, relation: str, channel: str) -> str:
    field = f"consent_{channel}"
    words = [(literal(name), layout.column_sql(name)) for name in layout.names(field)]
    words += _default(layout, field)
    return " union all ".join(
        f"select line, '{channel}', {name}, {word}, {layout.field_sql(field + '_basis')},"
        f" {layout.instant_sql(field + '_at')}, false from {relation} where {word} is not null"
        for name, word in words
    )


def _refusal(layout: Layout, relation: str, field: str, channel: str) -> str:
    """What the columns of opting out say of a channel; a day in them is when it was asked."""
    words = [
        (literal(name), layout.column_sql(name), layout.column_instant_sql(name))
        for name in layout.names(field)
    ]
    words += [(name, word, "cast(null as bigint)") for name, word in _default(layout, field)]
    return " union all ".join(
        f"select line, '{channel}', {name}, {word}, cast(null as varchar), {day}, true"
        f" from {relation} where {word} is not null"
        for name, word, day in words
    )


def _default(layout: Layout, field: str) -> list[tuple[str, str]]:
    """What the mapping says of every row."""
    said = layout.mapping.defaults.get(field)
    return [] if said is None else [("cast(null as varchar)", literal(said))]


def _plain_sql(word: str) -> str:
    """SQL for a word without capitals, accents and signs; a number without its decimals."""
    return f"regexp_replace(lower(strip_accents(regexp_replace({word}, '\\.0+$', ''))), '[^a-z0-9]', '', 'g')"


def _heard_sql(word: str) -> str:
    """SQL for a text where it is a yes, a leave or a message that stopped; null where it is a plain no, or unknown."""
    words = " ".join((WORDS["granted"], WORDS["withdrawn"], DO_NOT, *STOPPED.values()))
    return f"case when {_plain_sql(word)} in ({_listed(words)}) then {word} end"


def _leave_sql(word: str) -> str:
    """SQL for a text of a column of opting out where it is a leave; null where it says nothing."""
    return f"case when not ({_says_nothing_sql(_plain_sql(word))}) then {word} end"


def _says_nothing_sql(word: str) -> str:
    return f"regexp_full_match({word}, '0*') or {word} in ({_listed(NO_LEAVE)})"


def _state_sql(word: str) -> str:
    cases = [f"when {word} in ({_listed(words)}) then '{state}'" for state, words in WORDS.items()]
    cases += [f"when {word} in ({_listed(words)}) then 'withdrawn'" for words in STOPPED.values()]
    return f"case {' '.join(cases)} else 'unknown' end"


def _stopped_sql(word: str) -> str:
    return (
        "case "
        + " ".join(f"when {word} in ({_listed(words)}) then '{why}'" for why, words in STOPPED.items())
        + " end"
    )


def _listed(words: str) -> str:
    return ", ".join(f"'{word}'" for word in words.split())
