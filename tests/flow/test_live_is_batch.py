"""What is computed live for some people is what the batch computes for everybody: same day, same norms, same facts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_files import NewShop, Write

from properties import tried
from regulars.flow.facts import lay_out_some
from regulars.indicators import compute
from regulars.model.clock import parse_day
from regulars.shop import Shop
from regulars.store import tables
from regulars.store.rows import columns_of, fetch

pytestmark = pytest.mark.slow

AS_OF = "2024-05-20"
ORDERS = "Order ID,Order Date,Customer ID,Product ID,Category,Quantity,Price,Discount,Store,Coupon"
EVENTS = "event,timestamp,customer id,product id,channel,campaign"
PEOPLE = "customer id,email,accepts email,accepts email at"
GOODS = "product id,category,brand,unit cost"
SETTINGS = """
[sources.till]
order_space = "shop"
customers = "crm"
[sources.web]
order_space = "shop"
customers = "crm"
rank = 50
[sources.clicks]
customers = "crm"
"""
days = st.one_of(st.integers(1, 31).map(lambda d: f"2024-05-{d:02}"), st.just(AS_OF), st.just("2023-01-15"))
customers = st.sampled_from(["C1", "C2", "C3", "C4", ""])


@dataclass(frozen=True)
class Step:
    """One thing that happens to a shop."""

    what: str
    lines: tuple[str, ...] = ()
    source: str = ""
    number: int = 0


def order_line(parts: tuple[int, str, str, str, int, int, str]) -> str:
    order, day, customer, product, quantity, price, store = parts
    at, goods = f"{day} 1{order % 10}:30", f"{product},cat-{product},{quantity},{price}.50"
    return f"{order},{at},{customer},{goods},{order % 3},{store},"


order_lines = st.builds(
    order_line,
    st.tuples(
        st.integers(1, 8), days, customers, st.sampled_from(["MUG", "POT"]), st.sampled_from([1, 2, 3, -1]),
        st.integers(1, 90), st.sampled_from(["Laval", "Web"]),
    ),
)  # fmt: skip
event_lines = st.builds(
    "{},{} {}:15:00,{},MUG,{},spring".format,
    st.sampled_from(
        [
            "Product Viewed",
            "Email Opened",
            "Email Link Clicked",
            "Email Delivered",
            "Ticket Opened",
            "Friend Referred",
        ]
    ),
    days,
    st.sampled_from(["09", "19"]),
    customers,
    st.sampled_from(["web", "app", ""]),
)
people_lines = st.builds(
    "{},{}@shop.example,{},2024-05-{:02}".format,
    st.sampled_from(["C1", "C2", "C3", "C4"]), st.sampled_from(["ann", "bob", "cleo"]),
    st.sampled_from(["yes", "no", ""]), st.integers(1, 31),
)  # fmt: skip
goods_lines = st.builds(
    "{},{},{},{}.00".format,
    st.sampled_from(["MUG", "POT"]), st.sampled_from(["cat-MUG", "kitchen"]), st.sampled_from(["Acme", ""]),
    st.integers(1, 20),
)  # fmt: skip
of_people = st.one_of(
    st.builds(Step, what=st.just("people"), lines=st.lists(people_lines, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Step,
        what=st.just("orders"),
        lines=st.lists(order_lines, min_size=1, max_size=6).map(tuple),
        source=st.sampled_from(["till", "web"]),
    ),
    st.builds(Step, what=st.just("events"), lines=st.lists(event_lines, min_size=1, max_size=4).map(tuple)),
    st.builds(Step, what=st.just("merge"), number=st.integers(1, 3)),
    st.builds(Step, what=st.just("undo"), number=st.integers(0, 5)),
)
goods = st.builds(Step, what=st.just("goods"), lines=st.lists(goods_lines, min_size=1, max_size=2).map(tuple))
steps = of_people | goods


def walk(shop: Shop, write: Write, step: Step, number: int) -> None:
    """Let one thing happen, if it can."""
    known = {f"{row['source']}:{row['source_key']}" for row in shop.table("identity").to_pylist()}
    match step.what:
        case "orders":
            shop.load([write(f"{number}.csv", ORDERS, *step.lines)], source=step.source)
        case "events":
            shop.load([write(f"{number}.csv", EVENTS, *step.lines)], source="clicks", kind="events")
        case "people":
            shop.load([write(f"{number}.csv", PEOPLE, *step.lines)], source="crm", kind="people")
        case "goods":
            shop.load([write(f"{number}.csv", GOODS, *step.lines)], source="stock", kind="products")
        case "merge":
            pair = ("crm:C1", f"crm:C{step.number + 1}")
            if known.issuperset(pair):
                shop.merge(*pair, who="us")
        case "undo":
            done = [one.import_id for one in shop.imports() if one.state == "done"]
            if len(done) > step.number:
                shop.undo(done[step.number])


@tried(4)
@given(happened=st.lists(steps, min_size=1, max_size=6), some=st.sets(st.integers(0, 3), min_size=1))
def test_live_is_batch_whatever_happened(
    new_shop: NewShop, write: Write, happened: list[Step], some: set[int]
) -> None:
    shop = new_shop(SETTINGS)
    for number, step in enumerate(happened):
        walk(shop, write, step, number)
        if number % 2:
            shop.match()
    shop.build(AS_OF)
    compare(shop, some)


#: Rules that the norms of the shop do not touch; what articles are and cost is told of everybody at once, at a build.
RULES = (
    "orders_lifetime >= 1", "spend_lifetime > 50", "did('Product Viewed', 'last 10 days')", "consent_email = 'granted'",
    "did('Product Bought', category = 'kitchen')", "clicks_90d > 0",
    "did_then('Email Link Clicked', 'Order Completed', 'within 3 days')",
)  # fmt: skip


@tried(3)
@given(before=st.lists(of_people, min_size=1, max_size=4), after=st.lists(of_people, min_size=1, max_size=4))
def test_who_was_touched_since_the_build_is_counted_as_the_next_build_counts(
    new_shop: NewShop, write: Write, before: list[Step], after: list[Step]
) -> None:
    shop = new_shop(SETTINGS)
    for number, step in enumerate(before):
        walk(shop, write, step, number)
    shop.build(AS_OF)
    for number, step in enumerate(after):
        walk(shop, write, step, len(before) + number)
    shop.match()
    live = [shop.count(rule)[1] for rule in RULES], shop.segments()["reachable"]
    shop.build(AS_OF)
    assert shop.fresh() is None
    assert live == ([shop.count(rule)[1] for rule in RULES], shop.segments()["reachable"])


def compare(shop: Shop, some: set[int]) -> None:
    """Compute the indicators of some people live, and hold them to those of the build."""
    ground = shop.ground
    with ground.engine.session() as session, ground.store.read() as connection:
        found = ground.lake.result(connection, "indicators")
        norms = fetch(connection, columns_of(tables.norms, "name", "position", "value"))
        assert found is not None
        session.parquet("batch", [found[0]], compute.NORMS_SCHEMA)
        persons = session.rows("select person from batch order by person")["person"].to_pylist()
        chosen = [person for place, person in enumerate(persons) if place in some]
        lay_out_some(session, ground, connection, chosen)
        day = parse_day(AS_OF)
        compute.compute(session, as_of=day, currency=ground.settings.shop.currency, norms=norms)
        live = session.rows("select * from indicators order by person").to_pylist()
        batch = session.rows("select * from batch order by person").to_pylist()
    assert live == [row for row in batch if row["person"] in chosen]


def test_an_order_that_somebody_else_s_source_tells_better_is_not_theirs_live_either(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop(SETTINGS)
    line = "1,2024-05-02 11:30,{},MUG,cat,1,10.50,0,Laval,"
    shop.load(
        [write("web.csv", ORDERS, line.format("C1"), line.replace("1,", "2,", 1).format("C2"))], source="web"
    )
    shop.load(
        [write("till.csv", ORDERS, line.format("C2"), line.replace("1,", "3,", 1).format("C1"))],
        source="till",
    )
    shop.build(AS_OF)
    compare(shop, {0})
    compare(shop, {1})


def test_facts_after_the_evening_of_the_day_are_not_seen(shop: Shop, write: Write) -> None:
    evening = "1,2024-05-20 23:59,C1,MUG,cat,1,10.50,0,Laval,"
    midnight = "2,2024-05-21 00:00,C1,MUG,cat,1,99.00,0,Laval,"
    shop.load([write("till.csv", ORDERS, evening, midnight)], source="till")
    shop.load(
        [write("clicks.csv", EVENTS, "Email Opened,2024-05-21 00:00:00,C1,,,")], source="till", kind="events"
    )
    shop.build(AS_OF)
    (person,) = shop.table("profiles").to_pylist()
    assert (person["orders_lifetime"], person["spend_lifetime"], person["days_since_last_order"]) == (
        1,
        10.5,
        0,
    )
    shop.build("2024-05-21")
    (person,) = shop.table("profiles").to_pylist()
    assert (person["orders_lifetime"], person["spend_lifetime"]) == (2, 109.5)
