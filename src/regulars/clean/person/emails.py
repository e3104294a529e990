"""E-mail addresses: small letters, nothing around them, and a reason when one cannot be written to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from email_validator import EmailNotValidError, validate_email
from rapidfuzz import process
from rapidfuzz.distance import OSA

from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.engine import Session
from regulars.engine.statements import statements

#: Providers that most customers of a Canadian, French or American shop write from.
PROVIDERS = (
    "gmail.com", "hotmail.com", "hotmail.ca", "hotmail.fr", "outlook.com", "outlook.fr", "live.com", "live.ca",
    "live.fr",
    "msn.com", "yahoo.com", "yahoo.ca", "yahoo.fr", "icloud.com", "me.com", "aol.com", "videotron.ca", "sympatico.ca",
    "bell.net", "rogers.com", "shaw.ca", "telus.net", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net",
    "comcast.net", "verizon.net", "protonmail.com",
)  # fmt: skip
#: Domains that look like a slip of one above, and are none.
_OTHERS = frozenset(
    (
        "mail.com",
        "ymail.com",
        "email.com",
        "gmx.com",
        "gmx.fr",
        "live.be",
        "hotmail.be",
        "outlook.be",
        "mac.com",
    )
)
#: They write from one domain only: `gmail.ca` is nobody's.
_ONE_ENDING = frozenset(("gmail", "icloud"))
_POINTS = re.compile(r"\s*[.,;]+\s*")
_BETWEEN = re.compile(r"[\s;,/|]+(?:(?:ou|or|et|and)\s+)?")
_NAMED = re.compile(r"[^<>@]+<\s*([^<>\s]+@[^<>\s]+)\s*>[\s;,]*")
_AROUND = re.compile(r"^(?:mailto:)?[\s<('\"\[]+|^mailto:|[\s>)'\"\],;.]+$", re.IGNORECASE)
#: What stands in the field only to fill it; a pattern, in the words of every engine.
FILLERS = (
    r"(none|noone|no|nomail|no-?e?-?mail|n/a|null|nil|xxx+|asdf|qwerty|unknown|inconnu|aucune?|pas-?de-?(mail|courriel|email)"
    r"|sans-?(mail|courriel|email)|no-?reply|anonymous|anonyme)@.*|test@test.*|(x+)@x+\.[a-z]+"
    r"|[^@]*@(none|noemail|nomail|xxx+|null|invalid)\.[a-z]+"
    r"|n/?a|none|null|no|-+|\.+|\?+|x+|0+|unknown|inconnu|aucune?"
)
_SQL = statements(Path(__file__).with_suffix(".sql"))


def settle_emails(session: Session, name: str, relation: str, columns: Sequence[str]) -> None:
    """Leave under `name` the standard form of every address in those columns: `found`, `standard`, `rules`."""
    session.view("found_emails", distinct(relation, columns))
    settle(
        session,
        name,
        _SQL["emails"],
        keys=("found",),
        answers=("standard", "rules"),
        by_hand=email_by_hand,
        parameters={"fillers": FILLERS},
    )


@lru_cache(maxsize=100_000)
def email_by_hand(found: str) -> Answer:
    """The standard form of one address that is not plainly right, or the reason why there is none.

    >>> email_by_hand("<Anna @Example.com>;")
    ('anna@example.com', '"punctuation","spaces","case"')
    >>> email_by_hand("anna.example.com")
    (None, '"invalid: no @"')
    """
    if re.fullmatch(FILLERS, found.strip().lower()):
        return None, written(["invalid: placeholder"])
    several = [one for one in _BETWEEN.split(found) if one]
    if len(several) > 1 and all(one.count("@") == 1 for one in several):
        first, made = email_by_hand(several[0])
        return first, ",".join(filter(None, (written(["first of several"]), made)))
    rules: list[str] = []
    named = _NAMED.fullmatch(found)
    if named:
        rules.append("punctuation")
        found = named[1]
    bare = _AROUND.sub("", _AROUND.sub("", found.strip()))
    if bare != found.strip() and not rules:
        rules.append("punctuation")
    joined = "".join(bare.split())
    if joined != bare or found != found.strip():
        rules.append("spaces")
    if "@" not in joined:
        return None, written(["invalid: no @"])
    if joined.count("@") > 1:
        return None, written(["invalid: two @"])
    try:
        validate_email(joined, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None, written(["invalid: not an e-mail"])
    if "." not in joined.partition("@")[2]:
        return None, written(["invalid: not an e-mail"])
    if joined.lower() != joined:
        rules.append("case")
    return joined.lower(), written(rules)


def likely_meant(email: str) -> str | None:
    """The address that was probably meant when its domain is one slip away from a great provider's; else None.

    Suggested to a person, never applied: `gmial.com` exists. What cannot be an address at all may have its point or
    its @ put right.

    >>> likely_meant("anna@gmial.com"), likely_meant("anna@gmail.com"), likely_meant("anna@example.com")
    ('anna@gmail.com', None, None)
    >>> likely_meant("anna@@gmail,com"), likely_meant("anna@hotmail"), likely_meant("anna gmail.com")
    ('anna@gmail.com', 'anna@hotmail.com', 'anna@gmail.com')
    """
    text = _POINTS.sub(".", email.strip().lower())
    local, at, domain = re.sub(r"@+", "@", text).partition("@")
    if not at:
        local, _space, domain = text.rpartition(" ")
    local, domain = local.rstrip("."), domain.strip(". ")
    meant = f"{local}@{domain if domain in PROVIDERS else provider_meant(domain)}"
    if not re.fullmatch(r"[^\s@]+@\S+\.\S+", meant) or meant == email.strip().lower():
        return None
    return meant


def provider_meant(domain: str) -> str | None:
    """The great provider's domain that one was probably meant to be; None when it is right or another's."""
    if domain in PROVIDERS or domain in _OTHERS:
        return None
    name = domain.partition(".")[0]
    if name in _ONE_ENDING:
        return f"{name}.com"
    if "." not in domain:
        return next(
            (one for one in PROVIDERS if domain in (one.replace(".", ""), one.partition(".")[0])), None
        )
    near = process.extractOne(
        domain, PROVIDERS, scorer=OSA.distance, score_cutoff=1 if len(domain) < 9 else 2
    )
    return near[0] if near and abs(len(near[0]) - len(domain)) <= 1 else None
