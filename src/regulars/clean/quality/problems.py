"""The worst problems in a shop's data: how many, three examples, what they cost, and how that was reckoned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regulars.clean.person.emails import likely_meant
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.mapping import mapping_from
from regulars.model.money import to_units
from regulars.model.person import CROWD_FACTS
from regulars.settings import Settings
from regulars.store.tables import NOBODY
from regulars.words import Text, language

EXAMPLES = 3
_SQL = statements(Path(__file__).with_suffix(".sql"))
_FIELDS: Mapping[str, Text] = {
    "email": Text(
        en="e-mail addresses that cannot be written to",
        fr="adresses courriel auxquelles on ne peut pas écrire",
    ),
    "phone": Text(en="telephone numbers that are none", fr="numéros de téléphone qui n'en sont pas"),
    "birth_date": Text(en="birth dates on which nobody was born", fr="dates de naissance impossibles"),
    "postcode": Text(en="postal codes that only fill the field", fr="codes postaux de remplissage"),
    "language": Text(en="languages that nobody can read", fr="langues illisibles"),
    "loyalty_card": Text(en="card numbers that name nobody", fr="numéros de carte qui ne désignent personne"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in many places."""

    name: str
    sentence: Text  #: what is wrong, with its count
    count: int
    examples: tuple[str, ...] = ()  #: at most three, as found
    cost: int | None = None  #: minor units of the shop's currency; None: no price is stated for it
    how: Text | None = None  #: how the cost was reckoned


def problems(session: Session, settings: Settings) -> tuple[Problem, ...]:
    """Every problem there is at least one of, the dearest first, then the most frequent. Reads `quality_records`."""
    session.create("quality_people", _SQL["people"])
    found = [
        _unreachable(session, settings),
        _duplicate_mailings(session, settings),
        _no_customer(session),
        _crowds(session),
        _rejected(session),
        *_refused(session),
        *_slips(session),
        *_one_answer(session),
    ]
    there = [problem for problem in found if problem.count]
    return tuple(sorted(there, key=lambda problem: (-(problem.cost or 0), -problem.count, problem.name)))


def _unreachable(session: Session, settings: Settings) -> Problem:
    row = session.rows(_SQL["unreachable"]).to_pylist()[0]
    count, unit = row["people"], settings.costs.unreachable_customer
    return Problem(
        name="unreachable_customers",
        sentence=Text(
            en=f"{count:,} customers have no e-mail, telephone or address that can be used",
            fr=f"{_spaced(count)} clients n'ont ni courriel, ni téléphone, ni adresse utilisables",
        ),
        count=count,
        examples=tuple(row["examples"] or ()),
        cost=count * unit,
        how=_times(count, unit, settings, "a customer a year", "par client et par an"),
    )


def _duplicate_mailings(session: Session, settings: Settings) -> Problem:
    row = session.rows(_SQL["duplicates"]).to_pylist()[0]
    count, unit = row["extra"], settings.costs.duplicate_mailing
    return Problem(
        name="duplicate_mailings",
        sentence=Text(
            en=f"{count:,} records would get a second copy of a letter that the same person gets already",
            fr=f"{_spaced(count)} fiches recevraient une deuxième copie d'une lettre que la même personne reçoit déjà",
        ),
        count=count,
        examples=tuple(row["examples"] or ()),
        cost=count * unit,
        how=_times(count, unit, settings, "a mailing", "par envoi"),
    )


def _no_customer(session: Session) -> Problem:
    row = session.rows(_SQL["no_customer"].replace("$nobody", str(NOBODY))).to_pylist()[0]
    share = 100 * row["nameless"] / row["lines"] if row["lines"] else 0
    return Problem(
        name="lines_without_customer",
        sentence=Text(
            en=f"{row['nameless']:,} order lines ({share:.1f} %) name no customer: nothing can be learned from them",
            fr=f"{_spaced(row['nameless'])} lignes de commande ({_spaced(share)} %) ne nomment aucun client :"
            " rien ne peut en être appris",
        ),
        count=row["nameless"],
        examples=tuple(row["examples"] or ()),
    )


def _crowds(session: Session) -> Problem:
    row = session.rows(_SQL["crowds"].replace("$crowd", str(CROWD_FACTS))).to_pylist()[0]
    return Problem(
        name="accounts_of_many",
        sentence=Text(
            en=f"{row['people']:,} customers have over {CROWD_FACTS:,} facts: walk-in accounts or staff cards, compared"
            " with nobody and never written to",
            fr=f"{_spaced(row['people'])} clients ont plus de {_spaced(CROWD_FACTS)} faits : comptes de passage ou"
            " cartes du personnel, comparés à personne et à qui l’on n’écrit pas",
        ),
        count=row["people"],
        examples=tuple(row["examples"] or ()),
    )


def _rejected(session: Session) -> Problem:
    reason = "coalesce(reason_fr, reason)" if language() == "fr" else "reason"
    row = session.rows(_SQL["rejected"].replace("$reason", reason)).to_pylist()[0]
    return Problem(
        name="rejected_rows",
        sentence=Text(
            en=f"{row['rows']:,} rows were refused; mend and replay them with `regulars rejects`",
            fr=f"{_spaced(row['rows'])} lignes ont été refusées ; corrigez-les et rejouez-les avec `regulars rejects`",
        ),
        count=row["rows"],
        examples=tuple(row["examples"] or ()),
    )


def _refused(session: Session) -> Iterator[Problem]:
    """Values of each field that no rule could make standard, with examples as they were found."""
    columns = _columns(session)
    for field, what in _FIELDS.items():
        counted = session.rows(_SQL["refused"], {"pattern": f'"{field}":\\[[^\\]]*"invalid'}).to_pylist()[0]
        shown = [
            _found(json.loads(raw), columns.get(import_id, {}).get(field, ()))
            for raw, import_id in zip(counted["raws"] or (), counted["imports"] or (), strict=True)
        ]
        yield Problem(
            name=f"refused_{field}",
            sentence=Text(en=f"{counted['rows']:,} {what.en}", fr=f"{_spaced(counted['rows'])} {what.fr}"),
            count=counted["rows"],
            examples=tuple(dict.fromkeys(text for text in shown if text)),
        )


def _slips(session: Session) -> Iterator[Problem]:
    """Addresses at domains one slip away from a great provider's."""
    slips = [(row["domain"], meant, row["rows"]) for row in session.rows(_SQL["domains"]).to_pylist()
             if (meant := likely_meant("@" + row["domain"]))]  # fmt: skip
    count = sum(rows for _domain, _meant, rows in slips)
    yield Problem(
        name="misspelt_email_domains",
        sentence=Text(
            en=f"{count:,} e-mail addresses stand at a misspelt domain, it seems",
            fr=f"{_spaced(count)} adresses courriel semblent avoir un domaine mal écrit",
        ),
        count=count,
        examples=tuple(f"{domain} → {meant.removeprefix('@')}" for domain, meant, _rows in slips[:EXAMPLES]),
    )


def _one_answer(session: Session) -> Iterator[Problem]:
    """Consent columns that say the same of everybody."""
    for row in session.rows(_SQL["one_answer"]).to_pylist():
        source, channel = row["source"], row["channel"]
        yield Problem(
            name=f"consent_one_value:{source}:{channel}",
            sentence=Text(
                en=f"'{source}' says '{row['state']}' for {channel} of all its {row['answers']:,} people:"
                " is that their answer?",
                fr=f"« {source} » dit « {row['state']} » pour {channel} de toutes ses"
                f" {_spaced(row['answers'])} personnes : est-ce leur réponse ?",
            ),
            count=row["answers"],
        )


def _columns(session: Session) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
    """The columns that hold a field, by import."""
    made: dict[int, dict[str, tuple[str, ...]]] = {}
    for row in session.rows("select import_id, mapping from imports where kind = 'people'").to_pylist():
        mapping = mapping_from(json.loads(row["mapping"]), "imports")
        made[row["import_id"]] = {
            field: tuple(
                part
                for name, meaning in mapping.columns.items()
                if meaning.field == field
                for part in meaning.join or (name,)
            )
            for field in _FIELDS
        }
    return made


def _found(row: Mapping[str, str | None], columns: tuple[str, ...]) -> str:
    """The text of a field as found. A card made of an order's buyer has the field's own name for a column."""
    return " ".join(text for name in columns if (text := row.get(name)))


def _times(count: int, unit: int, settings: Settings, each_en: str, each_fr: str) -> Text:
    currency = settings.shop.currency
    price = to_units(unit, currency)
    return Text(
        en=f"{count:,} x {price} {currency} {each_en}", fr=f"{_spaced(count)} x {price} {currency} {each_fr}"
    )


def _spaced(number: float) -> str:
    """A number as French writes it: a narrow space groups thousands, a comma stands before decimals.

    >>> _spaced(12345), _spaced(2.5)
    ('12\u202f345', '2,5')
    """
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"
    return text.replace(",", "\u202f").replace(".", ",")
