"""Look-alikes: who is most like the people of a rule, at the last build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.chain.plan import profiles_file
from regulars.flow.chain.told import catalogue, lay_told, told
from regulars.flow.export import write_rows
from regulars.model.person import PERSON_ID_SQL
from regulars.segment import lookalike
from regulars.segment.language.rules import compile_rule
from regulars.segment.lookalike import LookAlikes
from regulars.segment.ready import ready_segments
from regulars.words import _

_MOST = 0.5


def look_alikes(ground: Ground, text: str, *, share: float, also: Sequence[str]) -> LookAlikes:
    """Of a rule, or of the ready segment of that name."""
    if not 0 < share <= _MOST:
        raise Invalid(
            _("the share of people to list is over 0 and at most 50 %"), _("take 5, for the 5 % most alike")
        )
    rule = f"in_segment('{text}')" if text in ready_segments() else text
    file = profiles_file(ground)
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "profiles")
        happened = ground.lake.result(connection, "happened")
    named = told(ground) if "." in rule else {}
    known, currency = catalogue(named), ground.settings.shop.currency
    read = compile_rule(rule, known, as_of=found[1] if found else 0, currency=currency)
    with ground.engine.session() as session:
        asked = {name: named[name] for name in read.names if name in named}
        session.parquet("own_profiles" if asked else "profiles", [file], pa.schema([]))
        if asked:
            lay_told(session, ground, asked)
        if happened is not None:
            session.parquet("happened", [happened[0]], pa.schema([]))
        return lookalike.look_alikes(session, read, known, share=share, also=also)


def write(ground: Ground, found: LookAlikes, output: Path) -> int:
    """Write the list to a file, the most alike first; the number of people."""
    person = pa.array([one for one, _score in found.like], pa.int64())
    place = pa.array(range(1, len(found.like) + 1), pa.int64())
    sql = (
        f"select {PERSON_ID_SQL.format(person='person')} as person_id, place from look_alikes order by place"
    )
    return write_rows(ground, {"look_alikes": pa.table({"person": person, "place": place})}, sql, output)
