"""The plan of a day: one decision a person, by simple priority, each with its reason.

A treatment is for those whom its audience holds. It is held back when no channel has both consent and a usable
address, when it was chosen for that person too recently, or when any message was. Of what is left the smallest
priority number wins, and a fixed share of those it would go to is kept aside to measure what it earns.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import CROWD_FACTS
from regulars.segment.language.operands import Operand
from regulars.segment.language.rules import Rule, compile_rule
from regulars.settings import Settings
from regulars.treat.catalogue import Treatment
from regulars.treat.holdout import held
from regulars.treat.reasons import QUARTER_US, Reasons
from regulars.words import LANGUAGES

_SQL = statements(Path(__file__).with_suffix(".sql"))
CHANNELS = ("email", "sms", "phone", "post")
_ADDRESS = {"email": "has_email", "sms": "has_mobile", "phone": "has_phone", "post": "has_address"}
#: The addresses at which a message reaches everybody who has them, whoever it is meant for.
_SHARED = {"email": "email", "sms": "phone", "phone": "phone"}


def audiences_of(
    treatments: Mapping[str, Treatment], operands: Mapping[str, Operand], *, day: int, currency: str
) -> Mapping[str, Rule]:
    """The audience of each treatment, read and checked for the day of the action: its month is `this_month`."""
    return {
        name: compile_rule(treatment.audience, operands, as_of=day, currency=currency)
        for name, treatment in treatments.items()
    }


def plan(
    session: Session,
    treatments: Mapping[str, Treatment],
    audiences: Mapping[str, Rule],
    *,
    day: int,
    salt: str,
    settings: Settings,
    previous: pa.Table,
) -> pa.Table:
    """Decide for everybody in the relation `profiles` what happens on `day`, the day after the evening of `as_of`.

    `audiences` are the treatments' rules, by name; `previous` holds past decisions (person, day, treatment, chosen);
    those of `day` itself and later do not count, so planning a day again gives the same plan.

    One row a person, in their order: person, day, treatment (null: none fits), channel (null: not chosen), chosen,
    holdout (chosen, and kept aside: nothing is sent), language, reason_en, reason_fr (dictionaries of few sentences).
    """
    ranked = sorted(treatments.values(), key=lambda one: (one.priority, one.name))
    session.table("past_decisions", previous)
    _people(session, ranked, audiences, settings)
    session.create("plan_candidates", _candidates(ranked))
    session.create("plan_past", _SQL["past"], {"day": day})
    between = settings.plan.days_between_messages
    session.create("plan_standing", _SQL["standing"], {"day": day, "days_between": between})
    outcomes = session.rows(_SQL["outcomes"]).combine_chunks()
    aside = _kept_aside(outcomes, ranked, salt, settings)
    reasons = Reasons(
        treatments=ranked,
        audiences=audiences,
        days_between_messages=between,
        time_zone=settings.shop.time_zone,
    )
    return _decisions(outcomes, aside, ranked, reasons, day)


def _people(
    session: Session, ranked: list[Treatment], audiences: Mapping[str, Rule], settings: Settings
) -> None:
    """Everybody: the language to write in, the channels that may be used, and which treatments fit, in one pass."""
    spoken = [language for language in settings.shop.languages if language in LANGUAGES] or list(LANGUAGES)
    parameters: dict[str, object] = {f"language_{place}": language for place, language in enumerate(spoken)}
    among = ", ".join(f"${name}" for name in parameters)
    columns = ["person", f"case when language in ({among}) then language else $language_0 end as language"]
    crowd = f"coalesce(facts_lifetime > {CROWD_FACTS}, false)"
    columns.append(f"{crowd} as crowd")
    for channel in CHANNELS:
        columns.append(f"{_usable(channel)} as can_{channel}")
        columns.append(f"{_consent(channel)} as consent_{channel}")
    for rank, treatment in enumerate(ranked):
        condition, values = audiences[treatment.name].named(f"t{rank}")
        parameters.update(values)
        columns.append(f"coalesce({condition}, false) and not {crowd} as fits_{rank}")
    session.create("plan_people", f"select {', '.join(columns)} from profiles", parameters)


def _usable(channel: str) -> str:
    return (
        f"coalesce(consent_{channel} = 'granted' and {_ADDRESS[channel]} and not {_refused(channel)}, false)"
    )


def _refused(channel: str) -> str:
    """Whether anybody with the same address said no to the channel: a person not yet known to be this one, perhaps."""
    address = _SHARED.get(channel)
    if address is None:
        return "false"
    return _SQL["refused"].format(address=address, channel=channel)


def _consent(channel: str) -> str:
    """The state of consent: a no with its quarter of an hour since 1970 (`withdrawn@1978541`; `denied#1978541` as
    of its import), or `shared` for the no of somebody else at the same address."""
    return _SQL["consent"].format(channel=channel, quarter_us=QUARTER_US, refused=_refused(channel))


def _candidates(ranked: list[Treatment]) -> str:
    """Each person and treatment that fits, with the first channel that may be used, or '' when none may."""
    return " union all ".join(
        _SQL["candidates"].format(
            rank=rank,
            bit=1 << rank,
            treatment=treatment.name,
            cap_days=treatment.cap_days,
            channel=_channel(treatment),
            consents=_consents(treatment),
        )
        for rank, treatment in enumerate(ranked)
    )


def _consents(treatment: Treatment) -> str:
    return " || ',' || ".join(f"consent_{channel}" for channel in treatment.channels)


def _channel(treatment: Treatment) -> str:
    return (
        "case " + " ".join(f"when can_{name} then '{name}'" for name in treatment.channels) + " else '' end"
    )


def _kept_aside(
    outcomes: pa.Table, ranked: list[Treatment], salt: str, settings: Settings
) -> npt.NDArray[np.bool_]:
    """Who of the chosen is in the control group of the treatment chosen for them."""
    persons = outcomes["person"].to_numpy()
    chosen = outcomes["chosen"].to_numpy()
    ranks = outcomes["rank"].fill_null(-1).to_numpy()
    aside = np.zeros(len(persons), dtype=np.bool_)
    for rank, treatment in enumerate(ranked):
        share = settings.plan.holdout if treatment.holdout is None else treatment.holdout
        places = np.flatnonzero(chosen & (ranks == rank))
        aside[places] = held(persons[places].tolist(), treatment.name, salt, share)
    return aside


def _decisions(
    outcomes: pa.Table, aside: npt.NDArray[np.bool_], ranked: list[Treatment], reasons: Reasons, day: int
) -> pa.Table:
    reason = outcomes["reason"].combine_chunks()
    keys = pc.if_else(
        pa.array(aside), pc.replace_substring(reason, "open|", "held|"), reason
    ).dictionary_encode()
    said = [reasons.say(key) for key in keys.dictionary.to_pylist()]
    names = pa.array([treatment.name for treatment in ranked], pa.string())
    return pa.table(
        {
            "person": outcomes["person"],
            "day": pa.array(np.full(outcomes.num_rows, day), pa.int64()),
            "treatment": names.take(outcomes["rank"].combine_chunks()),
            "channel": pc.if_else(outcomes["chosen"], outcomes["channel"], None),
            "chosen": outcomes["chosen"],
            "holdout": pa.array(aside),
            "language": outcomes["language"],
            "reason_en": pa.DictionaryArray.from_arrays(keys.indices, [text.en for text in said]),
            "reason_fr": pa.DictionaryArray.from_arrays(keys.indices, [text.fr for text in said]),
        }
    )
