"""What the simulator's town must come to: its dirty exports loaded as a shop loads them, marked on who can be known.

The town of 20,000, which must come to .98, takes a minute: `python -m bench match --set "town 20 k"`.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.match import ours, table, town

from regulars.town.grade import pairwise


@pytest.mark.slow
def test_a_town_of_four_thousand_is_known_again(tmp_path: Path) -> None:
    file = tmp_path / "records.parquet"
    table.write(town.people(4_000), file)
    ours.fill(file, tmp_path)
    ours.run(tmp_path)
    person, review = ours.found(tmp_path)
    records = pq.read_table(file)
    truth = records["truth"].to_pylist()
    marks = pairwise(truth, person, records["chain"].to_pylist())
    assert marks.f1 >= 0.975
    assert marks.precision >= 0.99
    assert len(review) <= 0.05 * len(truth)
    said = records.select(list(town.TELLING)).to_pylist()
    kin = town.kin_merged(truth, records["kin"].to_pylist(), person, said)
    assert kin.families > 10
    assert kin.tellable == 0
    assert kin.merged <= 0.1 * kin.families
