"""A small shop to plan for: people with what the treatments ask about, and all channels open unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.clock import parse_day
from regulars.segment.language.operands import catalogue
from regulars.settings import PlanSettings, Settings
from regulars.treat.catalogue import treatments
from regulars.treat.plan import audiences_of, plan

DAY = parse_day("2026-12-05")
ARROW = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(), "BOOLEAN": pa.bool_()}
OPERANDS = catalogue()
ORDINARY: Mapping[str, object] = {
    "language": "en", "stage": "active", "orders_lifetime": 5, "birth_month": 3, "days_since_first_order": 400,
    "days_since_last_order": 20, "consent_email": "granted", "has_email": True, "consent_sms": "unknown",
    "has_phone": True, "has_mobile": True, "consent_phone": "unknown", "consent_post": "unknown", "has_address": True,
}  # fmt: skip
NEW: Mapping[str, object] = {"stage": "new", "orders_lifetime": 1, "days_since_first_order": 3}
DUE: Mapping[str, object] = {"stage": "due"}
LATE: Mapping[str, object] = {"stage": "late", "days_since_last_order": 200}
BIRTHDAY: Mapping[str, object] = {"birth_month": 12}
PAST = pa.schema(
    [("person", pa.int64()), ("day", pa.int64()), ("treatment", pa.string()), ("chosen", pa.bool_())]
)
Person = Mapping[str, object]
Past = tuple[int, int, str, bool]
Plans = Callable[..., pa.Table]


def profiles(people: list[Person]) -> pa.Table:
    said = [{**ORDINARY, **person} for person in people]
    columns = {name: pa.array([one.get(name) for one in said], ARROW[o.type]) for name, o in OPERANDS.items()}
    for name in ("email", "phone"):
        columns[name] = pa.array([one.get(name) for one in said], pa.string())
    columns["consent_provenance"] = pa.array(
        [one.get("consent_provenance", "{}") for one in said], pa.string()
    )
    return pa.table({"person": pa.array(range(1, len(people) + 1), pa.int64()), **columns})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with DuckDBEngine(tmp_path).session() as opened:
        yield opened


@pytest.fixture
def planned(session: Session) -> Plans:
    """Plans 5 December 2026 for these people, numbered from 1, without a control group unless a share is given."""

    def planned(
        *people: Person, past: tuple[Past, ...] = (), holdout: float = 0.0, day: int = DAY, salt: str = "salt"
    ) -> pa.Table:
        session.table("profiles", profiles(list(people)))
        ready = treatments()
        return plan(
            session,
            ready,
            audiences_of(ready, OPERANDS, day=day, currency="CAD"),
            day=day,
            salt=salt,
            settings=Settings(plan=PlanSettings(holdout=holdout)),
            previous=pa.Table.from_pylist([dict(zip(PAST.names, row, strict=True)) for row in past], PAST),
        )

    return planned
