"""The baseline beside today: the shop's first figures, and the same figures of the last build."""

from __future__ import annotations

import pyarrow as pa

from regulars.errors import Refused
from regulars.flow import Ground
from regulars.measure.baseline import Baseline, baseline_figures, baseline_of, read_baseline
from regulars.words import _


def then_and_now(ground: Ground) -> tuple[Baseline, Baseline]:
    """The frozen figures, and those of the last build; `Refused` while nobody is known to have bought."""
    with ground.store.read() as connection:
        then = baseline_of(read_baseline(connection))
        found = {name: ground.lake.result(connection, name) for name in ("profiles", "happened")}
    profiles, happened = found["profiles"], found["happened"]
    if profiles is None or happened is None:
        raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
    with ground.engine.session() as session:
        session.parquet("profiles", [profiles[0]], pa.schema([]))
        session.parquet("happened", [happened[0]], pa.schema([]))
        now = baseline_of(baseline_figures(session, as_of=profiles[1]))
    if then is None or now is None:
        raise Refused(
            _("no baseline stands yet: nobody is known to have bought"),
            _("load orders, then run `regulars build`"),
        )
    return then, now
