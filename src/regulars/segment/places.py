"""The places by which segments can be counted."""

from __future__ import annotations

from collections.abc import Mapping

#: The word of the command, and the operand it means.
PLACES: Mapping[str, str] = {
    "store": "favourite_store",
    "region": "region",
    "city": "city",
    "country": "country",
    "channel": "favourite_channel",
}
