"""Who lives in the town: families, twins, juniors, movers, namesakes."""

from collections import Counter

import numpy as np
import pytest

from regulars.town.people import People, people
from regulars.town.registry import Registry


@pytest.fixture(scope="module")
def folk() -> People:
    return people(20_000, 20_000, 20_730, np.random.default_rng(11), Registry())


def test_families_live_at_one_address(folk: People) -> None:
    homes = {}
    for household, number, postcode in zip(
        folk.household, folk.home.number.to_pylist(), folk.home.postcode.to_pylist(), strict=True
    ):
        assert homes.setdefault(household, (number, postcode)) == (number, postcode)


def test_twins_share_birth_date_and_home_but_are_two_people(folk: People) -> None:
    twins = np.flatnonzero((folk.place == 3) & (folk.birth == np.roll(folk.birth, 1)))
    assert len(twins) > 10
    assert all(folk.household[twin] == folk.household[twin - 1] for twin in twins)


def test_a_junior_bears_the_name_of_the_father_at_home(folk: People) -> None:
    sons = [n for n, suffix in enumerate(folk.suffix.to_pylist()) if suffix]
    heads = np.flatnonzero(folk.place == 0)[folk.household]
    assert len(sons) > 5
    assert all(
        folk.given[son] == folk.given[int(heads[son])] and folk.birth[son] > folk.birth[heads[son]]
        for son in sons
    )


def test_no_two_children_of_a_home_bear_one_name(folk: People) -> None:
    younger = np.flatnonzero(folk.place == 3)
    assert all(folk.given[int(child)] != folk.given[int(child) - 1] for child in younger)


def test_strangers_share_names_as_in_a_real_town(folk: People) -> None:
    names = Counter(zip(folk.given.to_pylist(), folk.family.to_pylist(), strict=True))
    namesakes = sum(count for count in names.values() if count > 1) / len(folk)
    assert 0.05 < namesakes < 0.6


def test_no_two_mailboxes_bear_one_address_unless_a_family_shares_it(folk: People) -> None:
    own = [
        e for e, shared in zip(folk.email.to_pylist(), folk.email_is_shared, strict=True) if e and not shared
    ]
    assert len(own) == len(set(own))


def test_every_address_is_under_a_name_reserved_for_examples(folk: People) -> None:
    assert all(e.endswith((".example", "example.com", "example.org")) for e in folk.email.to_pylist() if e)


def test_who_has_no_e_mail_never_buys_on_the_web(folk: People) -> None:
    silent = np.array(folk.email) == ""
    assert silent.any()
    assert not folk.web_share[silent].any()


def test_movers_kept_their_country(folk: People) -> None:
    assert folk.home.country == folk.home_before.country
    moved = folk.moved_day >= 0
    assert 0.1 < moved.mean() < 0.25
