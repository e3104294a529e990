"""What to sell: what is named in small made-up shops, and what is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from bench.smart.assortment import dealt, described, lay_out, opened

from regulars.engine import Session
from regulars.measure.assortment.results import describe

#: person, receipt, day, article; a receipt below 0 brings the article back.
Line = tuple[int | None, int, int, str]
LAST = 20_000


def lines(sold: Sequence[Line], store: Mapping[int, str] | None = None) -> pa.Table:
    """The lines of a shop, as a build lays them out."""
    rows = [
        {
            "person": person, "order_no": abs(receipt), "day": day, "sold_at_us": day * 86_400_000_000,
            "product_id": article, "product_name": article.capitalize(), "quantity": -1.0 if receipt < 0 else 1.0,
            "paid": 500, "currency": "CAD", "line_kind": "goods", "is_return": receipt < 0, "category": None,
            "store": (store or {}).get(abs(receipt)),
        }
        for person, receipt, day, article in sold
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, _LINES)


_LINES = pa.schema(
    [("person", pa.int64()), ("order_no", pa.int64()), ("day", pa.int64()), ("sold_at_us", pa.int64()),
     ("product_id", pa.string()), ("product_name", pa.string()), ("quantity", pa.float64()), ("paid", pa.int64()),
     ("currency", pa.string()), ("line_kind", pa.string()), ("is_return", pa.bool_()), ("category", pa.string()),
     ("store", pa.string())]
)  # fmt: skip


def named(sold: Sequence[Line]) -> dict[str, list[dict[str, Any]]]:
    """What is surely found, by kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in described(lines(sold)):
        if one["sure"]:
            found.setdefault(one["kind"], []).append(one)
    return found


def beginners(share_with: float, share_without: float, people: int = 1_500) -> Iterator[Line]:
    """People who began with coffee (a third of them) or without, of whom so many came again and again."""
    chance = np.random.default_rng(3)
    for person in range(people):
        began, coffee = LAST - 700 + int(chance.integers(0, 300)), person % 3 == 0
        basket = {f"article {n}" for n in chance.integers(0, 30, 2 if coffee else 3)}
        basket |= {"coffee"} if coffee else set()
        yield from ((person, person * 100, began, article) for article in sorted(basket))
        if chance.random() < (share_with if coffee else share_without):
            for n in range(1, 22):
                article = f"article {chance.integers(0, 30)}"
                yield person, person * 100 + n, began + 30 * n + int(chance.integers(0, 5)), article


def test_what_people_begin_with_who_become_regulars_wins_them() -> None:
    found = named(list(beginners(0.45, 0.15)))
    (coffee,) = found["wins"]
    assert (coffee["key"], coffee["people"], coffee["how"]) == ("coffee", 396, "first_order")
    assert coffee["low"] < 0.45 < coffee["high"]
    assert coffee["low"] > coffee["alike"]
    assert "Of 396 whose first order had Coffee, " in coffee["reason_en"]
    assert "Sur 396 personnes dont la première commande contenait Coffee" in coffee["reason_fr"]
    assert not found.get("loses")


def test_where_everybody_becomes_one_alike_nothing_wins_regulars() -> None:
    found = named(list(beginners(0.25, 0.25)))
    assert not found.get("wins")
    assert not found.get("passes")


def test_what_stands_in_every_large_first_basket_does_not_win_those_who_buy_much_anyway() -> None:
    chance = np.random.default_rng(8)
    sold: list[Line] = []
    for person in range(1_500):
        began, large = LAST - 700 + int(chance.integers(0, 300)), person % 3 == 0
        basket = {f"article {n}" for n in chance.integers(0, 30, 9 if large else 2)} | (
            {"bag"} if large else set()
        )
        sold += [(person, person * 100, began, article) for article in sorted(basket)]
        if chance.random() < (0.5 if large else 0.1):
            sold += [(person, person * 100 + n, began + 30 * n, "bread") for n in range(1, 22)]
    assert not [one for one in named(sold).get("wins", []) if one["key"] == "bag"]


def regulars(share_with: float, share_without: float, people: int = 900) -> Iterator[Line]:
    """Regulars who came every month until they stopped; some of them brought a kettle back before."""
    chance = np.random.default_rng(5)
    for person in range(people):
        stops = int(chance.integers(14, 24))
        kettle = person % 4 == 0
        leaves = chance.random() < (share_with if kettle else share_without)
        for n in range(stops if leaves else 24):
            day = LAST - 720 + 30 * n + int(chance.integers(0, 6))
            yield person, person * 1000 + n, day, f"article {chance.integers(0, 25)}"
            if kettle and n == stops - 1:
                yield person, person * 1000 + 500, day, "kettle"
                yield person, -(person * 1000 + 501), day, "kettle"
    for person in range(people, 2 * people):
        yield person, person * 1000, LAST - 600, "bread"


def test_what_regulars_brought_back_who_then_stayed_away_loses_them() -> None:
    found = named(list(regulars(0.8, 0.2)))
    lost = {(one["key"], one["how"]) for one in found["loses"]}
    assert ("kettle", "returned") in lost
    assert {key for key, _how in lost} == {"kettle"}
    kettle = next(one for one in found["loses"] if one["how"] == "returned")
    assert kettle["share"] > kettle["alike"]
    assert "times a regular had brought Kettle back" in kettle["reason_en"]


def test_where_all_regulars_stay_away_alike_no_article_loses_them() -> None:
    assert not named(list(regulars(0.4, 0.4))).get("loses")


def baskets(receipts: int, together: float, *, person: int | None = None) -> list[Line]:
    """Receipts of two to five of forty articles, bread on half of them; a teapot, on so many of them with tea."""
    chance = np.random.default_rng(11)
    sold: list[Line] = []
    for receipt in range(1, receipts + 1):
        basket = {f"article {n}" for n in chance.integers(0, 40, chance.integers(2, 6))}
        basket |= {"bread"} if chance.random() < 0.5 else set()
        if receipt % 10 == 0:
            basket |= {"teapot"} | ({"tea"} if chance.random() < together else set())
        elif receipt % 10 == 5:
            basket |= {"tea"}
        day = LAST - int(chance.integers(0, 300))
        sold += [(person or receipt, receipt, day, article) for article in sorted(basket)]
    return sold


def test_a_teapot_goes_with_tea_and_bread_that_everybody_buys_goes_with_nothing() -> None:
    (pair,) = named(baskets(4_000, 0.7))["together"]
    assert (pair["key"], pair["other_key"]) == ("teapot", "tea")
    assert 1 < pair["low"] < pair["lift"] < pair["high"]
    assert pair["share"] == pytest.approx(0.7, abs=0.07)
    assert pair["reason_en"].startswith("Of 400 receipts with Teapot and something else, ")


def test_the_habit_of_one_customer_is_no_pair() -> None:
    alone = [(1, 100_000 + n, LAST - n, article) for n in range(300) for article in ("candle", "matches")]
    assert not [one for one in named([*baskets(4_000, 0.3), *alone])["together"] if one["key"] == "candle"]


def test_two_sizes_of_one_article_are_no_pair() -> None:
    sold = [
        (
            person,
            receipt,
            day,
            {"teapot": "Ground coffee 250 g", "tea": "Ground coffee 500 g"}.get(article, article),
        )
        for person, receipt, day, article in baskets(4_000, 0.7)
    ]
    assert not named(sold).get("together")


def test_receipts_of_nobody_count_as_receipts() -> None:
    sold = [(None, receipt, day, article) for _person, receipt, day, article in baskets(4_000, 0.7)]
    (pair,) = named(sold)["together"]
    assert pair["people"] == pair["share"] * 400


def test_articles_dealt_at_random_name_nothing() -> None:
    whole = lines([*beginners(0.45, 0.15), *baskets(4_000, 0.7)])
    assert Counter(one["kind"] for one in described(dealt(whole, 1)) if one["sure"]) == {}


def test_each_store_is_told_apart() -> None:
    sold = baskets(6_000, 0.8)
    store = {receipt: "North" if receipt % 3 else "South" for _person, receipt, _day, _article in sold}
    found = described(lines(sold, store))
    assert {one["store"] for one in found if one["kind"] == "together"} == {None, "North", "South"}
    assert {one["key"] for one in found} == {"teapot"}


def test_each_persona_is_told_apart_in_each_store_and_a_small_cell_says_that_it_is_small() -> None:
    sold = [
        line for n, goes in enumerate((0.9, 0.0, 0.0)) for line in moved(baskets(3_000, goes), by=n * 10_000)
    ]
    store = {receipt: "North" if receipt < 20_000 else "South" for _person, receipt, _day, _article in sold}
    with opened() as session:
        as_of = lay_out(session, lines(sold, store))
        whose = "case when person % 10000 > 2900 then 'few' when person // 10000 = 1 then 'plain' else 'brewers' end"
        personas = session.rows(f"select distinct person, {whose} as persona from lines")
        session.table("personas", personas)
        describe(session, as_of, "CAD")
        found = session.rows("select * from assortment where kind = 'together'").to_pylist()
        grounds = session.rows("select * from assortment_footings where kind = 'together'").to_pylist()
    crossed = {(one["store"], one["persona"]) for one in found if one["scope"] == "store_and_persona"}
    assert crossed == {("North", "brewers")}
    told = {(one["store"], one["persona"]): one for one in grounds}
    assert told["North", "brewers"]["enough"]
    assert told["South", "brewers"]["enough"]
    assert not told["North", "few"]["enough"]
    assert told["North", "few"]["n"] == 200
    assert "takes 500 receipts of several articles; there are " in told["North", "few"]["note_en"]


def moved(sold: Sequence[Line], by: int) -> list[Line]:
    """The same lines, of other people and on other receipts."""
    return [(person and person + by, receipt + by, day, article) for person, receipt, day, article in sold]


def footings(sold: Sequence[Line]) -> dict[str, dict[str, Any]]:
    with opened() as session:
        describe(session, lay_out(session, lines(sold)), "CAD")
        rows = session.rows("select * from assortment_footings where scope = 'shop'").to_pylist()
        assert session.rows("select * from assortment").num_rows == 0
    return {row["kind"]: row for row in rows}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "sold",
    [
        [],
        [(1, 1, LAST, "tea")],
        [(1, receipt, LAST, "tea") for receipt in range(50)],
        [(person, person, LAST, article) for person in range(300) for article in ("tea", "pot")],
        [(person, -person, LAST - person, "tea") for person in range(1, 40)],
        [(None, receipt, LAST - receipt % 50, "tea") for receipt in range(600)],
    ],
)  # fmt: skip
def test_odd_shops_name_nothing(sold: list[Line]) -> None:
    assert set(footings(sold)) == {"wins", "loses", "together", "missing"}


def test_a_shop_of_fifty_is_told_that_it_knows_too_few() -> None:
    told = footings(list(beginners(0.5, 0.1, people=50)))
    assert not any(one["enough"] for one in told.values())
    assert told["wins"]["note_en"].startswith("What wins regulars takes 200 customers who began")
    assert "takes 500 receipts" in told["together"]["note_en"]


def test_the_same_facts_tell_the_same() -> None:
    sold = lines([*beginners(0.45, 0.15), *baskets(2_000, 0.7)])
    shuffled = sold.take(pa.array(np.random.default_rng(2).permutation(sold.num_rows)))
    assert json.dumps(described(sold)) == json.dumps(described(shuffled))


def gone(session: Session, how: str) -> None:
    """Kettles cannot be had."""
    stock = 0.0 if how == "out_of_stock" else None
    row = {
        "product_id": "kettle",
        "product_name": "Kettle",
        "last_day": LAST - 100,
        "stock": stock,
        "offered": False,
    }
    schema = session.rows("select * from articles").schema
    session.table("articles", pa.Table.from_pylist([row], schema))


@pytest.mark.parametrize("how", ["out_of_stock", "not_sold"])
def test_what_people_bought_again_and_again_and_cannot_have_is_missing(how: str) -> None:
    sold: list[Line] = [
        (person, person * 10 + n, LAST - 100 - 40 * n, "kettle") for person in range(4) for n in range(3)
    ]
    sold += [(9, 99, LAST - 100, "kettle"), (8, 98, LAST, "tea")]
    with opened() as session:
        lay_out(session, lines(sold))
        gone(session, how)
        describe(session, LAST, "CAD")
        (one,) = session.rows("select * from assortment where scope = 'shop'").to_pylist()
    assert (one["kind"], one["how"], one["key"], one["people"]) == ("missing", how, "kettle", 4)
    assert 1 < one["low"] < 4 < one["high"] < 11
    assert one["worth_a_year"] == 4 * 3 * 500
    assert "4 customers (1 to 10 when luck is allowed for) bought Kettle again and again" in one["reason_en"]
    assert "$60.00" in one["reason_en"]


def test_what_is_searched_for_and_not_found_is_missing() -> None:
    def search(person: int, words: str, found: int | None) -> dict[str, object]:
        at = (LAST - person) * 86_400_000_000
        return {
            "person": person,
            "record": person,
            "at_us": at,
            "day": LAST - person,
            "words": words,
            "found": found,
        }

    searches = [search(person, "oat milk", 0) for person in range(6)]
    searches += [search(person, "tea", 12) for person in range(20)]
    searches += [search(person, "kettle", 0) for person in range(3)]
    with opened() as session:
        lay_out(session, lines([(1, 1, LAST, "tea")]))
        session.table(
            "searches", pa.Table.from_pylist(searches, session.rows("select * from searches").schema)
        )
        describe(session, LAST, "CAD")
        (one,) = session.rows("select * from assortment where scope = 'shop'").to_pylist()
    assert (one["how"], one["of"], one["key"], one["people"]) == ("searched", "words", "oat milk", 6)
    assert one["reason_en"] == (
        "6 people (2 to 13 when luck is allowed for) searched for “oat milk” in 365 days and found nothing."
    )
