"""Which kind of file it is, when nobody says: the kind whose own columns are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulars.errors import Invalid
from regulars.model.fields import KINDS
from regulars.sources.found import Found
from regulars.sources.guesses import Guess
from regulars.words import _

#: Kinds from the most particular to the least. A file is the first one of which it has every group of fields, one of
#: each group, and none of the fields after "not".
_MARKS: tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
    ("reviews", (("rating",), ("text",), ("at",)), ()),
    ("events", (("event",), ("at",), ("customer_key", "email", "user_id", "phone", "loyalty_card")), ()),
    ("orders", (("order_id",), ("ordered_at",), ("paid", "line_total", "unit_price")), ()),
    ("tickets", (("text",), ("at",), ("customer_key", "email", "phone")), ()),
    ("people", (("email", "phone", "given_name", "family_name", "birth_date", "loyalty_card"),), ()),
    ("products", (("product_id",), ("unit_price", "brand", "category", "unit_cost", "stock")), ()),
    ("people", (("full_name",), ("address_line", "street", "city", "postcode", "gender", "age", "language")), ()),
    ("products", (("product_id",), ("product_name",)), ("customer_key",)),
    ("stores", (("store",), ("store_name", "city", "address_line", "postcode")), ()),
    ("messages", (("campaign",), ("at",), ("email", "customer_key", "user_id")), ()),
    ("people", (("source_key",), ("age", "gender", "city", "postcode", "language", "full_name")), ()),
    ("areas", (("postcode",),), ()),
)
_SURE = 0.6  #: confidence of a column that may decide the kind


def choose(guessed: Mapping[str, Sequence[Guess]], found: Found) -> str:
    """The kind of a file, from the guesses for every kind; `Invalid` when it is none."""
    for kind, groups, never in _MARKS:
        fields = {guess.field for guess in guessed[kind] if guess.confidence >= _SURE}
        if all(not fields.isdisjoint(group) for group in groups) and fields.isdisjoint(never):
            return kind
    raise Invalid(
        _("'{file}': its columns do not tell what it is about: {columns}", file=found.path.name, columns=", ".join(found.header[:30])),
        _("say it with --kind ({kinds}), or give a mapping file with --mapping", kinds=", ".join(KINDS)),
    )
