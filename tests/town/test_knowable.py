"""Which records of one person anybody could tell to be one, who had all the files."""

from __future__ import annotations

import csv
import json
from collections import defaultdict

import numpy as np
import pyarrow.parquet as pq

from regulars.town import Town


def _chains(town: Town) -> dict[tuple[str, str], tuple[int, int]]:
    records = pq.read_table(town.truth["records"]).to_pylist()
    return {(row["source"], row["source_key"]): (row["person"], row["chain"]) for row in records}


def _sharing(town: Town, column: str) -> dict[str, set[tuple[int, int]]]:
    """Person and chain of the clients of the shops, by a cell."""
    known, found = _chains(town), defaultdict(set)
    with town.exports["crm_clients.csv"].open(encoding="cp1252", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row.get(column) and ("crm", row["No client"]) in known:
                found[row[column].lower()].add(known["crm", row["No client"]])
    return found


def test_a_chain_is_of_one_person_and_most_but_not_all_pairs_can_be_known(town: Town) -> None:
    person, chain = np.array(list(_chains(town).values())).T
    _, first = np.unique(chain, return_index=True)
    assert np.array_equal(person[first][np.searchsorted(chain[first], chain)], person)
    sizes = [np.unique(numbers, return_counts=True)[1] for numbers in (chain, person)]
    known, true = (int((size * (size - 1)).sum()) for size in sizes)
    assert 0.5 < known / true < 0.8


def test_two_cards_under_an_address_of_ones_own_are_linked(town: Town) -> None:
    own = [
        found for found in _sharing(town, "Courriel").values() if len({person for person, _ in found}) == 1
    ]
    assert len(own) > 100
    assert {len(found) for found in own} == {1}


def test_who_browses_under_a_number_and_never_signs_in_is_linked_to_nobody(town: Town) -> None:
    events = [
        json.loads(line)
        for line in town.exports["app_events.jsonl"].read_text().splitlines()
        if line.endswith("}")
    ]
    signed = {event["user_id"] for event in events if event["event"] == "Signed In"}
    users = {event["user_id"] for event in events if event.get("user_id")} - signed
    known = _chains(town)
    others = {chain for (_, key), (_, chain) in known.items() if key.removeprefix("user:") not in users}
    assert users
    assert all(
        known["app", f"user:{user}"][1] not in others for user in users if ("app", f"user:{user}") in known
    )
