"""Known exports are known by their header, and every column of theirs has its meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from regulars.errors import Invalid
from regulars.model.fields import KINDS
from regulars.sources.found import Proposal
from regulars.sources.meaning.exports import known_exports
from regulars.sources.notation.zones import RAILS, iana_zone

Meant = Callable[..., Proposal]

FILE = Path(__file__).with_name("known_headers.txt")
LINES = [line for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES]


@pytest.mark.parametrize(("export", "columns"), CASES)
def test_a_known_export_is_recognised_with_all_its_columns(meant: Meant, export: str, columns: str) -> None:
    wanted = [tuple(column.split("=")) for column in columns.split(",")]
    proposal = meant("|".join(name for name, *_field in wanted))
    assert proposal.export == export
    assert {(name, meaning.field) for name, meaning in proposal.mapping.columns.items()} == {
        pair for pair in wanted if len(pair) == 2
    }
    assert set(proposal.confidence) == set(proposal.why) == set(proposal.mapping.columns)
    assert not proposal.questions  # nobody is asked about a column that such a file always has


def test_every_export_but_a_refused_one_has_a_test() -> None:
    assert {export.name for export in known_exports() if export.mapping} == {name for name, _columns in CASES}


def test_every_export_has_what_its_kind_needs() -> None:
    for export in known_exports():
        if export.mapping is not None:
            for needed in KINDS[export.mapping.kind].needs:
                assert export.mapping.fields() & set(needed), export.name


def test_a_recognised_export_that_names_nobody_is_refused_with_what_to_do(meant: Meant) -> None:
    with pytest.raises(Invalid, match="Klaviyo campaign report") as problem:
        meant("Campaign Name|Subject|List|Send Time|Total Recipients|Unique Opens|Open Rate")
    assert "profiles" in problem.value.next_step


def test_what_stands_on_an_order_s_first_row_only_is_to_be_filled_down(meant: Meant) -> None:
    proposal = meant(
        "Name|Email|Financial Status|Created at|Lineitem quantity|Lineitem name|Lineitem price|Shipping|Total"
    )
    assert proposal.order_column == "Name"
    assert {"Email", "Financial Status", "Created at", "Shipping", "Total"} == set(proposal.fill_down)


def test_mailchimp_says_by_its_file_whether_somebody_left(meant: Meant) -> None:
    rest = "MEMBER_RATING|OPTIN_TIME|LEID|EUID"
    states = [
        meant(f"Email Address|{rest}{more}").mapping.defaults["consent_email"]
        for more in ("", "|UNSUB_TIME", "|CLEAN_TIME")
    ]
    assert states == ["subscribed", "unsubscribed", "cleaned"]


def test_of_two_columns_of_one_meaning_the_fuller_one_is_taken(meant: Meant) -> None:
    header = "First Name|Last Name|Email|Accepts Email Marketing|Province Code|Province"
    proposal = meant(header, "Ann|Lee|a@x.ca|yes||Québec", "Bob|Li|b@x.ca|no||Ontario")
    assert proposal.mapping.column_of("region") == "Province"


def test_square_s_words_for_a_time_zone_become_the_zone_of_its_times(meant: Meant) -> None:
    header = "Date|Time|Time Zone|Item|Qty|Net Sales|Transaction ID"
    row = "2024-02-03|10:05:00|{zone}|Mug|1|$5.00|T1"
    here = meant(header, row.format(zone="Eastern Time (US & Canada)"))
    assert here.mapping.options.time_zone == "America/New_York"
    both = meant(header, row.format(zone="London"), row.format(zone="Paris"))
    assert any("several time zones" in question for question in both.questions)


def test_every_zone_of_rails_is_one_that_python_knows() -> None:
    assert all(iana_zone(iana) == iana for iana in RAILS.values())
