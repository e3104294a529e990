"""The two lists of everybody, by the rules that did best in the shop's own replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from regulars.engine import Session
from regulars.model.report import ModelReport
from regulars.predict.products.again import fill
from regulars.predict.products.history import History, Ints, read_goods, read_history
from regulars.predict.products.replay import LISTED, again_list, new_list
from regulars.predict.products.shelf import on_the_shelf, stock_unknown
from regulars.predict.products.trial import Trial, try_again, try_new
from regulars.predict.products.unknown import Likeness, lately, likeness
from regulars.words import Text

#: Who bought nothing for so long gets no list.
ACTIVE_DAYS = 730
_AT_ONCE = 20_000
_REASONS_FROM = 20  #: of what somebody bought, so many articles may be the reason of another
_WORD = pa.dictionary(pa.int8(), pa.string())
#: Of a million people there are twenty million rows: numbers are no wider than they must be.
_SCHEMA = pa.schema(
    [
        ("person", pa.int64()),
        ("list", _WORD),  # again, new
        ("rank", pa.int8()),  # from 1
        ("item", pa.int32()),
        ("why", _WORD),  # habit, once, popular, together, taste
        ("times", pa.int32()),  # receipts of theirs with it
        ("last_day", pa.int32()),  # when they bought it last
        ("between_days", pa.int32()),  # mean days between their receipts with it
        ("because", pa.int32()),  # what of theirs is bought by the same people
    ]
)
_LISTS = ("again", "new")
_WHYS = ("habit", "once", "popular", "together", "taste")
_HABIT, _ONCE, _POPULAR, _TOGETHER, _TASTE = range(len(_WHYS))


def predict(session: Session, as_of: int, currency: str) -> Sequence[ModelReport]:
    """Make `recommended`, `numbered_articles` and `articles`, which `RESULTS` are made of; say how good they are."""
    history = read_history(session)
    goods = read_goods(session, as_of=as_of, currency=currency)
    session.drop("bought_articles")
    shelf = on_the_shelf(goods)
    again, new = try_again(history, as_of), try_new(history, as_of)
    people = np.flatnonzero(history.last_day > as_of - ACTIVE_DAYS)
    tables = [_SCHEMA.empty_table()]
    if len(people):
        tables += _again(history, again, people, shelf)
        tables += _new(history, new, people, shelf) if new.report.enough_data else []
    session.table("recommended", pa.concat_tables(tables))
    session.table("articles", goods.append_column("offered", pa.array(shelf > 0)))
    unknown = stock_unknown(session)
    return [_also(report, unknown) if unknown else report for report in (again.report, new.report)]


def _also(report: ModelReport, said: Text) -> ModelReport:
    why = Text(en=f"{report.why.en} {said.en}", fr=f"{report.why.fr} {said.fr}")
    return replace(report, why=why)


def _again(history: History, trial: Trial, people: Ints, shelf: np.ndarray) -> list[pa.Table]:
    score = trial.rule(history)
    filling = fill(history, LISTED * 2) if trial.report.enough_data else np.zeros(history.items)
    pairs, tables = history.pairs, []
    for at in range(0, len(people), _AT_ONCE):
        some = people[at : at + _AT_ONCE]
        row, rank, item = _listed(again_list(history, score, some, filling * shelf, shelf))
        found = np.searchsorted(pairs.key, history.key(some[row], item)).clip(max=len(pairs.key) - 1)
        own = pairs.key[found] == history.key(some[row], item)
        times = np.where(own, pairs.times[found], 0)
        between = np.rint((pairs.last_day[found] - pairs.first_day[found]) / np.maximum(times - 1, 1))
        why = np.where(times > 1, _HABIT, np.where(times == 1, _ONCE, _POPULAR))
        tables.append(
            _table(
                history.ids[some[row]], "again", rank, item, why, times,
                _where(own, pairs.last_day[found]), _where(times > 1, between), _none(len(row)),
            )
        )  # fmt: skip
    return tables


def _new(history: History, trial: Trial, people: Ints, shelf: np.ndarray) -> list[pa.Table]:
    score, alike, own = trial.rule(history), likeness(history), lately(history)
    tables = []
    for at in range(0, len(people), _AT_ONCE):
        some = people[at : at + _AT_ONCE]
        row, rank, item = _listed(new_list(history, score, some, shelf))
        because = _because(alike, own[some], row, item) if trial.by_likeness else np.full(len(row), -1)
        why = np.where(because >= 0, _TOGETHER, _TASTE if trial.by_likeness else _POPULAR)
        nothing = _none(len(row))
        tables.append(
            _table(
                history.ids[some[row]], "new", rank, item, why, np.zeros(len(row)), nothing, nothing,
                _where(because >= 0, because),
            )
        )  # fmt: skip
    return tables


def _because(alike: Likeness, own: object, row: Ints, item: Ints) -> Ints:
    """Which of somebody's own articles is most like each listed one; -1 when none is."""
    from scipy import sparse

    assert isinstance(own, sparse.csr_matrix)
    place = np.full(own.shape[1], -1)
    place[alike.chosen] = np.arange(len(alike.chosen))
    wide = np.minimum(np.diff(own.indptr), _REASONS_FROM)
    first = np.repeat(own.indptr[:-1][row], wide[row])
    listed = np.repeat(np.arange(len(row)), wide[row])
    step = np.arange(len(listed)) - np.repeat(np.cumsum(wide[row]) - wide[row], wide[row])
    mine = own.indices[first + step].astype(np.int64)
    a, b = place[mine], place[item[listed]]
    known = (a >= 0) & (b >= 0)
    value = np.zeros(len(listed))
    value[known] = np.asarray(alike.cosine[a[known], b[known]]).ravel()
    order = np.lexsort((mine, -value, listed))
    best = order[np.flatnonzero(np.diff(listed[order], prepend=-1))]
    because = np.full(len(row), -1)
    best = best[value[best] > 0]
    because[listed[best]] = mine[best]
    return because


def _listed(top: Ints) -> tuple[Ints, Ints, Ints]:
    """Row, rank from 1, and article of all that is listed."""
    row, place = np.nonzero(top >= 0)
    return row, place + 1, top[row, place]


def _table(
    person: Ints, name: str, rank: Ints, item: Ints, why: Ints, times: np.ndarray, *rest: pa.Array
) -> pa.Table:
    columns = [
        pa.array(person), _words(np.full(len(person), _LISTS.index(name)), _LISTS), pa.array(rank), pa.array(item),
        _words(why, _WHYS), pa.array(times.astype(np.int64)), *rest,
    ]  # fmt: skip
    return pa.Table.from_arrays(
        [one.cast(field.type) for one, field in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA
    )


def _words(number: Ints, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(number.astype(np.int8)), pa.array(words, pa.string()))


def _where(there: np.ndarray, value: np.ndarray) -> pa.Array:
    return pa.array(value.astype(np.int64), mask=~there)


def _none(rows: int) -> pa.Array:
    return pa.nulls(rows, pa.int64())
