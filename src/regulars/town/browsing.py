"""What people do on the web, in the app and with newsletters: one JSON object a line, in Segment's words.

Somebody logged in is known by `user_id`, a reader of the newsletter by `email`; most users sign in once with both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town import writing
from regulars.town.breakage import some
from regulars.town.buying import APP, STORE, Lines, Orders, Visits
from regulars.town.contacts import Contacts
from regulars.town.goods import Goods
from regulars.town.people import People

USERS = 0.6  #: of people with an account log in, so that their browsing is known
SIGNED_IN = 0.7  #: of users are seen once with their e-mail
NEWSLETTER_EVERY = 14  #: days
BOUNCES = 0.03  #: of addresses on the list bounce once


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What was written of browsing and mail."""

    rows: int
    users: pa.Table  #: user_id and person of everybody who was seen logged in
    readers: pa.Table  #: email and person of everybody whom an event names by e-mail, small letters
    dirt: Counter[str]


def write_events(
    path: Path, orders: Orders, lines: Lines, goods: Goods, known: Contacts, people: People, seen: Visits,
    first_day: int, last_day: int, rng: np.random.Generator,
) -> Trail:  # fmt: skip
    """Write the events of the days that the files cover, by time."""
    user = _users(known, rng)
    parts = [
        _shopping(orders, lines, user, goods, rng),
        _looking(people, user, goods, seen, first_day, last_day, rng),
        _signing_in(known, user, first_day, last_day, rng),
        _mail(known, people, seen, first_day, last_day, rng),
    ]
    events = pa.concat_tables(parts)
    by = np.lexsort((np.arange(len(events)), np.array(events["second"]), np.array(events["day"])))
    events = events.take(pa.array(by)).combine_chunks()
    written = _json(events)
    rows = some(np.arange(len(written)), rng)
    for row in rows:
        written[row] = written[row][: len(written[row]) // 2]
    path.write_bytes(("\n".join(written) + "\n").encode())
    logged = np.flatnonzero(user >= 0)
    users = pa.table({"user_id": _user_ids(user[logged]), "person": logged})
    return Trail(
        rows=len(written),
        users=users.filter(pc.is_in(users["user_id"], value_set=pc.unique(events["user_id"]))),
        readers=_readers(known, events),
        dirt=Counter({"cut JSON lines": len(rows)}),
    )


def _users(known: Contacts, rng: np.random.Generator) -> np.ndarray:
    """The user number of each person, -1 for those who never log in."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    owner = np.unique(person[kind == "shopify"])
    owner = owner[rng.random(len(owner)) < USERS]
    user = np.full(int(person.max(initial=0)) + 1, -1)
    user[owner] = rng.permutation(len(owner)) + 1000
    return user


def _user_ids(numbers: np.ndarray) -> pa.Array:
    known = pc.binary_join_element_wise("u", pc.utf8_lpad(writing.text(np.maximum(numbers, 0)), 7, "0"), "")
    return pc.if_else(pa.array(numbers < 0), "", known)


def _events(
    name: str, day: np.ndarray, second: np.ndarray, *, user: np.ndarray | None = None, email: pa.Array | None = None,
    product: pa.Array | None = None, channel: pa.Array | str = "web", campaign: pa.Array | None = None,
) -> pa.Table:  # fmt: skip
    count = len(day)
    nothing = pa.array(np.full(count, ""))
    return pa.table(
        {
            "event": pa.array(np.full(count, name)),
            "day": day.astype(np.int64),
            "second": np.clip(second, 5 * 3600, 86_399).astype(np.int64),
            "user_id": nothing if user is None else _user_ids(user),
            "email": nothing if email is None else email,
            "product_id": nothing if product is None else product,
            "channel": pa.array(np.full(count, channel)) if isinstance(channel, str) else channel,
            "campaign": nothing if campaign is None else campaign,
        }
    )


def _shopping(
    orders: Orders, lines: Lines, user: np.ndarray, goods: Goods, rng: np.random.Generator
) -> pa.Table:
    """Before a web order its articles are looked at, and most are put in the cart."""
    rows = np.flatnonzero((orders.channel[lines.order] != STORE) & (user[orders.person[lines.order]] >= 0))
    order = lines.order[rows]
    channel = pc.if_else(pa.array(orders.channel[order] == APP), "app", "web")
    product = pa.array(goods.sku).take(pa.array(lines.product[rows]))
    before = rng.integers(120, 2400, size=len(rows))
    added = np.flatnonzero(rng.random(len(rows)) < 0.85)
    day, second, who = orders.day[order], orders.second[order], user[orders.person[order]]
    views = _events("Product Viewed", day, second - before, user=who, product=product, channel=channel)
    pick = pa.array(added)
    return pa.concat_tables(
        [
            views,
            _events(
                "Product Added", day[added], second[added] - before[added] // 2, user=who[added],
                product=product.take(pick), channel=channel.take(pick),
            ),
        ]
    )  # fmt: skip


def _looking(
    people: People,
    user: np.ndarray,
    goods: Goods,
    seen: Visits,
    first_day: int,
    last_day: int,
    rng: np.random.Generator,
) -> pa.Table:
    """Looks without buying, on days between joining and leaving."""
    who = np.flatnonzero(user >= 0)
    start = np.maximum(people.joined_day[who], first_day)
    until = np.where(seen.left_day[who] >= 0, np.clip(seen.left_day[who], start, last_day), last_day)
    often = 1.5 * (until - start) / (people.gap_days[who] + 20)
    person = np.repeat(np.arange(len(who)), rng.poisson(often))
    day = start[person] + np.floor(rng.random(len(person)) * (until - start + 1)[person]).astype(np.int64)
    person = who[person]
    second = ((people.hour[person] + rng.normal(1, 2.5, size=len(person))) * 3600).astype(np.int64)
    product = pa.array(goods.sku).take(pa.array(goods.pick(people.category[person], rng)))
    channel = pc.if_else(pa.array(rng.random(len(person)) < people.app_share[person]), "app", "web")
    return _events("Product Viewed", day, second, user=user[person], product=product, channel=channel)


def _signing_in(
    known: Contacts, user: np.ndarray, first_day: int, last_day: int, rng: np.random.Generator
) -> pa.Table:
    """Once with `user_id` and `email` together: what ties the browsing to the account."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    rows = np.flatnonzero((kind == "shopify") & (user[person] >= 0))
    rows = rows[np.unique(person[rows], return_index=True)[1]]
    rows = rows[rng.random(len(rows)) < SIGNED_IN]
    made = np.array(known.table["day"])[rows]
    day = np.minimum(
        np.where(made < first_day, first_day + rng.integers(0, 300, size=len(rows)), made), last_day
    )
    email = pc.utf8_lower(known.table["email"].combine_chunks().take(pa.array(rows)))
    second = rng.integers(7 * 3600, 22 * 3600, size=len(rows))
    return _events("Signed In", day, second, user=user[person[rows]], email=email)


def _mail(
    known: Contacts, people: People, seen: Visits, first_day: int, last_day: int, rng: np.random.Generator
) -> pa.Table:
    """A newsletter every other week: some click, a few bounce, complain or leave."""
    rows = np.flatnonzero(np.array(known.table["kind"]) == "mailchimp")
    person = np.array(known.table["person"])[rows]
    email = known.table["email"].combine_chunks().take(pa.array(rows))
    since, left = np.array(known.table["day"])[rows], known.left_list[rows]
    until = np.where(left >= 0, left, last_day)
    gone = seen.left_day[person]
    chance = people.opens_mail[person] * people.clicks_mail[person]
    parts = []
    for number, day in enumerate(range(first_day + 7, last_day, NEWSLETTER_EVERY)):
        cool = np.where((gone >= 0) & (gone < day), 0.15, 1.0)
        hit = np.flatnonzero((since < day) & (day <= until) & (rng.random(len(rows)) < chance * cool))
        second = people.mail_hour[person[hit]] * 3600 + rng.integers(0, 3600, size=len(hit))
        campaign = pa.array(np.full(len(hit), f"newsletter-{number + 1:03d}"))
        parts.append(
            _events(
                "Email Link Clicked",
                np.full(len(hit), day),
                second,
                email=email.take(pa.array(hit)),
                channel="email",
                campaign=campaign,
            )
        )
    for name, hit in (
        ("Email Bounced", np.flatnonzero((rng.random(len(rows)) < BOUNCES) & (until > first_day))),
        ("Email Marked as Spam", np.flatnonzero(people.complains[person] & (left >= first_day))),
        ("Unsubscribed", np.flatnonzero(~people.complains[person] & (left >= first_day))),
    ):
        bounced = np.maximum(since[hit], first_day) + 5
        then = np.minimum(bounced if name == "Email Bounced" else until[hit], last_day)
        second = rng.integers(8 * 3600, 21 * 3600, size=len(hit))
        parts.append(_events(name, then, second, email=email.take(pa.array(hit)), channel="email"))
    return pa.concat_tables(parts)


def _readers(known: Contacts, events: pa.Table) -> pa.Table:
    """Whose each e-mail is that an event names."""
    listed = known.table.filter(pc.is_in(known.table["kind"], value_set=pa.array(["mailchimp", "shopify"])))
    emails = pc.utf8_lower(listed["email"]).combine_chunks()
    readers = pa.table({"email": emails, "person": listed["person"].combine_chunks()})
    return readers.filter(pc.is_in(emails, value_set=pc.unique(events["email"])))


def _json(events: pa.Table) -> list[str]:
    """One object a line; a field without a value is left out."""
    at = writing.universal(np.array(events["day"]), np.array(events["second"]))
    parts = [
        pc.binary_join_element_wise(
            '{"event":"', events["event"].combine_chunks(), '","timestamp":"', at, '"', ""
        )
    ]
    for name in ("user_id", "email", "product_id", "channel", "campaign"):
        values = events[name].combine_chunks()
        cell = pc.binary_join_element_wise(f',"{name}":"', values, '"', "")
        parts.append(pc.if_else(pc.equal(values, ""), "", cell))
    joined: list[str] = pc.binary_join_element_wise(*parts, "}", "").to_pylist()
    return joined
