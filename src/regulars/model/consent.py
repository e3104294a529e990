"""Consent: may we write to somebody, on which channel, for what, and how do we know?"""

from __future__ import annotations

from typing import Literal

ConsentState = Literal["granted", "denied", "withdrawn", "unknown"]
Channel = Literal["email", "sms", "phone", "post"]

#: From the strictest to the loosest: when two records of one person differ, the stricter wins. What holds for a record,
#: and then for a person, is told by `profile/golden.sql` and nowhere else.
STRICTNESS: tuple[ConsentState, ...] = ("withdrawn", "denied", "unknown", "granted")
MARKETING = "marketing"  #: the purpose of every message that is not about an order
#: The basis of a yes that came with its date and its source. Others are `asserted` (a plain "yes" in a file: the import
#: says so, and nothing else does) and `implied` (somebody bought, and was not asked; it expires).
EXPRESS = "express"
