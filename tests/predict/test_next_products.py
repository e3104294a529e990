from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from tests.predict.shop_of_receipts import AS_OF, Receipt, listed, lists_sql, shop

from regulars.predict.products import lists
from regulars.predict.products.history import read_history


def town_of(people: int) -> list[Receipt]:
    """Everybody buys bread again and again; tea people buy cups too, coffee people buy mugs."""
    receipts: list[Receipt] = []
    for person in range(1, people + 1):
        tastes = ("tea", "cups", "honey") if person % 2 else ("coffee", "mugs", "sugar")
        for visit in range(6):
            day, receipt = AS_OF - 150 + 25 * visit + person % 5, person * 10 + visit
            receipts += [
                (person, receipt, day, "bread"),
                (person, receipt, day, tastes[(visit + person // 2) % 3]),
            ]
            if visit % 2 == person % 3 % 2:
                receipts.append((person, receipt, day, f"novelty {(person * 7 + visit) % 40}"))
    return receipts


def test_a_shop_of_fifty_customers_is_told_that_there_is_too_little_to_replay(tmp_path: Path) -> None:
    with shop(tmp_path, town_of(50)) as session:
        reports = lists.predict(session, AS_OF, "CAD")
        kinds = session.rows("select distinct list, why from recommended order by list, why").to_pylist()
    assert [one.name for one in reports] == ["next_products", "new_products"]
    assert not any(one.enough_data or one.speaks for one in reports)
    assert "there are 50" in reports[0].why.en
    assert {row["list"] for row in kinds} == {"again"}
    assert "popular" not in {row["why"] for row in kinds}


def test_a_shop_of_many_customers_gets_both_lists_with_their_marks(tmp_path: Path) -> None:
    with shop(tmp_path, town_of(600)) as session:
        again, new = lists.predict(session, AS_OF, "CAD")
        rows = session.rows(lists_sql()).to_pylist()
    assert again.enough_data
    assert new.enough_data
    assert again.backtest is not None
    assert {"recall_at_10_frequency", "recall_at_10_popularity"} <= set(again.figures)
    first = [row for row in rows if row["list"] == "again" and row["rank"] == 1]
    assert {row["product_id"] for row in first} == {"bread"}
    assert {row["times"] for row in first} == {6}
    assert {row["between_days"] for row in first} == {25}


def test_without_the_package_implicit_the_lists_are_made_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "implicit", None)
    with shop(tmp_path, town_of(600)) as session:
        _again, new = lists.predict(session, AS_OF, "CAD")
    assert new.enough_data
    assert "ALS was not tried" in new.why.en
    assert "recall_at_10_als" not in new.figures


def test_a_list_is_filled_with_what_is_popular_and_nothing_stands_on_it_twice(tmp_path: Path) -> None:
    with shop(tmp_path, town_of(600)) as session:
        lists.predict(session, AS_OF, "CAD")
        rows = session.rows(lists_sql()).to_pylist()
    own: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
    for row in rows:
        own.setdefault((row["person"], row["list"]), []).append((row["rank"], row["product_id"], row["why"]))
    for (_person, name), listed_rows in own.items():
        assert [rank for rank, _article, _why in listed_rows] == list(range(1, len(listed_rows) + 1))
        assert len({article for _rank, article, _why in listed_rows}) == len(listed_rows)
        whys = [why for _rank, _article, why in listed_rows]
        assert name == "new" or whys == sorted(whys, key=lambda why: why == "popular")
    assert any(why == "popular" for listed_rows in own.values() for _rank, _article, why in listed_rows)


def test_every_so_many_th_person_stands_for_a_large_shop(tmp_path: Path) -> None:
    receipts = [*town_of(40), (4, -1, AS_OF, "bread"), (5, -2, AS_OF, "bread")]
    with shop(tmp_path, receipts) as session:
        whole = read_history(session)
    some = whole.some(10)
    assert some.ids.tolist() == whole.ids[::4].tolist()
    assert some.baskets.tolist() == whole.baskets[::4].tolist()
    assert some.pairs.times.sum() == sum(
        whole.pairs.times[whole.pairs.of(np.array([n]))[0]].sum() for n in range(0, 40, 4)
    )
    assert len(some.back_key) == 1
    assert whole.some(40) is whole


def test_the_same_facts_give_the_same_lists(tmp_path: Path) -> None:
    with shop(tmp_path, town_of(300)) as one, shop(tmp_path, town_of(300)) as other:
        assert listed(one) == listed(other)


def test_what_is_sold_out_or_sold_at_a_loss_is_never_recommended(tmp_path: Path) -> None:
    products = [
        {"product_id": "bread", "stock": 0.0},
        {"product_id": "tea", "unit_price": 500, "unit_cost": 600},
    ]
    with shop(tmp_path, town_of(400), products) as session:
        found = {article for articles in listed(session).values() for article in articles}
    assert not {"bread", "tea"} & found
    assert {"cups", "coffee"} <= found


def test_of_stock_and_cost_that_nobody_told_nothing_is_held_against_an_article(tmp_path: Path) -> None:
    with shop(tmp_path, town_of(400), [{"product_id": "bread"}]) as session:
        found = listed(session)
    assert all(articles[0] == "bread" for (_person, name), articles in found.items() if name == "again")


def test_one_of_two_sources_has_it_so_it_is_in_stock(tmp_path: Path) -> None:
    products = [
        {"product_id": "bread", "stock": 0.0},
        {"source": "other", "product_id": "bread", "stock": 3.0},
    ]
    with shop(tmp_path, town_of(60), products) as session:
        assert listed(session)[1, "again"][0] == "bread"


def test_stock_is_that_of_the_day_and_not_of_today(tmp_path: Path) -> None:
    products = [
        {"product_id": "bread", "stock": 5.0, "told_day": AS_OF - 10},
        {"product_id": "bread", "stock": 0.0, "told_day": AS_OF + 20},
        {"product_id": "tea", "stock": 0.0, "told_day": AS_OF - 1},
        {"product_id": "tea", "stock": 9.0, "told_day": AS_OF + 20},
    ]
    later = (1, 9_000, AS_OF + 10, "honey")  # of the past, for somebody ordered after it
    with shop(tmp_path, [*town_of(400), later], products) as session:
        session.create("sold_until", f"select * from lines where day <= {AS_OF}")
        session.drop("order_lines")
        session.create("order_lines", "select * from lines")
        session.drop("lines")
        session.view("lines", "select * from sold_until")
        found = {article for articles in listed(session).values() for article in articles}
        told = session.rows("select * from stock_told").to_pylist()
    assert "bread" in found
    assert "tea" not in found
    assert told == [{"known_day": AS_OF - 1, "first_day": AS_OF - 10}]


def test_stock_told_after_the_newest_order_is_of_its_day(tmp_path: Path) -> None:
    products = [{"product_id": "bread", "stock": 0.0, "told_day": AS_OF + 20}]
    with shop(tmp_path, town_of(400), products) as session:
        found = {article for articles in listed(session).values() for article in articles}
    assert "bread" not in found


def test_what_somebody_brought_back_is_not_offered_to_them_until_they_buy_it_again(tmp_path: Path) -> None:
    receipts = town_of(400)
    receipts += [(1, -9001, AS_OF - 1, "bread"), (2, -9002, AS_OF - 1, "bread"), (2, 9003, AS_OF, "bread")]
    with shop(tmp_path, receipts) as session:
        found = listed(session)
    assert "bread" not in found[1, "again"] + found[1, "new"]
    assert "bread" in found[2, "again"]


def test_what_nobody_has_bought_for_long_is_out_of_the_range(tmp_path: Path) -> None:
    old = [(person, person * 10 + 9, AS_OF - 400 + person % 9, "fax paper") for person in range(1, 200)]
    with shop(tmp_path, town_of(400) + old) as session:
        found = {article for articles in listed(session).values() for article in articles}
    assert "fax paper" not in found


def test_what_only_one_customer_ever_bought_is_still_there_when_that_customer_comes_no_more(
    tmp_path: Path,
) -> None:
    old = [(1_001, 10_010 + n, AS_OF - 400 + 20 * n, "goat cheese") for n in range(3)]
    with shop(tmp_path, town_of(40) + old) as session:
        assert listed(session)[1_001, "again"] == ["goat cheese"]


def test_what_was_brought_back_in_part_is_still_liked(tmp_path: Path) -> None:
    with shop(tmp_path, [(1, 1, AS_OF - 9, "tiles"), (1, 2, AS_OF - 5, "tiles")]) as session:
        session.create("more", "select * replace (10.0 as quantity) from lines")
        session.create(
            "part", "select * replace (-1.0 as quantity, true as is_return, 3 as order_no) from lines limit 1"
        )
        session.create(
            "all_lines", "select * from more union all select * replace (day + 8 as day) from part"
        )
        session.drop("order_lines", "lines")
        session.view("lines", "select * from all_lines")
        session.view("order_lines", "select * from all_lines")
        assert listed(session)[1, "again"] == ["tiles"]


def test_nothing_new_was_bought_before(tmp_path: Path) -> None:
    receipts = town_of(400)
    known = {(person, article) for person, _receipt, _day, article in receipts}
    with shop(tmp_path, receipts) as session:
        found = listed(session)
    assert any(name == "new" for _person, name in found)
    assert not [
        1 for (who, name), articles in found.items() if name == "new" for a in articles if (who, a) in known
    ]


@pytest.mark.parametrize(
    "receipts",
    [
        [],
        [(1, 1, AS_OF, "bread")],
        [(person, person, AS_OF, "bread") for person in range(300)],
        [(person, person * 9 + n, AS_OF, "bread") for person in range(300) for n in range(5)],
        [(1, -1, AS_OF, "bread")],
        [(1, n, AS_OF - n, f"article {n}") for n in range(500)],
        [(person, person * 9 + n, AS_OF - n, f"{person} {n}") for person in range(300) for n in range(5)],
    ],
)
def test_odd_shops_are_no_trouble(tmp_path: Path, receipts: list[Receipt]) -> None:
    with shop(tmp_path, receipts) as session:
        listed(session)
