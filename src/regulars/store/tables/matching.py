"""Who is who: persons, the records that are theirs, and why."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Text

from regulars.store.tables.columns import Erasure, Number, number, table, text

persons = table(
    "persons",
    "match",
    number("person", key=True),
    number("born_us", null=False),
    number("merged_into"),  # the person this id now resolves to; null while it stands for itself
    erasure=Erasure("kept", why="every id ever issued resolves, be it to nobody"),
)
identity = table(
    "identity",
    "match",
    number("record", key=True),
    number("since_us", key=True),
    number("until_us"),  # null: now
    number("person", null=False),
    Index("identity_of_person", "person"),
    clustered=True,
    erasure=Erasure("apart"),
)
households = table(
    "households",
    "match",
    number("household", key=True),
    number("born_us", null=False),
    number("merged_into"),  # the household this id now resolves to; null while it stands for itself
)
household_members = table(
    "household_members",
    "match",
    number("person", key=True),
    number("since_us", key=True),
    number("until_us"),  # null: now
    number("household", null=False),
    Index("members_of_household", "household"),
    erasure=Erasure("go", ("person",)),
)
links = table(
    "links",
    "match",
    Column("link_id", Number, primary_key=True),
    number("record_a", null=False),
    number("record_b", null=False),
    text("kind", null=False),  # exact, model, human
    text("rule", null=False, personal=True),  # which identifier, which model, who
    Column("weight", Double),  # bits
    Column("probability", Double),
    text("fields"),  # JSON: bits a field
    text("model_version"),
    number("at_us", null=False),
    Index("links_of_a", "record_a"),
    Index("links_of_b", "record_b"),
    erasure=Erasure("go", ("record_a", "record_b")),
)
verdicts = table(
    "verdicts",
    "match",
    Column("verdict_id", Number, primary_key=True),
    number("record_a", null=False),
    number("record_b", null=False),
    text("verdict", null=False),  # same, different
    text("who", null=False, personal=True),
    number("at_us", null=False),
    number("withdrawn_us"),
    text("asked"),  # review, sample, or named: nobody asked; null: no more than a consequence of an answer
    text(
        "zone"
    ),  # where the pair stood when it was answered: automatic, review, held, none; null: it had no weight
    Column("weight", Double),  # bits, then
    Column("probability", Double),  # then
    text("fields"),  # JSON: bits a field, then
    text("model_version"),  # by which it was weighed, then
    Index("verdicts_of_a", "record_a"),
    Index("verdicts_of_b", "record_b"),
    erasure=Erasure("go", ("record_a", "record_b")),
)
put_off = table(
    "put_off",
    "match",
    number("record_a", key=True),
    number("record_b", key=True),
    number("fact", null=False),  # the newest that the two told when somebody said: later
    text("who", null=False, personal=True),
    number("at_us", null=False),
    Index("put_off_of_b", "record_b"),
    erasure=Erasure("go", ("record_a", "record_b")),
)
match_models = table(
    "match_models",
    "match",
    Column("version", Text, primary_key=True),
    number("at_us", null=False),
    number("records", null=False),
    text("model", null=False, personal=True),  # JSON; it knows the names and cities that many have
    erasure=Erasure("apart"),
)
review_pairs = table(
    "review_pairs",
    "match",
    number("record_a", key=True),
    number("record_b", key=True),
    Column("weight", Double, nullable=False),
    Column("probability", Double, nullable=False),
    text("fields", null=False),  # JSON: bits a field
    text("reason", null=False),
    Index("review_pairs_of_b", "record_b"),
    erasure=Erasure("go", ("record_a", "record_b")),
)
