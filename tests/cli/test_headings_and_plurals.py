"""A page says what it shows: several records in the plural, and of a sample why its pairs are joined."""

from __future__ import annotations

import pytest

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
    assert heading in capsys.readouterr().out
