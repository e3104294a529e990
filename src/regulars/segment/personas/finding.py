"""Finding the personas of a shop day: the relations `personas` and `persona_cards`, and what is said of them.

personas        person, persona: which kind each buyer is
persona_typical person, persona, place: five people nearest to the middle of each
persona_cards   one row a persona: its names, how many, and what is usual among them
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from regulars import figures
from regulars.engine import Session
from regulars.model.report import Backtest, ModelReport
from regulars.segment.personas import grouping
from regulars.segment.personas.naming import names
from regulars.segment.personas.traits import Buyers, buyers
from regulars.words import Text

NEEDED = 300  #: buyers
_TRAITS_NEEDED = 2
_TYPICAL = 5
_NAME = "persona_{number}"
_TITLE = Text(en="Kinds of customers, by how they buy", fr="Genres de clients, d’après leurs achats")
_COUNTED = Text(en="customers who bought", fr="clients qui ont acheté")
_RULE = Text(
    en="groups drawn at random agree by nothing", fr="des groupes tirés au sort ne s’accordent en rien"
)
_CARDS = pa.schema([
    ("persona", pa.string()), ("title_en", pa.string()), ("title_fr", pa.string()), ("people", pa.int64()),
    ("share", pa.float64()), ("orders", pa.float64()), ("days_since_last_order", pa.float64()),
    ("average_basket", pa.int64()),
])  # fmt: skip
RESULTS = {
    "personas": "select * from personas order by person",
    "persona_typical": "select * from persona_typical order by persona, place",
    "persona_cards": "select * from persona_cards order by people desc, persona",
}

Parameters = Mapping[str, float]
Labels = npt.NDArray[np.int64]


def find(session: Session, as_of: int, before: Parameters) -> ModelReport:
    """Find the personas. `before` are the parameters of the newest earlier run, {} without one."""
    known = buyers(session, _frozen(before))
    if len(known.person) < NEEDED or len(known.traits) < _TRAITS_NEEDED:
        _keep(session, known, np.zeros(0, np.int64), [], [], np.zeros((0, len(known.traits))))
        return _too_few(as_of, known)
    ids, middles = _earlier(known, before)
    found = grouping.going_on(known.points, known.person, middles) if middles is not None else None
    if found is None:
        found = grouping.group(known.points, known.person)
    numbers = _numbered(found.middles, ids, middles)
    kind = grouping.nearest(known.points, found.middles)
    titles = names(known.traits, found.middles)
    _keep(session, known, kind, numbers, titles, found.middles)
    return _report(as_of, known, found, numbers)


def _frozen(before: Parameters) -> dict[str, tuple[float, float]]:
    """The mean and the scale of each trait in the earlier run: what is far stays far from week to week."""
    names_of = [name.partition(".")[2] for name in before if name.startswith("mean.")]
    return {name: (before[f"mean.{name}"], before[f"scale.{name}"]) for name in names_of}


def _earlier(known: Buyers, before: Parameters) -> tuple[list[int], npt.NDArray[np.float64] | None]:
    """The numbers of the earlier personas and their middles; no middles when other traits made them."""
    ids = sorted({int(one) for one in (name.partition(".")[0] for name in before) if one.isdigit()})
    columns = [trait.name for trait in known.traits]
    if not ids or {name.partition(".")[2] for name in before} != set(columns):
        return ids, None
    raw = np.array([[before[f"{one}.{name}"] for name in columns] for one in ids])
    return ids, (raw - known.mean) / known.scale


def _numbered(
    middles: npt.NDArray[np.float64], ids: Sequence[int], earlier: npt.NDArray[np.float64] | None
) -> list[int]:
    """The number of each persona: that of the earlier one it goes on from, else one that nobody ever had."""
    going_on = grouping.matched(middles, earlier) if earlier is not None else [None] * len(middles)
    new = iter(range(max(ids, default=0) + 1, max(ids, default=0) + len(middles) + 1))
    return [ids[was] if was is not None else next(new) for was in going_on]


def _keep(
    session: Session,
    known: Buyers,
    kind: Labels,
    numbers: Sequence[int],
    titles: Sequence[Text],
    middles: npt.NDArray[np.float64],
) -> None:
    named = np.array([_NAME.format(number=number) for number in numbers], dtype=object)
    person = known.person if len(kind) else known.person[:0]
    session.table(
        "personas",
        pa.table({"person": person, "persona": pa.array(named[kind] if len(kind) else [], pa.string())}),
    )
    typical = [
        (place, at) for at in range(len(numbers)) for place in _nearest_people(known, kind, middles, at)
    ]
    session.table(
        "persona_typical",
        pa.table(
            {
                "person": pa.array([int(known.person[place]) for place, _at in typical], pa.int64()),
                "persona": pa.array([named[at] for _place, at in typical], pa.string()),
                "place": pa.array([1 + n % _TYPICAL for n in range(len(typical))], pa.int64()),
            }
        ),
    )
    rows = [_card(known, kind == at, named[at], title) for at, title in enumerate(titles)]
    session.table("persona_cards", pa.Table.from_pylist(rows, _CARDS))


def _nearest_people(known: Buyers, kind: Labels, middles: npt.NDArray[np.float64], at: int) -> list[int]:
    """The places of the five people nearest to a middle; of those as near, the ones known longest."""
    own = np.flatnonzero(kind == at)
    far = ((known.points[own] - middles[at]) ** 2).sum(axis=1)
    nearest = own[np.lexsort((known.person[own], np.round(far, 9)))][:_TYPICAL]
    return [int(place) for place in nearest]


def _card(known: Buyers, own: npt.NDArray[np.bool_], name: str, title: Text) -> dict[str, object]:
    return {
        "persona": name,
        "title_en": title.en,
        "title_fr": title.fr,
        "people": int(own.sum()),
        "share": float(own.mean()),
        "orders": _usual(known.orders[own]),
        "days_since_last_order": _usual(known.days_since[own]),
        "average_basket": round(_usual(known.basket[own])),
    }


def _usual(values: npt.NDArray[np.float64]) -> float:
    """The median of what is known."""
    some = values[np.isfinite(values)]
    return float(np.median(some)) if len(some) else 0.0


def _report(as_of: int, known: Buyers, found: grouping.Grouping, numbers: Sequence[int]) -> ModelReport:
    agreement = float(np.mean(found.agreement))
    low, high = np.quantile(found.agreement, (0.025, 0.975))
    raw = found.middles * known.scale + known.mean
    return ModelReport(
        name="personas",
        title=_TITLE,
        as_of=as_of,
        n=len(known.person),
        counted=_COUNTED,
        unit="people",
        enough_data=True,
        speaks=True,
        why=Text(
            en=f"Made of other draws of the same customers, these {len(numbers)} kinds come out alike: agreement"
            f" {figures.decimal(agreement, 2, 'en')} of 1.",
            fr=f"Refaits sur d’autres tirages des mêmes clients, ces {len(numbers)} genres reviennent pareils : accord"
            f" de {figures.decimal(agreement, 2, 'fr')} sur 1.",
        ),
        parameters={
            f"{of}.{trait.name}": float(value)
            for of, values in (("mean", known.mean), ("scale", known.scale), *zip(numbers, raw, strict=True))
            for trait, value in zip(known.traits, values, strict=True)
        },
        backtest=Backtest(
            measure="adjusted_rand_index",
            ours=agreement,
            naive=0.0,
            naive_rule=_RULE,
            higher_is_better=True,
            n=len(known.person),
            gain_low=float(low),
            gain_high=float(high),
        ),
        figures={f"agreement_of_{number}": value for number, value in found.by_number.items()},
    )


def _too_few(as_of: int, known: Buyers) -> ModelReport:
    bought = len(known.person)
    why = Text(
        en=f"Personas take {figures.count(NEEDED, 'en')} customers who bought; the shop has"
        f" {figures.count(bought, 'en')}.",
        fr=f"Les personas demandent {figures.count(NEEDED, 'fr')} clients qui ont acheté; la boutique en a"
        f" {figures.count(bought, 'fr')}.",
    )
    if bought >= NEEDED:
        why = Text(
            en="All customers buy alike: nothing tells kinds of them apart.",
            fr="Tous les clients achètent de la même façon : rien ne les sépare en genres.",
        )
    return ModelReport(
        name="personas", title=_TITLE, as_of=as_of, n=bought, counted=_COUNTED, unit="people", enough_data=False,
        speaks=False, why=why,
    )  # fmt: skip
