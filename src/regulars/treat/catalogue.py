"""Treatments: what a shop does for whom and when, one a file in `treatments/`; copy a file to add one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from regulars.model.consent import Channel
from regulars.words import LANGUAGES, Language, Text

OfferKind = Literal["none", "percent", "amount", "gift"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the customer gets. No money is lost when it is not used."""

    kind: OfferKind = "none"
    value: Decimal = Decimal(0)  #: percent off, or currency units off; 0 for a gift
    minimum: Decimal = Decimal(0)  #: the purchase it needs, in currency units; 0: any
    expires_days: int = 0  #: days it can be used from the day of the message
    code: str = ""  #: what to say at the till or type on the web
    gift: Text | None = None  #: what is given, for a gift


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is written, in one language, with marks to fill in: given_name, offer, offer_code and shop_name.

    `{{ given_name | default: "to you" }}` says what stands for a name that is not known.

    It never tells what we computed about the reader.
    """

    subject: str
    body: str
    short: str  #: for a text message


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One thing a shop does: its goal, its audience, its moment, its offer, its words."""

    name: str
    title: Text
    goal: Text
    moment: Text  #: when a customer gets it, in words
    audience: str  #: a rule
    priority: int  #: the smaller goes first when several fit one person on one day
    channels: tuple[Channel, ...]  #: the first that may be used is used
    cap_days: int  #: at most once in so many days
    holdout: float | None  #: share kept aside, 0..1; None: the shop's setting
    offer: Offer
    messages: Mapping[Language, Message]


@cache
def treatments() -> Mapping[str, Treatment]:
    """The ready treatments by name, in the order of their priority."""
    read = (_read(path) for path in (Path(__file__).parent / "treatments").glob("*.toml"))
    return MappingProxyType({one.name: one for one in sorted(read, key=lambda one: (one.priority, one.name))})


def _read(path: Path) -> Treatment:
    document = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    holdout = document.get("holdout")
    return Treatment(
        name=path.stem,
        title=Text(**document["title"]),
        goal=Text(**document["goal"]),
        moment=Text(**document["moment"]),
        audience=document["audience"].strip(),
        priority=document["priority"],
        channels=tuple(document["channels"]),
        cap_days=document["cap_days"],
        holdout=None if holdout is None else float(holdout),
        offer=_offer(document.get("offer", {})),
        messages={language: Message(**_stripped(document["message"][language])) for language in LANGUAGES},
    )


def _offer(document: Mapping[str, Any]) -> Offer:
    amounts = {name: Decimal(document[name]) for name in ("value", "minimum") if name in document}
    gift = {"gift": Text(**document["gift"])} if "gift" in document else {}
    return Offer(**{**document, **amounts, **gift})


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items()}
