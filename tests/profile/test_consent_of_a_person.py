"""What may be written to whom: a no stands until a later express yes, and the stricter of two records wins."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import tried
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.consent import EXPRESS, STRICTNESS
from regulars.profile.golden import settle_consents
from regulars.store.rows import schema_of
from regulars.store.tables import consents

Fact = tuple[str, str, int, int | None]  # state, basis, at_us, expires_us


def held(*records: list[Fact], as_of_us: int = 40) -> str | None:
    """The state that holds for a person of these records, each with what was said to it; None when nothing is known."""
    rows = [
        {
            "record": record, "fact": number, "channel": "email", "purpose": "marketing", "state": state,
            "basis": basis, "source": "crm", "at_us": at_us, "expires_us": expires_us,
        }
        for record, facts in enumerate(records)
        for number, (state, basis, at_us, expires_us) in enumerate(facts)
    ]  # fmt: skip
    who = {"record": list(range(len(records))), "person": [1] * len(records)}
    with DuckDBEngine(Path("unused")).session() as session:
        session.table("consents", pa.Table.from_pylist(rows, schema_of(consents)))
        session.table("identity", pa.table(who, pa.schema([("record", pa.int64()), ("person", pa.int64())])))
        settle_consents(session, as_of_us=as_of_us)
        found = session.rows("select state from person_consents")["state"].to_pylist()
    return found[0] if found else None


facts = st.lists(
    st.tuples(
        st.sampled_from(STRICTNESS),
        st.sampled_from(["asserted", "implied", EXPRESS]),
        st.integers(0, 20),
        st.none() | st.integers(1, 30),
    ),
    max_size=5,
)


@pytest.mark.slow
@tried(30)
@given(known=facts, at_us=st.integers(0, 30))
def test_an_asserted_yes_never_overrides_a_no_whatever_its_date(known: list[Fact], at_us: int) -> None:
    before = held(known)
    if before in ("denied", "withdrawn"):
        assert held([*known, ("granted", "asserted", at_us, None)]) == before


@pytest.mark.slow
@tried(30)
@given(known=facts)
def test_the_last_word_holds_when_it_is_an_express_yes_or_a_leave(known: list[Fact]) -> None:
    assert held([*known, ("granted", EXPRESS, 21, None)]) == "granted"
    assert held([*known, ("withdrawn", "asserted", 30, None)]) == "withdrawn"


@pytest.mark.slow
@tried(30)
@given(known=facts, seed=st.randoms())
def test_the_order_of_arrival_does_not_matter(known: list[Fact], seed: object) -> None:
    mixed = sorted(known, key=lambda _fact: seed.random())  # type: ignore[attr-defined]
    assert held(mixed, as_of_us=25) == held(known, as_of_us=25)


@pytest.mark.slow
@tried(30)
@given(one=facts, other=facts)
def test_of_two_records_of_one_person_the_stricter_answer_holds(one: list[Fact], other: list[Fact]) -> None:
    known = [state for state in (held(one), held(other)) if state is not None]
    assert held(one, other) == min(known, key=lambda state: STRICTNESS.index(state), default=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "as_of_us"),
    [([("granted", "implied", 1, 5)], 5), ([], 5), ([("granted", EXPRESS, 9, None)], 5)],
)
def test_an_expired_yes_is_no_yes_and_nothing_is_known_of_nobody(known: list[Fact], as_of_us: int) -> None:
    assert held(known, as_of_us=as_of_us) is None


def test_a_yes_here_and_nobody_asked_there_is_no_yes() -> None:
    assert held([("granted", "asserted", 1, None)], [("unknown", "asserted", 1, None)]) == "unknown"
