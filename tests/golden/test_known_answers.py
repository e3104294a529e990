"""A small shop's known answers, as a text that a reviewer reads beside the files that it comes from.

`first-day.txt` was checked by hand against `examples/first-day`. When an answer changes on purpose, read what the
failing test shows, check it against the files, and change the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from regulars.app import init_shop
from regulars.shop import Shop

FIRST_DAY = Path(__file__).parents[2] / "examples" / "first-day"
ANSWERS = Path(__file__).with_name("first-day.txt")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The shop of the tutorial on the evening of its first day."""
    made = init_shop(tmp_path_factory.mktemp("golden") / "shop")
    made.load([FIRST_DAY])
    made.build("2026-10-31")
    yield made
    made.close()


def answers(shop: Shop) -> Iterator[str]:
    """A paragraph a person: who they are, what they bought, how they are doing, and in which groups they are."""
    records, groups = defaultdict(list), defaultdict(list)
    for row in shop.table("identity").to_pylist():
        records[row["person_id"]].append(f"{row['source']}:{row['source_key']}")
    for row in shop.table("segments").to_pylist():
        groups[row["person_id"]].append(row["segment"])
    for person in shop.table("profiles").to_pylist():
        name = person["full_name"] or " ".join(filter(None, (person["given_name"], person["family_name"])))
        yield f"{name or '-'}, {person['email'] or '-'}, {person['phone'] or '-'}, e-mail {person['consent_email']}"
        yield f"  records   {', '.join(sorted(records[person['person_id']]))}"
        yield (
            f"  orders    {person['orders_lifetime']} for {person['spend_lifetime']:.2f},"
            f" {person['first_order_day'] or '-'} to {person['last_order_day'] or '-'},"
            f" {person['returns_lifetime']} returned"
        )
        yield f"  rhythm    {person['stage'] or '-'}, next due {person['next_order_due_day'] or '-'}"
        yield f"  ladder    {person['rung']}, next step {person['next_step'] or '-'}"
        yield f"  groups    {', '.join(sorted(groups[person['person_id']])) or '-'}"


def test_the_shop_of_the_tutorial_is_known_as_its_files_tell_it(shop: Shop) -> None:
    assert list(answers(shop)) == ANSWERS.read_text("utf-8").splitlines()
