"""What people do on the web, in the app and with newsletters: one JSON object a line, in Segment's words.

Somebody logged in is known by `user_id`, a reader of the newsletter by `email`; most users sign in once with both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.buying import APP, STORE
from regulars.town.exports import writing
from regulars.town.exports.breakage import some
from regulars.town.exports.contacts import Contacts
from regulars.town.exports.files import Files
from regulars.town.life import Life
from regulars.town.registry import Registry

USERS = 0.6  #: of people with an account log in, so that their browsing is known
SIGNED_IN = 0.7  #: of users are seen once with their e-mail
NEWSLETTER_EVERY = 14  #: days
AFTER_LEAVING = 0.15  #: of the clicks remain when somebody has left the shop for good
BOUNCES = 0.03  #: of addresses on the list bounce once


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What was written of browsing and mail."""

    users: pa.Table  #: user_id and person of everybody who was seen logged in
    signed: pa.Table  #: user_id, email and person of everybody who signed in with an e-mail, small letters
    readers: pa.Table  #: email and person of everybody whom an event names by e-mail, small letters
    dirt: Counter[str]


def write_events(
    files: Files, life: Life, known: Contacts, rng: np.random.Generator, registry: Registry
) -> Trail:
    """Add the events of the days that the files cover, by time; some lines are cut off."""
    user = _users(life, known, rng, registry)
    parts = [
        _shopping(life, user, rng),
        _looking(life, user, rng),
        _signing_in(life, known, user, rng),
        _reading(life, known, rng),
        _leaving(life, known, rng),
    ]
    events = pa.concat_tables(parts)
    by = np.lexsort((np.arange(len(events)), np.array(events["second"]), np.array(events["day"])))
    events = events.take(pa.array(by)).combine_chunks()
    written = _json(events)
    rows = some(np.arange(len(written)), rng)
    for row in rows:
        written[row] = written[row][: len(written[row]) // 2]
    files.add("app_events.jsonl", written, end="\n")
    logged = np.flatnonzero(user >= 0)
    users = pa.table({"user_id": _user_ids(user[logged]), "person": logged})
    return Trail(
        users=users.filter(pc.is_in(users["user_id"], value_set=pc.unique(events["user_id"]))),
        signed=_signed(events, user),
        readers=_readers(known, events),
        dirt=Counter({"cut JSON lines": len(rows)}),
    )


def _users(life: Life, known: Contacts, rng: np.random.Generator, registry: Registry) -> np.ndarray:
    """The user number of each person, -1 for those who never log in."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    owner = np.unique(person[kind == "shopify"])
    owner = owner[rng.random(len(owner)) < USERS]
    user = np.full(len(life.people), -1)
    user[owner] = 1000 + registry.numbers("users", len(owner)) + rng.permutation(len(owner))
    return user


def _user_ids(numbers: np.ndarray) -> pa.Array:
    known = pc.binary_join_element_wise("u", pc.utf8_lpad(writing.text(np.maximum(numbers, 0)), 7, "0"), "")
    return pc.if_else(pa.array(numbers < 0), "", known)


def _events(
    name: str,
    day: np.ndarray,
    second: np.ndarray,
    *,
    user: np.ndarray | None = None,
    email: pa.Array | None = None,
    product: pa.Array | None = None,
    channel: pa.Array | str = "web",
) -> pa.Table:
    nothing = writing.same("", len(day))
    return pa.table(
        {
            "event": writing.same(name, len(day)),
            "day": day.astype(np.int64),
            "second": np.clip(second, 5 * 3600, 86_399).astype(np.int64),
            "user_id": nothing if user is None else _user_ids(user),
            "email": nothing if email is None else email,
            "product_id": nothing if product is None else product,
            "channel": writing.same(channel, len(day)) if isinstance(channel, str) else channel,
            "campaign": nothing,
        }
    )


def _shopping(life: Life, user: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Before a web order its articles are looked at, and most are put in the cart."""
    orders, lines = life.orders, life.lines
    rows = np.flatnonzero((orders.channel[lines.order] != STORE) & (user[orders.person[lines.order]] >= 0))
    order = lines.order[rows]
    product = pa.array(life.goods.sku).take(pa.array(lines.product[rows]))
    channel = pa.array(np.where(orders.channel[order] == APP, "app", "web"))
    before = rng.integers(120, 2400, size=len(rows))
    day, second, who = orders.day[order], orders.second[order], user[orders.person[order]]
    views = _events("Product Viewed", day, second - before, user=who, product=product, channel=channel)
    added = np.flatnonzero(rng.random(len(rows)) < 0.85)
    adds = views.take(pa.array(added)).set_column(0, "event", writing.same("Product Added", len(added)))
    return pa.concat_tables([views, adds.set_column(2, "second", pa.array((second - before // 2)[added]))])


def _looking(life: Life, user: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Looks without buying, on days between joining and leaving."""
    people, left = life.people, life.visits.left_day
    who = np.flatnonzero(user >= 0)
    start = np.maximum(people.joined_day[who], life.first_day)
    until = np.where(left[who] >= 0, np.clip(left[who], start, life.last_day), life.last_day)
    often = 1.5 * (until - start) / (people.gap_days[who] + 20)
    look = np.repeat(np.arange(len(who)), rng.poisson(often))
    day = start[look] + np.floor(rng.random(len(look)) * (until - start + 1)[look]).astype(np.int64)
    person = who[look]
    second = ((people.hour[person] + rng.normal(1, 2.5, size=len(person))) * 3600).astype(np.int64)
    product = pa.array(life.goods.sku).take(pa.array(life.goods.pick(people.category[person], rng)))
    channel = pa.array(np.where(rng.random(len(person)) < people.app_share[person], "app", "web"))
    return _events("Product Viewed", day, second, user=user[person], product=product, channel=channel)


def _signing_in(life: Life, known: Contacts, user: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Once with `user_id` and `email` together: what ties the browsing to the account."""
    kind, person = np.array(known.table["kind"]), np.array(known.table["person"])
    rows = np.flatnonzero((kind == "shopify") & (user[person] >= 0))
    rows = rows[np.unique(person[rows], return_index=True)[1]]
    rows = rows[rng.random(len(rows)) < SIGNED_IN]
    made = np.array(known.table["day"])[rows]
    later = life.first_day + rng.integers(0, 300, size=len(rows))
    day = np.minimum(np.where(made < life.first_day, later, made), life.last_day)
    email = pc.utf8_lower(known.table["email"].combine_chunks().take(pa.array(rows)))
    second = rng.integers(7 * 3600, 22 * 3600, size=len(rows))
    return _events("Signed In", day, second, user=user[person[rows]], email=email)


def _reading(life: Life, known: Contacts, rng: np.random.Generator) -> pa.Table:
    """A newsletter every other week: who opens it may click."""
    people = life.people
    rows, person, email = _listed(known)
    since, left = np.array(known.table["day"])[rows], known.left_list[rows]
    until = np.where(left >= 0, left, life.last_day)
    gone = life.visits.left_day[person]
    chance = people.opens_mail[person] * people.clicks_mail[person]
    parts = []
    for number, day in enumerate(range(life.first_day + 7, life.last_day, NEWSLETTER_EVERY)):
        cool = np.where((gone >= 0) & (gone < day), AFTER_LEAVING, 1.0)
        hit = np.flatnonzero((since < day) & (day <= until) & (rng.random(len(rows)) < chance * cool))
        second = people.mail_hour[person[hit]] * 3600 + rng.integers(0, 3600, size=len(hit))
        clicks = _events(
            "Email Link Clicked",
            np.full(len(hit), day),
            second,
            email=email.take(pa.array(hit)),
            channel="email",
        )
        parts.append(clicks.set_column(7, "campaign", writing.same(f"newsletter-{number + 1:03d}", len(hit))))
    return pa.concat_tables(parts)


def _leaving(life: Life, known: Contacts, rng: np.random.Generator) -> pa.Table:
    """Addresses that bounce, people who complain, people who leave the list."""
    rows, person, email = _listed(known)
    since, left = np.array(known.table["day"])[rows], known.left_list[rows]
    complains, leaves = life.people.complains[person], left >= life.first_day
    bounces = (rng.random(len(rows)) < BOUNCES) & (left < 0)
    soon = np.maximum(since, life.first_day) + 5
    parts = []
    for name, hit, day in (
        ("Email Bounced", bounces, soon),
        ("Email Marked as Spam", complains & leaves, left),
        ("Unsubscribed", ~complains & leaves, left),
    ):
        who = np.flatnonzero(hit)
        second = rng.integers(8 * 3600, 21 * 3600, size=len(who))
        then = np.minimum(day[who], life.last_day)
        parts.append(_events(name, then, second, email=email.take(pa.array(who)), channel="email"))
    return pa.concat_tables(parts)


def _listed(known: Contacts) -> tuple[np.ndarray, np.ndarray, pa.Array]:
    """Rows, people and addresses of the mailing list."""
    rows = np.flatnonzero(np.array(known.table["kind"]) == "mailchimp")
    email = known.table["email"].combine_chunks().take(pa.array(rows))
    return rows, np.array(known.table["person"])[rows], email


def _signed(events: pa.Table, user: np.ndarray) -> pa.Table:
    """Who signed in with which e-mail."""
    signed = events.filter(pc.equal(events["event"], "Signed In")).select(["user_id", "email"])
    who = np.flatnonzero(user >= 0)
    row = pc.index_in(signed["user_id"], value_set=_user_ids(user[who]))
    return signed.append_column("person", pa.array(who).take(row.combine_chunks()))


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
