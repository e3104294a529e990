"""The worst problems in a shop's data: how many, three examples, what they cost, and how that was reckoned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regulars import figures
from regulars.clean.person.emails import likely_meant
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.field_names import field_name
from regulars.model.mapping import mapping_from
from regulars.model.person import CROWD_FACTS, nobody_sql
from regulars.settings import Settings
from regulars.store.tables import NOBODY
from regulars.words import Language, Text, language

EXAMPLES = 3
_NAME = "coalesce(r.full_name, concat_ws(' ', r.given_name, r.family_name))"
_SQL = statements(Path(__file__).with_suffix(".sql"))
#: What is wrong with values of a field that no rule could make standard: of one, of many.
_FIELDS: Mapping[str, tuple[Text, Text]] = {
    "email": (
        Text(
            en="{count} e-mail address that cannot be written to",
            fr="{count} adresse courriel à laquelle on ne peut pas écrire",
        ),
        Text(
            en="{count} e-mail addresses that cannot be written to",
            fr="{count} adresses courriel auxquelles on ne peut pas écrire",
        ),
    ),
    "phone": (
        Text(
            en="{count} telephone number that is none", fr="{count} numéro de téléphone qui n’en est pas un"
        ),
        Text(
            en="{count} telephone numbers that are none", fr="{count} numéros de téléphone qui n’en sont pas"
        ),
    ),
    "birth_date": (
        Text(en="{count} birth date on which nobody was born", fr="{count} date de naissance impossible"),
        Text(en="{count} birth dates on which nobody was born", fr="{count} dates de naissance impossibles"),
    ),
    "postcode": (
        Text(en="{count} postal code that only fills the field", fr="{count} code postal de remplissage"),
        Text(en="{count} postal codes that only fill the field", fr="{count} codes postaux de remplissage"),
    ),
    "language": (
        Text(en="{count} language that is no language", fr="{count} langue qui n’en est pas une"),
        Text(en="{count} languages that are no languages", fr="{count} langues qui n’en sont pas"),
    ),
    "loyalty_card": (
        Text(
            en="{count} card number that names nobody", fr="{count} numéro de carte qui ne désigne personne"
        ),
        Text(
            en="{count} card numbers that name nobody",
            fr="{count} numéros de carte qui ne désignent personne",
        ),
    ),
}


_STATES: Mapping[str, Text] = {
    "granted": Text(en="yes", fr="oui"),
    "denied": Text(en="no", fr="non"),
    "withdrawn": Text(en="withdrawn", fr="retiré"),
    "unknown": Text(en="not known", fr="inconnu"),
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
    session.create("quality_people", _SQL["people"].format(nobody=nobody_sql(_NAME)))
    session.create("quality_crowd", _SQL["crowd"].format(crowd=CROWD_FACTS))
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
        sentence=_counted(
            count,
            Text(
                en="{count} customer has no e-mail, telephone or address that can be used",
                fr="{count} client n’a ni courriel, ni téléphone, ni adresse utilisables",
            ),
            Text(
                en="{count} customers have no e-mail, telephone or address that can be used",
                fr="{count} clients n’ont ni courriel, ni téléphone, ni adresse utilisables",
            ),
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
        sentence=_counted(
            count,
            Text(
                en="{count} record would get a second copy of a letter that the same person gets already",
                fr="{count} fiche recevrait une deuxième copie d’une lettre que la même personne reçoit déjà",
            ),
            Text(
                en="{count} records would get a second copy of a letter that the same person gets already",
                fr="{count} fiches recevraient une deuxième copie d’une lettre que la même personne reçoit déjà",
            ),
        ),
        count=count,
        examples=tuple(row["examples"] or ()),
        cost=count * unit,
        how=_times(count, unit, settings, "a mailing", "par envoi"),
    )


def _no_customer(session: Session) -> Problem:
    row = session.rows(_SQL["no_customer"].replace("$nobody", str(NOBODY))).to_pylist()[0]
    share = row["nameless"] / row["lines"] if row["lines"] else 0
    return Problem(
        name="lines_without_customer",
        sentence=_counted(
            row["nameless"],
            Text(
                en="{count} order line ({share}) names no customer: nothing can be learned from it",
                fr="{count} ligne de commande ({share}) ne nomme aucun client\u00a0: rien ne peut en être appris",
            ),
            Text(
                en="{count} order lines ({share}) name no customer: nothing can be learned from them",
                fr="{count} lignes de commande ({share}) ne nomment aucun client\u00a0: rien ne peut en être appris",
            ),
            share=Text(en=figures.share(share, "en"), fr=figures.share(share, "fr")),
        ),
        count=row["nameless"],
        examples=tuple(row["examples"] or ()),
    )


def _crowds(session: Session) -> Problem:
    row = session.rows(_SQL["crowds"]).to_pylist()[0]
    return Problem(
        name="accounts_of_many",
        sentence=_counted(
            row["people"],
            Text(
                en="{count} customer has over {most} facts: a walk-in account or a staff card, compared with nobody"
                " and never written to",
                fr="{count} client a plus de {most} faits\u00a0: un compte de passage ou une carte du personnel,"
                " comparé à personne et à qui l’on n’écrit pas",
            ),
            Text(
                en="{count} customers have over {most} facts: walk-in accounts or staff cards, compared with nobody"
                " and never written to",
                fr="{count} clients ont plus de {most} faits\u00a0: comptes de passage ou cartes du personnel,"
                " comparés à personne et à qui l’on n’écrit pas",
            ),
            most=Text(en=figures.count(CROWD_FACTS, "en"), fr=figures.count(CROWD_FACTS, "fr")),
        ),
        count=row["people"],
        examples=tuple(row["examples"] or ()),
    )


def _rejected(session: Session) -> Problem:
    reason = "coalesce(reason_fr, reason)" if language() == "fr" else "reason"
    row = session.rows(_SQL["rejected"].replace("$reason", reason)).to_pylist()[0]
    return Problem(
        name="rejected_rows",
        sentence=_counted(
            row["rows"],
            Text(
                en="{count} row was refused; mend and replay it with `regulars rejects`",
                fr="{count} ligne a été refusée; corrigez-la et rejouez-la avec `regulars rejects`",
            ),
            Text(
                en="{count} rows were refused; mend and replay them with `regulars rejects`",
                fr="{count} lignes ont été refusées; corrigez-les et rejouez-les avec `regulars rejects`",
            ),
        ),
        count=row["rows"],
        examples=tuple(row["examples"] or ()),
    )


def _refused(session: Session) -> Iterator[Problem]:
    """Values of each field that no rule could make standard, with examples as they were found."""
    columns = _columns(session)
    for field, (one, many) in _FIELDS.items():
        counted = session.rows(_SQL["refused"], {"pattern": f'"{field}":\\[[^\\]]*"invalid'}).to_pylist()[0]
        shown = [
            _found(json.loads(raw), columns.get(import_id, {}).get(field, ()))
            for raw, import_id in zip(counted["raws"] or (), counted["imports"] or (), strict=True)
        ]
        yield Problem(
            name=f"refused_{field}",
            sentence=_counted(counted["rows"], one, many),
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
        sentence=_counted(
            count,
            Text(
                en="{count} e-mail address stands at a misspelt domain, it seems",
                fr="{count} adresse courriel semble avoir un domaine mal écrit",
            ),
            Text(
                en="{count} e-mail addresses stand at a misspelt domain, it seems",
                fr="{count} adresses courriel semblent avoir un domaine mal écrit",
            ),
        ),
        count=count,
        examples=tuple(f"{domain} → {meant.removeprefix('@')}" for domain, meant, _rows in slips[:EXAMPLES]),
    )


def _one_answer(session: Session) -> Iterator[Problem]:
    """Consent columns that say the same of everybody."""
    for row in session.rows(_SQL["one_answer"]).to_pylist():
        source, channel = row["source"], row["channel"]
        how, state, answers = field_name(channel), _STATES[row["state"]], row["answers"]
        yield Problem(
            name=f"consent_one_value:{source}:{channel}",
            sentence=Text(
                en=f"'{source}' says “{state.en}” ({how.en}) of all its {figures.count(answers, 'en')} people:"
                " is that their answer?",
                fr=f"«\u00a0{source}\u00a0» dit «\u00a0{state.fr}\u00a0» ({how.fr}) de toutes ses"
                f" {figures.count(answers, 'fr')} personnes\u00a0: est-ce leur réponse?",
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
    price = Text(en=figures.money(unit, currency, "en"), fr=figures.money(unit, currency, "fr"))
    return Text(
        en=f"{figures.count(count, 'en')} × {price.en} {each_en}",
        fr=f"{figures.count(count, 'fr')} × {price.fr} {each_fr}",
    )


def _counted(count: int, one: Text, many: Text, **values: Text) -> Text:
    """The sentence for so many in both languages; French says none as it says one."""

    def said(chosen: Language) -> str:
        sentence = one if count == 1 or (count == 0 and chosen == "fr") else many
        filled = {name: value.in_language(chosen) for name, value in values.items()}
        return sentence.in_language(chosen).format(count=figures.count(count, chosen), **filled)

    return Text(en=said("en"), fr=said("fr"))
