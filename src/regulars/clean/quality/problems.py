"""The worst problems in a shop's data: how many, three examples, what they cost, and how that was reckoned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regulars import figures
from regulars.clean.person.emails import provider_meant
from regulars.clean.quality.sentences import SENTENCES, STATES
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
#: The fields of which values are counted that no rule could make standard.
_FIELDS = ("email", "phone", "birth_date", "postcode", "language", "loyalty_card")


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
        _slips(session),
        *_one_answer(session),
    ]
    there = [problem for problem in found if problem.count]
    return tuple(sorted(there, key=lambda problem: (-(problem.cost or 0), -problem.count, problem.name)))


def _unreachable(session: Session, settings: Settings) -> Problem:
    row = session.rows(_SQL["unreachable"]).to_pylist()[0]
    found = _problem("unreachable_customers", row["people"], row["examples"])
    each = Text(en="a customer a year", fr="par client et par an")
    return _priced(found, settings.costs.unreachable_customer, each, settings)


def _duplicate_mailings(session: Session, settings: Settings) -> Problem:
    row = session.rows(_SQL["duplicates"]).to_pylist()[0]
    found = _problem("duplicate_mailings", row["extra"], row["examples"])
    return _priced(found, settings.costs.duplicate_mailing, Text(en="a mailing", fr="par envoi"), settings)


def _no_customer(session: Session) -> Problem:
    row = session.rows(_SQL["no_customer"].replace("$nobody", str(NOBODY))).to_pylist()[0]
    share = row["nameless"] / row["lines"] if row["lines"] else 0
    said = Text(en=figures.share(share, "en"), fr=figures.share(share, "fr"))
    return _problem("lines_without_customer", row["nameless"], row["examples"], share=said)


def _crowds(session: Session) -> Problem:
    row = session.rows(_SQL["crowds"]).to_pylist()[0]
    most = Text(en=figures.count(CROWD_FACTS, "en"), fr=figures.count(CROWD_FACTS, "fr"))
    return _problem("accounts_of_many", row["people"], row["examples"], most=most)


def _rejected(session: Session) -> Problem:
    reason = "coalesce(reason_fr, reason)" if language() == "fr" else "reason"
    row = session.rows(_SQL["rejected"].replace("$reason", reason)).to_pylist()[0]
    return _problem("rejected_rows", row["rows"], row["examples"])


def _refused(session: Session) -> Iterator[Problem]:
    """Values of each field that no rule could make standard, with examples as they were found."""
    columns = _columns(session)
    for field in _FIELDS:
        counted = session.rows(_SQL["refused"], {"pattern": f'"{field}":\\[[^\\]]*"invalid'}).to_pylist()[0]
        shown = [
            _found(json.loads(raw), columns.get(import_id, {}).get(field, ()))
            for raw, import_id in zip(counted["raws"] or (), counted["imports"] or (), strict=True)
        ]
        examples = tuple(dict.fromkeys(text for text in shown if text))
        yield _problem(f"refused_{field}", counted["rows"], examples)


def _slips(session: Session) -> Problem:
    """Addresses at domains one slip away from a great provider's."""
    slips = [(row["domain"], meant, row["rows"]) for row in session.rows(_SQL["domains"]).to_pylist()
             if (meant := provider_meant(row["domain"]))]  # fmt: skip
    examples = [f"{domain} → {meant}" for domain, meant, _rows in slips[:EXAMPLES]]
    return _problem("misspelt_email_domains", sum(rows for _domain, _meant, rows in slips), examples)


def _one_answer(session: Session) -> Iterator[Problem]:
    """Consent columns that say the same of everybody."""
    for row in session.rows(_SQL["one_answer"]).to_pylist():
        source, channel = row["source"], row["channel"]
        how, state, answers = field_name(channel), STATES[row["state"]], row["answers"]
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


def _problem(name: str, count: int, examples: Sequence[str] | None, **values: Text) -> Problem:
    """A problem in its own sentence, for which no price is stated."""
    one, many = SENTENCES[name]
    return Problem(
        name=name,
        sentence=_counted(count, one, many, **values),
        count=count,
        examples=tuple(examples or ()),
    )


def _priced(problem: Problem, unit: int, each: Text, settings: Settings) -> Problem:
    """A problem with what it costs: its count times `unit`, minor units for `each`."""
    currency, count = settings.shop.currency, problem.count
    price = Text(en=figures.money(unit, currency, "en"), fr=figures.money(unit, currency, "fr"))
    how = Text(
        en=f"{figures.count(count, 'en')} × {price.en} {each.en}",
        fr=f"{figures.count(count, 'fr')} × {price.fr} {each.fr}",
    )
    return replace(problem, cost=count * unit, how=how)


def _counted(count: int, one: Text, many: Text, **values: Text) -> Text:
    """The sentence for so many in both languages; French says none as it says one."""

    def said(chosen: Language) -> str:
        """The sentence in one language, figures as that language writes them."""
        sentence = one if count == 1 or (count == 0 and chosen == "fr") else many
        filled = {name: value.in_language(chosen) for name, value in values.items()}
        return sentence.in_language(chosen).format(count=figures.count(count, chosen), **filled)

    return Text(en=said("en"), fr=said("fr"))
