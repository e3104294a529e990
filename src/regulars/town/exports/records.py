"""What each system of the shop knows of each person, before the dirt: one row a record.

Clients of the two shops (crm), accounts and guests of the web shop (shopify), the till's directory (square), the
mailing list (mailchimp). Some people have no record anywhere but at the till, some have seven.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.buying import STORE, Orders
from regulars.town.people import People
from regulars.town.places import Homes

#: Share of those who buy in the shops who sign up for a card, who sign up again, and once more.
CARD, CARD_AGAIN, CARD_THIRD = 0.72, 0.16, 0.2
#: Share of web customers with an account, and of those with a second one under another e-mail.
ACCOUNT, ACCOUNT_AGAIN = 0.72, 0.12
GUEST = 0.3  #: of web customers with an account have bought as a guest too
TILL, TILL_AGAIN = 0.6, 0.12  #: of those who buy in the shops are in the till's directory, and twice
NEWSLETTER, LEFT_NEWSLETTER = 0.62, 0.14  #: of people with an e-mail are on the list; of those have left it
SECOND_MAILBOX = {"crm": 0.15, "shopify": 0.2, "guest": 0.3, "square": 0.2, "mailchimp": 0.3}
STALE = 0.6  #: of records older than a move or a marriage still say the old address or name


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Records about to be written: whose, where and when."""

    kind: np.ndarray  #: crm, shopify, guest, square or mailchimp
    person: np.ndarray
    day: np.ndarray  #: made on


def records(
    people: People, orders: Orders, first_day: int, last_day: int, rng: np.random.Generator
) -> pa.Table:
    """All records of all systems, clean: `source`, `kind`, `person`, `household`, `day` and text columns."""
    drawn = _drawn(people, orders, first_day, last_day, rng)
    person, rows = drawn.person, pa.array(drawn.person)
    stale = rng.random(len(person)) < STALE
    home = _then(people, (drawn.day < people.moved_day[person]) & stale, person)
    renamed = pa.array((drawn.day < people.renamed_day[person]) & stale)
    suffixed = pa.array(rng.random(len(person)) < 0.3)
    kind = pa.array(drawn.kind)
    return pa.table(
        {
            "source": pc.if_else(pc.equal(kind, "guest"), "shopify", kind),
            "kind": kind,
            "person": rows,
            "household": people.household[person],
            "nation": people.home.country.take(rows),
            "day": drawn.day,
            "given": people.given.take(rows),
            "family": pc.if_else(renamed, people.family_before.take(rows), people.family.take(rows)),
            "suffix": pc.if_else(suffixed, people.suffix.take(rows), ""),
            "email": _mailbox(people, drawn, rng),
            "phone": _line(people, drawn, rng),
            "birth": pa.array(np.datetime_as_string(people.birth)[person]),
            "language": pc.if_else(pa.array(people.french[person]), "fr", "en"),
            "gender": pc.if_else(pa.array(people.woman[person]), "F", "M"),
            **{f: getattr(home, f) for f in Homes.__dataclass_fields__ if f != "area_code"},
        }
    )


def _drawn(people: People, orders: Orders, first_day: int, last_day: int, rng: np.random.Generator) -> Drawn:
    count = len(people)
    here = np.isin(people.home.country.to_numpy(zero_copy_only=False), ("CA",))
    reached = people.email.to_numpy(zero_copy_only=False) != ""
    in_shops = here & (
        (people.web_share < 0.85) | (np.bincount(orders.person, orders.channel == STORE, count) > 0)
    )
    on_web = reached & (
        (people.web_share > 0.3) | (np.bincount(orders.person, orders.channel != STORE, count) > 0)
    )
    buys_on_web = np.bincount(orders.person, orders.channel != STORE, count) > 0

    def some(among: np.ndarray, share: float) -> np.ndarray:
        """Of those who could have one, a share drawn by chance; places in the town."""
        return np.flatnonzero(among & (rng.random(count) < share))

    card = some(in_shops, CARD)
    again = card[rng.random(len(card)) < CARD_AGAIN]
    third = again[rng.random(len(again)) < CARD_THIRD]
    account = some(on_web, ACCOUNT)
    has_account = np.isin(np.arange(count), account)
    guest = np.flatnonzero(buys_on_web & (~has_account | (rng.random(count) < GUEST)))
    till = some(in_shops, TILL)
    parts = {
        "crm": np.concatenate([card, again, third]),
        "shopify": np.concatenate([account, account[rng.random(len(account)) < ACCOUNT_AGAIN]]),
        "guest": guest,
        "square": np.concatenate([till, till[rng.random(len(till)) < TILL_AGAIN]]),
        "mailchimp": some(reached, NEWSLETTER),
    }
    kind = np.repeat(list(parts), [len(part) for part in parts.values()])
    person = np.concatenate(list(parts.values()))
    earliest = np.maximum(people.joined_day[person], first_day - 1500)
    day = earliest + np.floor(rng.random(len(person)) ** 2 * (last_day - earliest)).astype(np.int64)
    by = np.lexsort((person, day, kind))
    return Drawn(kind=kind[by], person=person[by], day=day[by])


def _then(people: People, before: np.ndarray, person: np.ndarray) -> Homes:
    """The home that each record knows: an older one when it was not told of the move."""
    old, new = people.home_before.take(person), people.home.take(person)
    mask = pa.array(before)
    return Homes(
        **{f: pc.if_else(mask, getattr(old, f), getattr(new, f)) for f in Homes.__dataclass_fields__}
    )


def _mailbox(people: People, drawn: Drawn, rng: np.random.Generator) -> pa.Array:
    """The e-mail that each record knows; second accounts of one web customer are under the other one."""
    rows = pa.array(drawn.person)
    shares = np.zeros(len(drawn.kind))
    for kind, share in SECOND_MAILBOX.items():
        shares[drawn.kind == kind] = share
    second = (rng.random(len(shares)) < shares) | _is_again(drawn)
    other = pc.if_else(pa.array(second), people.email_other.take(rows), people.email.take(rows))
    shouted = pa.array((rng.random(len(shares)) < 0.02) & (drawn.kind != "mailchimp"))
    return pc.if_else(shouted, pc.utf8_title(other), other)


def _is_again(drawn: Drawn) -> np.ndarray:
    """Is there an earlier account of the same person in the web shop?"""
    web = np.flatnonzero(drawn.kind == "shopify")
    late = np.ones(len(web), dtype=bool)
    late[np.unique(drawn.person[web], return_index=True)[1]] = False
    again = np.zeros(len(drawn.kind), dtype=bool)
    again[web[late]] = True
    return again


def _line(people: People, drawn: Drawn, rng: np.random.Generator) -> pa.Array:
    rows = pa.array(drawn.person)
    family = pa.array(rng.random(len(drawn.person)) < np.where(drawn.kind == "crm", 0.6, 0.15))
    return pc.if_else(family, people.phone_other.take(rows), people.phone.take(rows))
