"""What is made of the facts of people: cards, norms, groups, plans, first figures; and what people say of the cards."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, Text

from regulars.store.tables.columns import GOES, PERSON_FIELDS, Erasure, Number, number, table, text

people = table(
    "people",
    "profile",
    number("person", key=True),
    *(text(name, personal=True) for name in PERSON_FIELDS),
    number("records", null=False),
    text("provenance", null=False, personal=True),  # JSON: {field: {source, source_key, seen_us, rule}}
    *(text(f"consent_{channel}", null=False) for channel in ("email", "sms", "phone", "post")),
    text("consent_provenance", null=False),  # JSON: {channel: {source, basis, at_us, dated}}
    erasure=Erasure("apart"),
)
locks = table(
    "locks",
    "profile",
    Column("lock_id", Number, primary_key=True),
    number("record", null=False),
    text("field", null=False),
    text("value", personal=True),  # in standard form; null: the field is kept empty
    text("who", null=False, personal=True),
    text("why", null=False, personal=True),
    number("at_us", null=False),
    number("released_us"),  # null: it holds
    text("released_by", personal=True),
    Index("locks_of_record", "record"),
    erasure=GOES,
)
norms = table(
    "norms",
    "indicators",
    number("as_of", key=True),
    Column("name", Text, primary_key=True),
    number("position", key=True),
    Column("value", Double, nullable=False),
)
models = table(
    "models",
    "predict",
    number("as_of", key=True),
    Column("model", Text, primary_key=True),
    text("report", null=False),  # JSON: what the model says of itself, `model.report.ModelReport`
)
segment_sizes = table(
    "segment_sizes",
    "segment",
    Column("segment", Text, primary_key=True),
    number("as_of", key=True),
    number("members", null=False),
)
memberships = table(
    "memberships",
    "segment",
    Column("segment", Text, primary_key=True),
    number("person", key=True),
    number("since", key=True),  # the evening of the first build that found them in it
    number("until"),  # the evening of the first build that did not any more; null: they are in it
    clustered=True,
    erasure=Erasure("go", ("person",)),
)
decisions = table(
    "decisions",
    "treat",
    number("day", key=True),
    number("person", key=True),
    text("treatment"),
    text("channel"),
    Column("chosen", Boolean, nullable=False),
    Column("holdout", Boolean, nullable=False),
    text("language", null=False),
    text("reason_en", null=False, personal=True),
    text("reason_fr", null=False, personal=True),
    erasure=Erasure("go", ("person",)),
)
plans = table(
    "plans",
    "treat",
    number("day", key=True),
    Column("whole", Boolean, nullable=False),  # false while it is written: nobody reads half a plan
    number("made_us", null=False),
)
baselines = table(
    "baselines",
    "measure",
    number("as_of", key=True),
    Column("figure", Text, primary_key=True),
    Column("value", Double, nullable=False),
    text("unit", null=False),
)
