"""Count: how many people a rule holds at the last build, and how large each ready segment is."""

from __future__ import annotations

import pyarrow as pa

from regulars.flow import Ground
from regulars.flow.plan import profiles_file
from regulars.segment import count, operands
from regulars.segment.count import Count
from regulars.segment.ready import ready_segments
from regulars.segment.rules import Rule, compile_rule


def count_rule(ground: Ground, text: str) -> tuple[Rule, Count]:
    """Read a rule and count it over the newest profiles."""
    file = profiles_file(ground)
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "profiles")
    as_of = found[1] if found else 0
    rule = compile_rule(text, operands.catalogue(), as_of=as_of, currency=ground.settings.shop.currency)
    with ground.engine.session() as session:
        session.parquet("profiles", [file], pa.schema([]))
        return rule, count.count(session, rule)


def segment_sizes(ground: Ground) -> dict[str, int]:
    """The size of each ready segment at the last build, in the order of the ladder."""
    profiles_file(ground)
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "segments")
    with ground.engine.session() as session:
        if found is not None:
            session.parquet(count.MEMBERS, [found[0]], pa.schema([]))
        return dict(count.sizes(session, ready_segments()))
