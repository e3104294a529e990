"""Voice: what customers say of the shop and of each article, as the last build read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound, Refused
from regulars.flow import Ground
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import order_lines, products
from regulars.words import Text, _

_SQL = statements(Path(__file__).with_suffix(".sql"))
_RELATIONS = ("voice_products", "voice_themes", "voice_examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of something: of a theme, or of an article as a whole."""

    theme: str | None  #: None: as a whole
    title: Text | None
    texts: int
    praised: int
    complained: int
    asked: int  #: texts that ask for something
    stars: float | None  #: mean, of five; None without any
    complained_share: float | None  #: of those that praise or complain
    complained_low: float | None  #: 95 % interval
    complained_high: float | None
    examples: dict[str, list[str]] = field(default_factory=dict)  #: by "praise", "complaint", "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is said of an article, or of the whole shop."""

    product_id: str | None  #: None: the shop
    name: str | None
    whole: Told
    themes: list[Told]  #: the most spoken of first


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What customers say."""

    as_of: int
    about: Article
    articles: list[Article]  #: those most spoken of first; empty when one was asked for


def voice(ground: Ground, product: str | None = None, most: int = 20) -> Voice:
    """What is said of the shop and of its articles, or of one of them, by its number or its name."""
    with _relations(ground) as (session, as_of):
        names = _names(session)
        if product is not None:
            return Voice(
                as_of=as_of, about=_article(session, _named(session, names, product), names), articles=[]
            )
        known = session.rows(_SQL["articles"], {"most": most}).column("product_id").to_pylist()
        return Voice(
            as_of=as_of,
            about=_article(session, None, names),
            articles=[_article(session, one, names) for one in known],
        )


def _named(session: Session, names: dict[str, str], asked: str) -> str:
    """The number of the article that was asked for."""
    known = session.rows(_SQL["articles"], {"most": 1_000_000}).column("product_id").to_pylist()
    plain = asked.strip().lower()
    for one in known:
        if plain in (one.lower(), names.get(one, "").lower()):
            return str(one)
    raise NotFound(
        _("nobody wrote of an article '{name}'", name=asked), _("`regulars voice` lists those they wrote of")
    )


def _article(session: Session, product: str | None, names: dict[str, str]) -> Article:
    asked = {"product": product}
    examples: dict[str | None, dict[str, list[str]]] = {}
    for row in session.rows(_SQL["examples"], asked).to_pylist():
        examples.setdefault(row["theme"], {}).setdefault(row["tone"], []).append(row["sentence"])
    told = [
        Told(
            **{name: row[name] for name in row if not name.startswith("title_")},
            title=Text(en=row["title_en"], fr=row["title_fr"]) if row["theme"] else None,
            examples=examples.get(row["theme"], {}),
        )
        for row in session.rows(_SQL["told"], asked).to_pylist()
    ]
    nothing = Told(
        theme=None, title=None, texts=0, praised=0, complained=0, asked=0, stars=None, complained_share=None,
        complained_low=None, complained_high=None,
    )  # fmt: skip
    return Article(
        product_id=product,
        name=names.get(product) if product else None,
        whole=next((one for one in told if one.theme is None), nothing),
        themes=[one for one in told if one.theme is not None],
    )


def _names(session: Session) -> dict[str, str]:
    """What the articles of `voice_products` are called."""
    return {row["product_id"]: row["name"] for row in session.rows(_SQL["names"]).to_pylist()}


@contextmanager
def _relations(ground: Ground) -> Iterator[tuple[Session, int]]:
    with ground.store.read() as connection:
        found = {name: ground.lake.result(connection, name) for name in _RELATIONS}
        lines = ground.lake.files(connection, order_lines)
        catalogue = fetch(connection, columns_of(products).where(products.c.superseded_by.is_(None)))
    with ground.engine.session() as session:
        session.parquet("sold", lines, ground.lake.schema(order_lines))
        session.table("catalogue", catalogue)
        as_of = 0
        for name, one in found.items():
            if one is None:
                raise Refused(_("nothing has been read yet"), _("run `regulars build` first"))
            session.parquet(name, [one[0]], pa.schema([]))
            as_of = one[1]
        yield session, as_of
