"""A page says what it shows: several records in the plural, and of a sample why its pairs are joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regulars.cli.pages.foretold import next_order
from regulars.cli.pages.past import print_past
from regulars.cli.pages.review import print_waiting
from regulars.flow.people.past import Change, Past, Stood
from regulars.flow.people.review import Pair


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (1, None, "crm:1, crm:2 left P1 and are nobody"),
        (None, 2, "crm:1, crm:2 came together to P2"),
        (1, 2, "crm:1, crm:2 went together from P1 to P2"),
    ],
)
def test_several_records_go_in_the_plural(
    capsys: pytest.CaptureFixture[str], before: int | None, after: int | None, said: str
) -> None:
    change = Change(at_us=0, records=("crm:1", "crm:2"), before=before, after=after, why="")
    stood = Stood(person=1, records=("crm:1", "crm:2"), since=(change,), now=())
    print_past(Past(key="P1", day=0, persons=(stood,), first_us=None), "UTC")
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "heading"), [("review", "why it waits"), ("sample", "why they are joined")]
)
def test_a_list_says_why_its_pairs_are_on_it(
    capsys: pytest.CaptureFixture[str], asked: str, heading: str
) -> None:
    pair = Pair(
        record_a="crm:1", record_b="crm:2", weight=1.0, probability=0.6, reason="", asked=asked,
        at_stake=None, numbers=(1, 2), persons=(1, 2),
    )  # fmt: skip
    print_waiting([pair], "CAD")
    assert heading in (printed := capsys.readouterr().out)
    assert "(put off)" not in printed
    print_waiting([replace(pair, put_off=True)], "CAD")
    assert "(put off)" in capsys.readouterr().out


def test_a_day_before_which_hardly_anybody_comes_is_not_called_the_day_of_the_next_order() -> None:
    as_of, never = 20_757, 20_757 + 730
    assert next_order(as_of + 90, as_of + 90, never, as_of=as_of) == (
        "if at all, in eight cases of ten not before Jan 29, 2027"
    )
    assert next_order(as_of + 60, as_of + 30, never, as_of=as_of).startswith("about Dec 30, 2026, if at all;")
    assert next_order(as_of + 9, as_of + 3, as_of + 30, as_of=as_of).endswith(
        "between Nov 3, 2026 and Nov 30, 2026"
    )
