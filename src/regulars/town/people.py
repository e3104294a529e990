"""Who really lives in the town: families, twins, juniors, movers, marriages, and what makes each of them tick.

Everything here is truth that no shop ever sees whole. One row a person; a person's number is the row number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.goods import CATEGORIES
from regulars.town.names import JUNIORS, TONGUES, family_names, given_names
from regulars.town.places import Homes, homes
from regulars.town.registry import Registry

#: Share of households, by how many of them are customers.
HOUSEHOLDS = (0.55, 0.28, 0.11, 0.06)
TWINS = 0.04  #: of second children at home are the twin of the first
JUNIOR = 0.04  #: of sons bear their father's given name
MOVED = 0.18  #: of households moved within the window (about one in eleven a year)
MARRIED = 0.03  #: of women changed their family name within the window
SHARED_EMAIL = 0.06  #: of partners and children use the e-mail of the head of the family
NO_EMAIL = 0.06  #: of people have none, and never buy on the web
SHARED_PHONE = 0.35  #: of them leave the family's line as their number
_DOMAINS = (
    "courriel.example", "poste.example", "mail.example", "inbox.example", "cable.example", "example.com", "example.org",
    "bureau.example", "campus.example", "mel.example",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The true people; every field has one entry a person. Days are days since 1970."""

    household: np.ndarray
    place: np.ndarray  #: in the household: 0 its head, 1 partner, 2 and 3 children
    tongue: np.ndarray  #: index of names.TONGUES
    french: np.ndarray
    woman: np.ndarray
    birth: np.ndarray  #: datetime64[D]
    given: pa.Array
    family: pa.Array  #: today's
    family_before: pa.Array  #: until `renamed_day`
    suffix: pa.Array  #: Jr or fils for a son named as his father; else empty
    home: Homes  #: today's
    home_before: Homes  #: until `moved_day`
    moved_day: np.ndarray  #: -1: has not moved
    renamed_day: np.ndarray  #: -1: has not
    email: pa.Array  #: the one most used; empty for those who have none
    email_other: pa.Array  #: a second one, or the same
    email_is_shared: np.ndarray
    phone: pa.Array  #: ten digits
    phone_other: pa.Array  #: the family's line, or the same
    joined_day: np.ndarray  #: first wanted to buy
    gap_days: np.ndarray  #: mean days between two purchases while a customer
    regularity: np.ndarray  #: shape of the gamma law of gaps: 1 buys by chance, 6 like a clock
    dropout: np.ndarray  #: chance to leave for good after a purchase
    category: np.ndarray  #: favourite, index of goods.CATEGORIES
    category_next: np.ndarray  #: second favourite
    hour: np.ndarray  #: of the day when likeliest to buy, 0..23
    weekday: np.ndarray  #: the likeliest, 0 = Monday
    web_share: np.ndarray  #: of purchases made on the web or in the app
    app_share: np.ndarray  #: of those, in the app
    store: np.ndarray  #: 0 or 1, the shop nearest to them
    price_sensitivity: np.ndarray  #: 0 never looks at prices .. 1 buys nothing without a discount
    opens_mail: np.ndarray  #: chance to open a newsletter
    clicks_mail: np.ndarray  #: chance to click once opened
    mail_hour: np.ndarray  #: when mail is read
    complains: np.ndarray  #: marks a newsletter as spam one day
    referred_by: np.ndarray  #: a person who brought them, or -1

    def __len__(self) -> int:
        return len(self.household)

    @property
    def households(self) -> int:
        """How many there are; they are numbered from 0."""
        return int(self.household[-1]) + 1


def people(count: int, first_day: int, last_day: int, rng: np.random.Generator, registry: Registry) -> People:
    """A quarter of `count` people whose purchases are watched from `first_day` to `last_day`."""
    household, place = _households(count, rng)
    head = np.flatnonzero(place == 0)[household]
    french_home = rng.random(household[-1] + 1) < 0.66
    home, home_before, moved = _addresses(french_home, first_day, last_day, rng)
    abroad = pc.equal(home.country, "FR").to_numpy(zero_copy_only=False)
    tongue = np.where(abroad, 1, np.where(french_home, 0, 2))[household]
    woman, birth = _bodies(household, place, head, last_day, rng)
    given, junior = _given(tongue, woman, birth, place, head, rng)
    family, family_before, renamed = _families(tongue, woman, place, head, first_day, last_day, rng)
    mine = home.take(household)
    far = pc.not_equal(mine.country, "CA").to_numpy(zero_copy_only=False)
    email, email_other, shared = _emails(given, family, birth, place, head, far, rng, registry)
    reached = pc.not_equal(email, "").to_numpy(zero_copy_only=False)
    phone, phone_other = _phones(mine.area_code, mine.country, place, head, rng, registry)
    return People(
        household=household, place=place, tongue=tongue, woman=woman, birth=birth, given=given,
        french=french_home[household] ^ (rng.random(count) < 0.05),
        family=family, family_before=family_before, renamed_day=renamed,
        suffix=pc.if_else(pa.array(junior), pa.array([JUNIORS[t] for t in TONGUES]).take(pa.array(tongue)), ""),
        home=mine, home_before=home_before.take(household), moved_day=moved[household],
        email=email, email_other=email_other, email_is_shared=shared, phone=phone, phone_other=phone_other,
        **_habits(count, household, far, reached, rng),
        **_loyalty(count, first_day, last_day, rng),
    )  # fmt: skip


def _households(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The household of each person, and the person's place in it."""
    size = 1 + rng.choice(len(HOUSEHOLDS), size=count, p=HOUSEHOLDS)
    household = np.repeat(np.arange(count), size)[:count]
    starts = np.concatenate([[0], np.cumsum(size)])[household]
    return household, np.arange(count) - starts


def _addresses(
    french: np.ndarray, first_day: int, last_day: int, rng: np.random.Generator
) -> tuple[Homes, Homes, np.ndarray]:
    """Today's home, the one before, and the day of the move (-1: the same home) of each household."""
    today = homes(french, rng)
    before = homes(french, rng)
    moves = rng.random(len(french)) < MOVED
    moves &= pc.equal(today.country, before.country).to_numpy(zero_copy_only=False)
    day = np.where(moves, rng.integers(first_day, last_day, size=len(french)), -1)
    here = pa.array(moves)
    kept = Homes(
        **{f: pc.if_else(here, getattr(before, f), getattr(today, f)) for f in Homes.__dataclass_fields__}
    )
    return today, kept, day


def _bodies(
    household: np.ndarray, place: np.ndarray, head: np.ndarray, last_day: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Gender and birth date: partners of like age, grown children, some twins."""
    count = len(household)
    has_children = np.bincount(household, place >= 2) > 0
    age = np.clip(rng.normal(46, 16, size=count), 18, 91)
    age = np.where(has_children[household], np.clip(rng.normal(54, 6, size=count), 42, 72), age)
    age = np.where(place == 1, np.clip(age[head] + rng.normal(0, 3.5, size=count), 18, 95), age)
    age = np.where(place >= 2, np.clip(age[head] - rng.uniform(20, 38, size=count), 16, 45), age)
    day = last_day - np.floor(age * 365.25).astype(np.int64)
    twin = np.flatnonzero((place == 3) & (rng.random(count) < TWINS))
    day[twin] = day[twin - 1]
    woman = rng.random(count) < 0.56
    woman = np.where((place == 1) & (rng.random(count) < 0.94), ~woman[head], woman)
    return woman, day.astype("datetime64[D]")


def _given(
    tongue: np.ndarray,
    woman: np.ndarray,
    birth: np.ndarray,
    place: np.ndarray,
    head: np.ndarray,
    rng: np.random.Generator,
) -> tuple[pa.Array, np.ndarray]:
    """Given names, and who is a junior: a son with the name of his father. No two children of a home bear one name."""
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    names = given_names(tongue, woman.astype(int), year, rng)
    junior = (place >= 2) & ~woman & ~woman[head] & (rng.random(len(place)) < JUNIOR)
    names = names.take(pa.array(np.where(junior, head, np.arange(len(place)))))
    other = rng.spawn(1)[0]
    while len(twice := _named_as_elder(names, place)):
        names = names.to_numpy(zero_copy_only=False)
        names[twice] = given_names(tongue[twice], woman[twice].astype(int), year[twice], other).to_pylist()
        names, junior[twice] = pa.array(names, pa.string()), False
    return names, junior


def _named_as_elder(names: pa.Array, place: np.ndarray) -> np.ndarray:
    """Second children who bear the name of the first."""
    younger = np.flatnonzero(place == 3)
    same = pc.equal(names.take(pa.array(younger)), names.take(pa.array(younger - 1)))
    return np.asarray(younger[same.to_numpy(zero_copy_only=False)])


def _families(
    tongue: np.ndarray, woman: np.ndarray, place: np.ndarray, head: np.ndarray,
    first_day: int, last_day: int, rng: np.random.Generator,
) -> tuple[pa.Array, pa.Array, np.ndarray]:  # fmt: skip
    """Family names: partners keep theirs more often in Québec than elsewhere; marriages change some."""
    own = family_names(tongue, rng)
    count = len(tongue)
    shares = np.where(place >= 2, 0.9, np.array([0.3, 0.65, 0.75])[tongue])
    of_head = (place > 0) & (rng.random(count) < shares)
    today = own.take(pa.array(np.where(of_head, head, np.arange(count))))
    changed = woman & (place < 2) & (rng.random(count) < MARRIED)
    before = pc.if_else(pa.array(changed), family_names(tongue, rng), today)
    composed = pa.array((place >= 2) & ~of_head & (tongue == 0))
    both = pc.binary_join_element_wise(own, own.take(pa.array(head)), "-")
    return (
        pc.if_else(composed, both, today),
        pc.if_else(composed, both, before),
        np.where(changed, rng.integers(first_day, last_day, size=count), -1),
    )


def _emails(
    given: pa.Array, family: pa.Array, birth: np.ndarray, place: np.ndarray, head: np.ndarray, far: np.ndarray,
    rng: np.random.Generator, registry: Registry,
) -> tuple[pa.Array, pa.Array, np.ndarray]:  # fmt: skip
    """A first and a second e-mail address, and whether the first is somebody else's of the family."""
    count = len(given)
    both = registry.mailboxes(
        pa.concat_arrays([_address(given, family, birth, number, rng) for number in (0, 1)])
    )
    first, second = both[:count], both[count:]
    own = np.arange(count)
    none = (rng.random(count) < NO_EMAIL) & ~far
    shared = (place > 0) & (rng.random(count) < SHARED_EMAIL)
    none = np.where(shared, none[head], none)
    first = first.take(pa.array(np.where(shared, head, own)))
    other = pc.if_else(pa.array(rng.random(count) < 0.38), second, first)
    return pc.if_else(pa.array(none), "", first), pc.if_else(pa.array(none), "", other), shared & ~none


def _address(
    given: pa.Array, family: pa.Array, birth: np.ndarray, number: int, rng: np.random.Generator
) -> pa.Array:
    plain = [mailable(names) for names in (given, family)]
    first, last = plain
    initial = pc.utf8_slice_codeunits(first, 0, 1)
    year = pc.cast(pa.array(birth.astype("datetime64[Y]").astype(int) + 1970), pa.string())
    digits = pc.cast(pa.array(rng.integers(1, 9999, size=len(first))), pa.string())
    locals_ = (
        pc.binary_join_element_wise(first, last, "."),
        pc.binary_join_element_wise(pc.binary_join_element_wise(initial, last, ""), digits, ""),
        pc.binary_join_element_wise(first, last, digits, ""),
        pc.binary_join_element_wise(first, pc.utf8_slice_codeunits(year, 2, 4), ""),
        pc.binary_join_element_wise(last, first, "_"),
        pc.binary_join_element_wise(initial, last, year, "."),
    )
    shares = (0.3, 0.2, 0.16, 0.06, 0.12, 0.16) if number == 0 else (0.1, 0.4, 0.2, 0.1, 0.1, 0.1)
    chosen = pc.choose(pa.array(rng.choice(len(locals_), size=len(first), p=shares)), *locals_)
    weights = 1 / (np.arange(len(_DOMAINS)) + 1.5)
    domain = rng.choice(len(_DOMAINS), size=len(first), p=weights / weights.sum())
    return pc.binary_join_element_wise(chosen, pa.array(_DOMAINS).take(pa.array(domain)), "@")


def mailable(names: pa.Array) -> pa.Array:
    """Small letters without accents, blanks or apostrophes."""
    decomposed = pc.utf8_normalize(pc.utf8_lower(names), form="NFKD")
    return pc.replace_substring_regex(decomposed, "[^a-z-]", "")


def _phones(
    area: pa.Array,
    country: pa.Array,
    place: np.ndarray,
    head: np.ndarray,
    rng: np.random.Generator,
    registry: Registry,
) -> tuple[pa.Array, pa.Array]:
    """The mobile and the family's line, ten digits each."""
    count = len(place)
    numbers = [
        pc.if_else(
            pc.equal(country, "FR"),
            pc.binary_join_element_wise(area, _digits(rng.integers(0, 100_000_000, size=count), 8), ""),
            pc.binary_join_element_wise(area, _digits(rng.integers(2_000_000, 9_999_999, size=count), 7), ""),
        )
        for _line in range(2)
    ]
    given = registry.lines(pa.concat_arrays(numbers))
    mobile, line = given[:count], given[count:].take(pa.array(head))
    mobile = pc.if_else(pa.array((place > 0) & (rng.random(count) < SHARED_PHONE)), line, mobile)
    return mobile, pc.if_else(pa.array(rng.random(count) < 0.4), line, mobile)


def _digits(numbers: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")


def _habits(
    count: int, household: np.ndarray, far: np.ndarray, reached: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Taste, hours, channel, price sensitivity and mail; households share some taste."""
    of_home = rng.choice(len(CATEGORIES), size=household[-1] + 1)[household]
    category = np.where(rng.random(count) < 0.4, of_home, rng.choice(len(CATEGORIES), size=count))
    web = np.where(far, 1.0, rng.beta(0.5, 0.8, size=count)) * reached
    return {
        "category": category,
        "category_next": (category + rng.integers(1, len(CATEGORIES), size=count)) % len(CATEGORIES),
        "hour": np.clip(np.round(rng.normal(14, 3.5, size=count)), 8, 22).astype(np.int64),
        "weekday": rng.choice(7, size=count, p=(0.09, 0.1, 0.11, 0.15, 0.18, 0.22, 0.15)),
        "web_share": web,
        "app_share": np.where(rng.random(count) < 0.35, rng.beta(2, 2, size=count), 0.0),
        "store": (rng.random(count) < 0.4).astype(np.int64),
        "price_sensitivity": rng.beta(1.5, 2.5, size=count),
        "opens_mail": rng.beta(0.8, 2.0, size=count),
        "clicks_mail": rng.beta(1.0, 8.0, size=count),
        "mail_hour": rng.choice((7, 8, 12, 13, 18, 20, 21, 22), size=count),
        "complains": rng.random(count) < 0.01,
    }


def _loyalty(count: int, first_day: int, last_day: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Rhythm: gaps are gamma, their means differ by person, and after each purchase some leave for good."""
    old = rng.random(count) < 0.45
    joined = np.where(
        old,
        first_day - rng.integers(0, 1500, size=count),
        rng.integers(first_day, last_day, size=count),
    )
    knows = rng.integers(0, count, size=count)
    referred = (rng.random(count) < 0.08) & (joined[knows] < joined)
    return {
        "joined_day": joined,
        "gap_days": np.clip(rng.lognormal(np.log(75), 0.85, size=count), 4, 900),
        "regularity": rng.choice((1.0, 2.0, 4.0, 6.0), size=count, p=(0.35, 0.35, 0.2, 0.1)),
        "dropout": rng.beta(0.6, 7.0, size=count),
        "referred_by": np.where(referred, knows, -1),
    }
