"""What to ask whom, and where, as of the evening of the last build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import Refused
from regulars.flow import Ground
from regulars.flow.facts import finished, lay_out
from regulars.model.person import person_id
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import people, reference
from regulars.treat.asking import ask, unknown_buyers
from regulars.treat.questions import QUESTIONS
from regulars.words import _

_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where people buy without being known."""

    place: str  #: till, online, phone, anywhere
    location: str  #: the store, the channel, or the source of the orders
    orders: int  #: of the last 365 days
    unknown_orders: int  #: of nobody
    unknown_paid: int  #: what these brought, in minor units
    payment: str | None  #: how they were paid most
    way: str  #: card, login or name: how to ask

    @property
    def unknown_share(self) -> float:
        """The share of orders that are of nobody."""
        return self.unknown_orders / self.orders


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """One question to one customer."""

    person: int
    name: str | None
    question: str  #: a name of `treat.asking.QUESTIONS`
    place: str  #: where they are met most
    location: str | None
    expected_day: int | None  #: of their next order
    worth: int  #: minor units: what they are expected to bring in a year, else what they brought in the last

    @property
    def id(self) -> str:
        """The person's id."""
        return person_id(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What to ask."""

    as_of: int
    places: tuple[Place, ...]  #: those first where most money is of nobody
    counted: dict[str, int]  #: by question: customers who could be asked it
    people: tuple[ToAsk, ...]  #: those worth most first


_WAYS = {"till": "card", "online": "login", "phone": "name", "anywhere": "card"}


def to_ask(ground: Ground, most: int) -> Asking:
    """Where buyers are not known, and one question a customer."""
    with ground.engine.session() as session, ground.store.read() as connection:
        as_of = lay_out_asking(session, ground, connection)
        currency = ground.settings.shop.currency
        counted = session.rows(_SQL["counted"])
        listed = session.rows(_SQL["listed"], {"most": most})
        lay_out(session, ground, connection)
        places = unknown_buyers(session, as_of=as_of, currency=currency)
    return Asking(
        as_of=as_of,
        places=tuple(Place(**one, way=_WAYS[str(one["place"])]) for one in places),  # type: ignore[arg-type]
        counted={row["question"]: row["n"] for row in counted.to_pylist()},
        people=tuple(ToAsk(**row) for row in listed.to_pylist()),
    )


def lay_out_asking(session: Session, ground: Ground, connection: Connection) -> int:
    """Make the relation `to_ask`; the evening of the last build."""
    as_of = 0
    for name in ("indicators", "predictions"):
        made = ground.lake.result(connection, name)
        if made is None:
            raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
        session.parquet(name, [made[0]], pa.schema([]))
        as_of = made[1]
    session.table(people.name, fetch(connection, columns_of(people)))
    areas = select(reference.c.key).where(
        reference.c.kind == "areas",
        reference.c.superseded_by.is_(None),
        reference.c.import_id.in_(finished()),
    )
    ask(session, as_of=as_of, areas=connection.execute(areas.limit(1)).first() is not None)
    return as_of


def questions() -> pa.Table:
    """The questions, in words: question, words_en, words_fr."""
    rows = [
        {"question": name, "words_en": one.words.en, "words_fr": one.words.fr}
        for name, one in QUESTIONS.items()
    ]
    return pa.Table.from_pylist(rows)
