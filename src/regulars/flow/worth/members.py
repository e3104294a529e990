"""Members: how many of a segment would be others, were an indicator or a field shuffled among people.

Asked on an earlier evening, by what was known then: the rule stays, and so does all else that is known of people. A
rule that names an indicator may hang on it for everybody, or for nobody; only this tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.special import stdtrit

from regulars.engine import Session
from regulars.flow import Ground
from regulars.flow.chain.profiling import lay_out_profiles
from regulars.flow.worth.uses import PROFILE
from regulars.indicators import INDICATORS
from regulars.indicators.compiling import derived_statement
from regulars.indicators.feeds import fields_of
from regulars.model.person import CROWD_FACTS
from regulars.segment.language import operands, rules
from regulars.segment.language.rules import Rule
from regulars.segment.ready import ready_segments

_SEED = 50_021
#: How often a group of columns is shuffled.
SHUFFLES = 4
_SURE = 1.96
_FORETOLD = pa.schema([("person", pa.int64())] + [
    (one.name, pa.float64() if one.type == "DOUBLE" else pa.int64()) for one in operands.FORETOLD
])  # fmt: skip
_SAID = pa.schema(
    [("person", pa.int64()), ("sentiment", pa.string()), ("complaints_365d", pa.int64()),
     ("praises_365d", pa.int64()), ("last_complaint_day", pa.int64())]
)  # fmt: skip
_PERSONAS = pa.schema([("person", pa.int64()), ("persona", pa.string())])
_DERIVED = {name: one for name, one in INDICATORS.items() if one.over in ("indicators", "norms")}
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decides:
    """What an indicator or a field decides of who is in a segment."""

    segment: str
    members: int  #: of the segment, of the people looked at
    what: str  #: "indicator", or "field"
    name: str
    columns: str  #: what was shuffled together, separated by blanks
    #: Of those who are in the segment before or after the shuffle, the share that is not in it both times: the mean of
    #: all shuffles, 0..1.
    changed: float
    low: float  #: 95 % interval
    high: float


@dataclass(frozen=True, slots=True)
class Then:
    """What the rules of ready segments ask of people on an evening, and what that is counted from."""

    people: pa.Table  #: one row a person
    norms: pa.Table  #: the shop's own of that evening, one row


def known_then(session: Session, ground: Ground, evening: int) -> Then:
    """What is asked of people on an evening of which `indicators` and `norms` are.

    What models foretell, what people said and their personas are not made anew: rules that read them hold nobody.
    """
    for name, schema in (("predictions", _FORETOLD), ("voice_people", _SAID), ("personas", _PERSONAS)):
        session.table(name, schema.empty_table())
    lay_out_profiles(session, ground, evening)
    read = ", ".join(sorted(_read({name for one in _rules(ground, evening).values() for name in one.names})))
    return Then(
        session.rows(
            f"select person, {read} from profiles where facts_lifetime between 1 and {CROWD_FACTS} order by person"
        ),
        session.rows("select * from norms"),
    )


def decided(ground: Ground, then: Then, evening: int, fields: Iterable[str]) -> list[Decides]:
    """What each indicator and all that each field feeds decide of the ready segments.

    What is counted from an indicator, such as the stage from the days since the last order, is counted anew.
    """
    told = _rules(ground, evening)
    columns = [name for name in then.people.column_names if name != "person"]
    groups = {("indicator", name): [name] for name in columns if name in INDICATORS}
    groups |= {("field", key): _fed_by(key, columns) for key in fields}
    found: list[Decides] = []
    with ground.engine.session() as session:
        session.table("norms", then.norms)
        before = _flags(session, then.people, (), told)
        made: dict[tuple[str, ...], list[Mapping[str, Flags]]] = {}
        for (what, name), group in groups.items():
            asked = {segment: one for segment, one in told.items() if _read(one.names) & set(group)}
            if tuple(group) not in made:
                mixed = _shuffled(then.people, group, asked)
                made[tuple(group)] = [_flags(session, one, group, asked) for one in mixed]
            found += [
                _decides(
                    segment, before[segment], [one[segment] for one in made[tuple(group)]], what, name, group
                )
                for segment in asked
                if before[segment].any()
            ]
    return found


def _decides(
    segment: str, before: Flags, after: Sequence[Flags], what: str, name: str, group: Sequence[str]
) -> Decides:
    changed, low, high = _changed(before, after)
    return Decides(
        segment=segment, members=int(before.sum()), what=what, name=name, columns=" ".join(group), changed=changed,
        low=low, high=high,
    )  # fmt: skip


def _rules(ground: Ground, evening: int) -> Mapping[str, Rule]:
    """The rules of the ready segments that ask nothing but columns."""
    known, currency = operands.catalogue(), ground.settings.shop.currency
    read = {
        name: rules.compile_rule(one.rule, known, as_of=evening, currency=currency)
        for name, one in ready_segments().items()
    }
    return {name: one for name, one in read.items() if not one.events}


def _read(names: Iterable[str]) -> set[str]:
    """Columns, and those that they are counted from."""
    read = set(names)
    for name in names:
        if name in _DERIVED:
            parts = set(re.findall(r"\w+", _DERIVED[name].value)) & set(INDICATORS) - {name}
            read |= _read(parts)
    return read


def _fed_by(key: str, columns: Sequence[str]) -> list[str]:
    """The columns that are made of a field, not by way of others."""
    return [
        name
        for name in columns
        if name not in _DERIVED and key in (fields_of(name) if name in INDICATORS else PROFILE.get(name, ()))
    ]


def _flags(
    session: Session, people: pa.Table, group: Sequence[str], told: Mapping[str, Rule]
) -> Mapping[str, Flags]:
    """Of each segment, which of these people are in it; what is not of the group is counted anew from it."""
    anew = [name for name in people.column_names if name in _DERIVED and name not in group]
    session.table("people_then", people.drop_columns(anew))
    rows = derived_statement("select * from people_then", [_DERIVED[name] for name in anew])
    flags, parameters = rules.held(told)
    said = session.rows(f"select {flags} from ({rows}) as known order by person", parameters)
    return {name: np.asarray(said.column(name).to_numpy(), dtype=bool) for name in told}


def _shuffled(people: pa.Table, group: Sequence[str], asked: Mapping[str, Rule]) -> Iterator[pa.Table]:
    """The same people, to each of whom these columns say what they say of somebody."""
    for shuffle in range(SHUFFLES if asked else 0):
        order = np.random.default_rng((_SEED, shuffle)).permutation(people.num_rows)
        mixed = people
        for name in group:
            mixed = mixed.set_column(people.column_names.index(name), name, people.column(name).take(order))
        yield mixed


def _changed(before: Flags, after: Sequence[Flags]) -> tuple[float, float, float]:
    """The share that changed, and its 95 % interval: the chance of the people, and that of so few shuffles.

    Of the people: the ratio of two means, by its linear part (Cochran, Sampling Techniques, 6.4). Of the shuffles: the
    variance of the mean of so few, by Student's t.

    >>> _changed(np.array([True, True, False]), [np.array([True, True, False])] * 2)
    (0.0, 0.0, 0.0)
    """
    differ = np.array([before != one for one in after], dtype=float)
    either = np.array([before | one for one in after], dtype=float)
    each = differ.sum(axis=1) / either.sum(axis=1)
    changed = float(differ.sum() / either.sum())
    pulls = (differ.mean(axis=0) - changed * either.mean(axis=0)) / either.mean()
    of_people = float(pulls.var()) / len(pulls)
    of_shuffles = float(each.var(ddof=1)) / len(each) * float(stdtrit(len(each) - 1, 0.975)) ** 2
    half = float(np.sqrt(_SURE**2 * of_people + of_shuffles))
    return changed, max(changed - half, 0.0), min(changed + half, 1.0)
