"""Splink on the same records, as its documentation sets it up for people.

Comparisons of its library with their default levels, term frequencies for names and city, a prior from deterministic
rules, u by random sampling, m by expectation-maximisation in two blocks, groups at p >= .95. Only columns that a
twentieth of the records fill are compared, and only rules whose columns are compared block.
"""

from __future__ import annotations

import contextlib
import io
import logging
import time
import warnings
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.match.table import ASIDE, NUMBER

#: Together they bring at least five candidate pairs a record on the made-up people.
_RULES = (
    ("given_name", "family_name"),
    ("birth_date", "left(given_name, 1)"),
    ("birth_date", "left(family_name, 1)"),
    ("email",),
    ("phone",),
    ("postcode", "family_name"),
    ("postcode", "given_name"),
    ("street", "house_number"),
    ("left(street, 8)", "family_name"),
    ("city", "given_name", "left(family_name, 2)"),
)
#: They tell how many pairs are one person, before anything is learnt.
_CERTAIN = (
    ("email",),
    ("phone",),
    ("given_name", "family_name", "birth_date"),
    ("given_name", "family_name", "street"),
)
_PROBABILITY = 0.95


def run(file: Path) -> tuple[float, int, list[int]] | None:
    """CPU seconds, how many pairs were scored above p = .01, and the group of each record in the records' order; None
    where it cannot be trained on these records."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    table = pq.read_table(file).drop_columns(ASIDE)
    used = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        linked = _linked(table)
    return (time.process_time() - used, *linked) if linked else None


def _linked(table: pa.Table) -> tuple[int, list[int]] | None:
    import duckdb
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI
    from splink.internals.exceptions import EMTrainingException

    names = _filled(table)
    numbers = [name for name in names if name.startswith(NUMBER)]
    rules = [*(rule for rule in _RULES if _columns(rule) <= set(names)), *((name,) for name in numbers)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        comparisons=_comparisons(names, numbers),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
        retain_matching_columns=False,
    )
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    connection.execute("set enable_progress_bar = false")
    linker = Linker(DuckDBAPI(connection).register(table), settings, log_level=None)
    certain = [rule for rule in _CERTAIN if _columns(rule) <= set(names)]
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on(*rule) for rule in certain], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1, min_count_per_level=20, num_chunks=4)
    blocks = (("given_name", "family_name"), ("birth_date",) if "birth_date" in names else ("postcode",))
    try:
        for rule in blocks:
            training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    except (ValueError, EMTrainingException):  # a level that no pair of a block is at gets the chance 0
        return None
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=_PROBABILITY
    )
    grouped = clusters.as_duckdbpyrelation().to_arrow_table().sort_by("record")
    count = predicted.as_duckdbpyrelation().count("*").fetchall()[0][0]
    return int(count), grouped["cluster_id"].to_pylist()


def _filled(table: pa.Table) -> list[str]:
    least = len(table) / 20
    return [name for name in table.column_names if len(table) - table[name].null_count > least]


def _columns(rule: tuple[str, ...]) -> set[str]:
    return {part.removeprefix("left(").partition(",")[0] for part in rule}


def _comparisons(names: list[str], numbers: list[str]) -> list[Any]:
    import splink.comparison_library as library

    known = {
        "middle_name": library.ExactMatch("middle_name"),
        "birth_date": library.DateOfBirthComparison("birth_date", input_is_string=True),
        "email": library.EmailComparison("email"),
        "phone": library.ExactMatch("phone"),
        "street": library.JaroWinklerAtThresholds("street"),
        "house_number": library.ExactMatch("house_number"),
        "postcode": library.ExactMatch("postcode"),
        "city": library.ExactMatch("city").configure(term_frequency_adjustments=True),
    }
    return [
        library.ForenameSurnameComparison("given_name", "family_name"),
        *(comparison for name, comparison in known.items() if name in names),
        *(library.DamerauLevenshteinAtThresholds(name) for name in numbers),
    ]
