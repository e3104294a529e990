"""Consent columns become consent facts: what the words of known exports say, when, on what basis, and the proof.

A plain "yes" is recorded as asserted by the import that brought it. A yes that came with its date is express unless
its basis says otherwise. How facts fold to one state is `model/consent.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from regulars.clean.found import Layout, literal
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.consent import ConsentState
from regulars.model.fields import CONSENT_CHANNELS

#: The words of exports, without accents and signs, by what they say. Any other word is `unknown`.
WORDS: Mapping[ConsentState, str] = {
    "granted": (
        "yes oui y o true vrai t 1 on ok accept accepted accepte acceptee agreed consented granted subscribed "
        "subscriber abonne abonnee inscrit inscrite optin optedin doubleoptin singleoptin confirmed active actif "
        "express implied x checked coche"
    ),
    "denied": (
        "no non n false faux f 0 off never neversubscribed notsubscribed nonsubscribed nonabonne nonabonnee noninscrit "
        "refused refuse refusee declined denied donotcontact donotemail donotmail nepascontacter"
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
_SQL = statements(Path(__file__).with_suffix(".sql"))


def consent_facts(
    session: Session, layout: Layout, relation: str, file: str, loaded_us: int, day: str
) -> str:
    """The name of the relation that holds the file's consent facts: one a row, channel and column that says something.

    `relation` has the file's own columns; words, dates and bases are read from them.
    """
    session.view("found_consents", _words_found(layout, relation))
    session.create(
        "people_consents",
        _SQL["consent_facts"]
        .replace("$state", _state_sql("plain"))
        .replace("$stopped", _stopped_sql("plain")),
        {"file": file, "loaded_us": loaded_us, "day": day},
    )
    return "people_consents"


def _words_found(layout: Layout, relation: str) -> str:
    nothing = (
        "select cast(null as bigint) as line, '' as channel, '' as column_name, '' as word, '' as basis_word,"
        " cast(null as bigint) as given_us where false"
    )
    return " union all ".join(
        [
            nothing,
            *(_answer(layout, relation, one) for one in CONSENT_CHANNELS if layout.has(f"consent_{one}")),
        ]
    )


def _answer(layout: Layout, relation: str, channel: str) -> str:
    field = f"consent_{channel}"
    words = [(literal(name), layout.column_sql(name)) for name in layout.names(field)]
    if not words or field in layout.mapping.defaults:
        words.append(("cast(null as varchar)", literal(layout.mapping.defaults[field])))
    return " union all ".join(
        f"select line, '{channel}', {name}, {word}, {layout.field_sql(field + '_basis')},"
        f" {layout.instant_sql(field + '_at')} from {relation} where {word} is not null"
        for name, word in words
    )


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
