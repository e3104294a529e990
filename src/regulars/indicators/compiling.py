"""The catalogue becomes statements: one over each relation of facts, one for each favourite, then their join."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from regulars.engine.statements import statements
from regulars.indicators.indicator import ASPECTS, RELATIONS, Indicator

_SQL = statements(Path(__file__).with_name("facts.sql"))
#: Of what a favourite may be: what is counted of it, which rows count, and when it was last, as a number below the one
#: beside it: the minute since 1970, or the day where the counts are millionths, which leave no room for minutes.
_FAVOURITE_OF = {
    "orders": ("count(*)", "", "max(sold_at_us // 60000000)", 100_000_000),
    "lines": (
        "count(*)",
        " and not is_return and line_kind = 'goods'",
        "max(sold_at_us // 60000000)",
        100_000_000,
    ),
    "lately": ("cast(sum(weight) as bigint)", "", "max(day)", 100_000),
    "clicks": ("count(*)", "", "max(at_us // 60000000)", 100_000_000),
}
#: How many orders of the shop's own profile everybody is lent before a habit is believed.
LENT_ORDERS = 5


def relations_of(catalogue: Iterable[Indicator]) -> set[str]:
    """The relations of facts that these indicators are counted over."""
    habits = {one.value.partition(".")[0] for one in catalogue if one.over in ("favourite", "confidence")}
    return habits | {one.over for one in catalogue if one.over in RELATIONS}


def own_statements(catalogue: Iterable[Indicator]) -> list[tuple[str, str]]:
    """The statements that make `own`, with a name each, in order; `own` is the last."""
    catalogue = list(catalogue)
    aggregates: dict[str, list[str]] = {}
    favourites: list[str] = []
    columns = ["p.person"]
    for one in catalogue:
        if one.over in RELATIONS:
            aggregates.setdefault(one.over, []).append(f"{one.value} as {one.name}")
            columns.append(_joined(f"of_{one.over}.{one.name}", one))
        elif one.over == "favourite":
            of, aspect = _parts(one.value)
            favourites.append(of)
            columns.append(_joined(f"{_name(of)}.{aspect}", one))
        elif one.over == "confidence":
            favourites.append(one.value)
    made = [
        (f"of_{over}", f"select person, {', '.join(values)} from {over} group by person")
        for over, values in aggregates.items()
    ]
    made += [(_name(of), _favourite(of)) for of in dict.fromkeys(favourites)]
    joins = [f"left join {name} on {name}.person = p.person" for name, _ in made]
    own = f"select {', '.join(columns)} from persons as p {' '.join(joins)}"
    made.append(("own", _layered(own, [one for one in catalogue if one.over == "indicators"])))
    return made


def relative_statement(catalogue: Iterable[Indicator]) -> str:
    """The statement that adds what compares people, from `own`, the one row of `norms`, and `shares`."""
    catalogue = list(catalogue)
    columns, joins = ["p.*"], ["own as p"]
    for one in catalogue:
        if one.over == "confidence":
            name = _name(one.value)
            joins.append(f"left join {name} on {name}.person = p.person")
            joins.append(
                f"left join shares as shop_{name} on shop_{name}.name = concat('{share_name(one.value)}=',"
                f" cast({name}.favourite as varchar))"
            )
            columns.append(
                f"({name}.times + {LENT_ORDERS} * coalesce(shop_{name}.share, 0.0)) / ({name}.total + {LENT_ORDERS})"
                f" as {one.name}"
            )
    inner = f"select {', '.join(columns)} from {' '.join(joins)}"
    return _layered(inner, [one for one in catalogue if one.over == "norms"], "cross join norms")


def derived_statement(rows: str, catalogue: Iterable[Indicator]) -> str:
    """The statement that adds to `rows` the indicators that are made of others; the one row of `norms` is read."""
    catalogue = list(catalogue)
    own = _layered(rows, [one for one in catalogue if one.over == "indicators"])
    return _layered(own, [one for one in catalogue if one.over == "norms"], "cross join norms")


def share_name(of: str) -> str:
    """What the norms that tell the shop's shares of a column begin with: `share_of_hour`."""
    return f"share_of_{of.partition('.')[2]}"


def _name(of: str) -> str:
    """The relation of a favourite."""
    return f"of_{of.replace('.', '_')}"


def _parts(value: str) -> tuple[str, str]:
    """`orders.weekday times` is of `orders.weekday`, the aspect `times`."""
    of, _, aspect = value.partition(" ")
    return of, aspect or ASPECTS[0]


def _favourite(of: str) -> str:
    relation, column = of.split(".")
    amount, only, latest, above = _FAVOURITE_OF[relation]
    return _SQL["favourite"].format(
        relation=relation, column=column, amount=amount, only=only, latest=latest, above=above
    )


def _joined(found: str, one: Indicator) -> str:
    return (
        f"{found} as {one.name}"
        if one.missing == "null"
        else f"coalesce({found}, {one.missing}) as {one.name}"
    )


def _layered(inner: str, derived: list[Indicator], join: str = "") -> str:
    """Wrap a select in one layer after another, so that an indicator may use those of the layers below."""
    waiting = list(derived)
    while waiting:
        names = {one.name for one in waiting}
        ready = [one for one in waiting if not names & set(re.findall(r"\w+", one.value)) - {one.name}]
        added = ", ".join(f"{one.value} as {one.name}" for one in ready)
        inner = f"select own.*, {added} from ({inner}) as own {join}"
        waiting = [one for one in waiting if one not in ready]
    return inner
