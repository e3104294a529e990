"""What waits for a human: asked in the order of what hangs on it, answered once, and kept."""

from __future__ import annotations

import pytest
from small_files import Filled, Write
from sqlalchemy import select

from regulars.errors import Refused
from regulars.shop import Shop
from regulars.store.tables import put_off

PEOPLE = (
    "Customer ID,First Name,Last Name,Email,Phone,Birth Date,Accepts Email",
    "1,Jean,Roy,les@roy.ca,,1960-01-02,yes",
    "2,Lucie,Roy,les@roy.ca,,1962-03-04,no",
    "3,Ann,Lee,lee@lee.ca,,1970-05-06,yes",
    "4,Bob,Lee,lee@lee.ca,,1971-07-08,",
)
ORDERS = (
    "Order ID,Order Date,Customer ID,Product,Quantity,Amount",
    "1001,2024-05-03,3,mug,1,900.00",
    "1002,2024-05-04,1,mug,1,9.00",
)


def _couples(shop: Shop, write: Write) -> None:
    """Two couples with an e-mail each; one of them spends more."""
    shop.load([write("people.csv", *PEOPLE)], source="shop")
    shop.load([write("orders.csv", *ORDERS)], source="shop", kind="orders")
    shop.build("2024-06-01")


@pytest.fixture
def couples(filled: Filled) -> Shop:
    return filled(_couples)


def pairs(shop: Shop) -> list[set[str]]:
    return [{pair.record_a, pair.record_b} for pair in shop.review()]


LEES, ROYS = {"shop:3", "shop:4"}, {"shop:1", "shop:2"}


def test_the_pair_of_which_most_hangs_on_the_answer_is_asked_first(couples: Shop) -> None:
    assert pairs(couples) == [LEES, ROYS]
    assert [pair.at_stake for pair in couples.review()] == [90000, 900]


def test_two_who_were_called_different_are_not_asked_again(couples: Shop) -> None:
    joined = couples.different("shop:3", "shop:4", "the owner")
    assert len(joined.persons) == 2
    assert pairs(couples) == [ROYS]
    couples.match()
    assert pairs(couples) == [ROYS]


def test_an_answer_is_kept_before_the_next_match_and_made_so_by_it(couples: Shop) -> None:
    first, second = couples.review()
    couples.answer_review(first, same=False, who="the owner")
    couples.answer_review(second, same=True, who="the owner")
    assert couples.review() == []
    joined = couples.conclude_review([first, second])
    assert sorted(len(someone.records) for someone in joined.persons) == [1, 1, 2]


def test_what_was_put_off_comes_after_all_others_until_a_record_tells_more(
    couples: Shop, write: Write
) -> None:
    first, second = couples.review()
    couples.postpone_review(first, "the owner")
    assert pairs(couples) == [ROYS, LEES]
    assert [pair.put_off for pair in couples.review()] == [False, True]
    assert couples.match().to_review == 2
    couples.postpone_review(second, "the owner")
    assert pairs(couples) == [LEES, ROYS]
    couples.load(
        [write("more.csv", PEOPLE[0], "1,Jean,Roy,les@roy.ca,514-555-0111,1960-01-02,yes")], source="shop"
    )
    couples.match()
    assert pairs(couples) == [ROYS, LEES]


@pytest.mark.parametrize("same", [False, True])
def test_what_was_put_off_and_is_answered_is_put_off_no_more(couples: Shop, *, same: bool) -> None:
    lees, roys = couples.review()
    for pair in (lees, roys):
        couples.postpone_review(pair, "the owner")
    couples.answer_review(lees, same=same, who="the owner")
    assert pairs(couples) == [ROYS]
    assert _put_off(couples) == [roys.numbers]


def test_what_was_put_off_is_erased_with_either(couples: Shop) -> None:
    lees, roys = couples.review()
    for pair in (lees, roys):
        couples.postpone_review(pair, "the owner")
    couples.erase(["shop:1"], "the owner")
    assert _put_off(couples) == [lees.numbers]


def _put_off(shop: Shop) -> list[tuple[int, int]]:
    """The pairs of records that are kept as put off."""
    with shop.ground.store.read() as connection:
        left = connection.execute(select(put_off.c.record_a, put_off.c.record_b)).all()
    return [(one, other) for one, other in left]


def test_a_question_says_what_a_merge_would_do(couples: Shop) -> None:
    asked = couples.review_question(couples.review()[1])
    assert {side.name for side in asked.sides} == {"Jean Roy", "Lucie Roy"}
    assert {side.consents["email"] for side in asked.sides} == {"granted", "denied"}
    assert asked.consents["email"] == "denied"
    assert {field.field for field in asked.fields} >= {"given_name", "email", "birth_date"}


def test_a_question_shows_a_name_of_two_whole(shop: Shop, write: Write) -> None:
    rows = ("1,Paul Roy,les@roy.ca", "2,Johanne Roy,les@roy.ca", "3,Paul et Johanne Roy,les@roy.ca")
    shop.load([write("list.csv", "Customer ID,Full Name,Email", *rows)], source="shop")
    shop.match()
    names = {side.name for pair in shop.review() for side in shop.review_question(pair).sides}
    assert names == {"Paul Roy", "Johanne Roy", "Paul et Johanne Roy"}


def test_one_person_is_parted_by_unmerge_and_not_called_different(couples: Shop) -> None:
    couples.merge("shop:3", "shop:4", "the owner")
    with pytest.raises(Refused, match="one person now"):
        couples.different("shop:3", "shop:4", "the owner")


def test_a_question_names_the_id_that_stands_be_it_the_younger(shop: Shop, write: Write) -> None:
    """A card of which nothing more is known came before two customers who say that it is theirs."""
    header = "Customer ID,First Name,Last Name,Loyalty Card"
    shop.load(
        [write("shop.csv", header, "1,,,LC100200", "2,Ann,Roy,LC100200", "3,Bob,Lee,LC100200")], source="shop"
    )
    shop.build("2024-06-01")
    pair = next(pair for pair in shop.review() if "shop:1" in (pair.record_a, pair.record_b))
    asked = shop.review_question(pair)
    (both,) = shop.merge(pair.record_a, pair.record_b, "the owner").persons
    assert asked.stands == both.person == max(pair.persons)


def _initial(shop: Shop, write: Write) -> None:
    """Ovide, O. and Olga of one name and door."""
    header = "Customer ID,First Name,Last Name,Email,Address,City,Postal Code"
    home = "12 rue du Quai,Rimouski,G5L 7Q1"
    told = ((1, "Ovide", "ot@x.ca"), (2, "O", ""), (3, "Olga", "third@z.ca"))
    lines = (f"{key},{name},Trottemenu,{email},{home}" for key, name, email in told)
    shop.load([write("people.csv", header, *lines)], source="shop")
    shop.build("2024-06-01")


@pytest.fixture
def initial(filled: Filled) -> Shop:
    return filled(_initial)


def test_of_answers_in_one_go_a_later_one_withdraws_what_the_earlier_ones_make_untrue(initial: Shop) -> None:
    initial.different("shop:1", "shop:3", "Ann")
    asked = initial.review()
    assert [{pair.record_a, pair.record_b} for pair in asked] == [{"shop:1", "shop:2"}, {"shop:2", "shop:3"}]
    taken_back = [initial.answer_review(pair, same=True, who="Ben") for pair in asked]
    assert [[said.who for said in each] for each in taken_back] == [[], ["Ann"]]
    assert len(initial.conclude_review(asked).persons) == 1
    assert (initial.review(), initial.match().to_review) == ([], 0)


def _family(shop: Shop, write: Write) -> None:
    """Three of one name and e-mail, with an order each."""
    rows = (
        "1,Jean,Roy,les@roy.ca,1960-01-02",
        "2,Lucie,Roy,les@roy.ca,1962-03-04",
        "3,Marc,Roy,les@roy.ca,1971-03-04",
    )
    shop.load(
        [write("people.csv", "Customer ID,First Name,Last Name,Email,Birth Date", *rows)], source="shop"
    )
    orders = (f"{n},2024-05-03,{n},mug,1,{n}.00" for n in (1, 2, 3))
    header = "Order ID,Order Date,Customer ID,Product,Quantity,Amount"
    shop.load([write("orders.csv", header, *orders)], source="shop", kind="orders")
    shop.build("2024-06-01")


@pytest.fixture
def family(filled: Filled) -> Shop:
    return filled(_family)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("same", [False, True])
def test_what_answers_settle_of_others_is_no_question_before_the_next_match_either(
    family: Shop, *, same: bool, kept: bool
) -> None:
    """A is B; and B is C, or is not: whether A is C is settled, be the second answer kept yet or not."""
    first, *others = family.review()
    family.answer_review(first, same=True, who="Ann")
    assert family.review_left([first, *others]) == others
    second, third = others
    if kept:
        family.answer_review(second, same=same, who="Ann")
        assert family.review() == []
    assert family.review_left([third], None if kept else (second, same)) == []
    if kept:
        assert len(family.conclude_review([first, second]).persons) == (1 if same else 2)
        assert (family.review(), family.match().to_review) == ([], 0)


def test_a_question_shows_who_is_together_by_the_answers_before(family: Shop) -> None:
    first, second, _third = family.review()
    before = family.review_question(second)
    assert [side.records for side in before.sides] == [1, 1]
    for kept in (False, True):
        if kept:
            family.answer_review(first, same=True, who="Ann")
        asked = family.review_question(second, None if kept else (first, True))
        (both,) = [side for side in asked.sides if side.records == 2]
        assert (both.person, both.orders) == (min(first.persons), 2)
        (alone,) = [side for side in asked.sides if side.records == 1]
        assert (both.spend or 0) + (alone.spend or 0) == 600
        assert asked.stands == min(*first.persons, *second.persons)


def test_who_was_said_to_be_one_and_is_kept_two_by_another_word_is_asked_about_again(initial: Shop) -> None:
    for pair in initial.review():
        initial.answer_review(pair, same=True, who="Ben")
    initial.different("shop:1", "shop:3", "Ann")
    (pair,) = initial.review()
    assert initial.match().to_review == 1
    assert pair.reason == "alike, but their other records were parted by hand"
    said = initial.explain(pair.record_a, pair.record_b)
    assert said.sentence.startswith("Ben said on ")
    assert said.sentence.endswith("that they are one person, but other records of theirs were told apart.")
    assert "shop:1 and shop:3 of theirs are two people: Ann said so" in said.notes[0]
    initial.answer_review(pair, same=True, who="Ben")
    assert len(initial.conclude_review([pair]).persons) == 1
    assert (initial.review(), initial.match().to_review) == ([], 0)
