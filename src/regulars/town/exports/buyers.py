"""Who bought in the web shop, by what an order says: the e-mail, and what the bill calls them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from regulars.model.person import NOBODY


def billed_names(buyers: pa.Table) -> pa.Array:
    """The name on each bill: `given` and `family` of the buyer, as they are written."""
    both = pc.binary_join_element_wise(buyers["given"], buyers["family"], " ")
    return pc.utf8_trim_whitespace(both)


def buyer_keys(buyers: pa.Table) -> pa.Array:
    """The key of a buyer without a number: `email:h.roy@example.com/helene-roy`; the e-mail alone of the nameless."""
    small = pc.utf8_normalize(pc.utf8_lower(billed_names(buyers)), form="NFD")
    words = pc.utf8_trim_whitespace(
        pc.replace_substring_regex(pc.replace_substring_regex(small, r"\p{M}+", ""), r"[^\p{L}\p{N}]+", " ")
    )
    called = pc.binary_join_element_wise("/", pc.replace_substring(words, " ", "-"), "")
    called = pc.if_else(pc.match_substring_regex(words, f"^({NOBODY})$"), "", called)
    return pc.binary_join_element_wise("email:", pc.utf8_lower(buyers["email"]), called, "")
