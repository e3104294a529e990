"""Every table of the store: its columns, its owner (the one room that writes it), and which columns are personal.

Facts (`record_versions`, `order_lines`, `events`, `consents`, `products`, `reference`) are append-only and carry
`fact`, a number that grows, and `import_id`, the import they came with. A fact that a newer version replaces is kept
and marked `superseded_by` that import, so that undoing the import brings it back. Facts hang on records, never on
people; `identity` is the only link.

Instants are microseconds since 1970 UTC (`…_us`), days are days since 1970 in the shop's zone, money is in minor
units of the fact's own currency.

    columns   how tables and columns are declared
    files     imports and the meanings of columns                     sources
    facts     records and the facts that hang on them                 clean
    matching  persons, links, verdicts                                match
    derived   cards, locks, norms, models, groups, plans, first figures   profile … measure
    ledgers   rejects, touched, unbuilt, suppressions, audit, the lake's files  store
"""

from __future__ import annotations

from regulars.store.tables.columns import PERSON_FIELDS, metadata
from regulars.store.tables.derived import (
    baselines,
    decisions,
    locks,
    memberships,
    models,
    norms,
    people,
    plans,
    segment_sizes,
)
from regulars.store.tables.facts import (
    NOBODY,
    consents,
    events,
    former_records,
    identifiers,
    order_lines,
    orders,
    products,
    quality_figures,
    record_versions,
    records,
    reference,
    traits,
)
from regulars.store.tables.files import imports, outside_sources, source_mappings
from regulars.store.tables.ledgers import (
    audit,
    lake_files,
    meta,
    rejects,
    results,
    suppressions,
    touched,
    unbuilt,
)
from regulars.store.tables.matching import (
    household_members,
    households,
    identity,
    links,
    match_models,
    persons,
    put_off,
    review_pairs,
    verdicts,
)

__all__ = [
    "NOBODY", "PERSON_FIELDS", "audit", "baselines", "consents", "decisions", "events", "former_records",
    "household_members", "households", "identifiers", "identity", "imports", "lake_files", "links", "locks",
    "match_models", "memberships", "meta", "metadata", "models", "norms", "order_lines", "orders",
    "outside_sources", "people", "persons", "plans", "products", "put_off", "quality_figures", "record_versions",
    "records", "reference", "rejects", "results", "review_pairs", "segment_sizes", "source_mappings",
    "suppressions", "touched", "traits", "unbuilt", "verdicts",
]  # fmt: skip
