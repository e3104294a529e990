"""Every setting, once: name, default, help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from regulars.words import LANGUAGES

#: How linked records become groups.
CLUSTERINGS = ("weighed", "chained")
#: No likeness of two records is sure beyond this probability.
_NEARLY_SURE = 0.9999
#: What the best value of a field may be chosen by.
SURVIVORSHIP = ("trust", "recency", "frequency")


def _setting(
    default: Any,
    help: str,
    *,
    least: float | None = None,
    most: float | None = None,
    words: tuple[str, ...] = (),
) -> Any:
    """A setting; a number may have a `least` and a `most`, and a text, or each of a list, be one of some `words`."""
    return field(default=default, metadata={"help": help, "least": least, "most": most, "words": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """`[shop]`: who the shop is."""

    name: str = _setting("My shop", "what customers call it")
    country: str = _setting("CA", "ISO 3166 code; decides how phones and addresses are read")
    currency: str = _setting("CAD", "ISO 4217 code; indicators count this currency")
    time_zone: str = _setting("America/Toronto", "IANA name; a day begins at midnight there")
    languages: tuple[str, ...] = _setting(
        ("fr", "en"), "languages of messages; the first one when a customer's is unknown", words=LANGUAGES
    )
    week_start: str = _setting("monday", "monday or sunday, for pages only", words=("monday", "sunday"))
    prices_include_tax: bool = _setting(False, "are prices on the label with tax?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """`[sources.NAME]`: how a source stands to the others."""

    rank: int = _setting(100, "the smaller, the more it is trusted when sources disagree", least=0)
    order_space: str = _setting("", "the numbering its order ids belong to; empty: its own")
    customers: str = _setting("", "the source whose records its customer keys name; empty: its own")
    time_zone: str = _setting("", "the zone of its naive times; empty: the shop's")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """`[match]`: when two records are one person."""

    precision: float = _setting(
        0.997,
        "share of the automatic joins that are to be right, where records say enough for it; `match` tells if not",
        least=0.5,
        most=_NEARLY_SURE,
    )
    threshold: float = _setting(
        0.8, "two records are never joined below this probability", least=0.5, most=_NEARLY_SURE
    )
    review: float = _setting(
        0.5, "probability from which a pair is put up for review", least=0.01, most=_NEARLY_SURE
    )
    clustering: str = _setting(
        "weighed",
        "how linked records become people: `weighed` keeps those apart who contradict each other;"
        " `chained` joins them, but for who can never be one person",
        words=CLUSTERINGS,
    )
    identifier_limit: int = _setting(10, "an identifier on more records than this joins nobody", least=1)
    blocked_values: tuple[str, ...] = _setting(
        (), "identifiers that name nobody, e.g. the cashier's own card, and addresses of the shop itself"
    )
    allowed_values: tuple[str, ...] = _setting(
        (), "identifiers, on up to 50 records, and birth dates that count although many records have them"
    )
    catch_up_from: int = _setting(
        20_000,
        "in a shop of so many records a match places those that changed; all of them once a day",
        least=1,
    )
    catch_up_share: float = _setting(
        0.05, "where a greater share of the records changed, all of them are matched anew", least=0, most=1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSettings:
    """`[orders]`: which lines are not goods."""

    fee_products: tuple[str, ...] = _setting(
        (), "product ids that are fees: postage, gift wrap; `*` stands for any end"
    )
    adjustment_products: tuple[str, ...] = _setting(
        (), "product ids that correct the books: bad debt, manual"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSettings:
    """`[costs]`: what bad data costs, in minor units of the shop's currency; used by `quality`."""

    unreachable_customer: int = _setting(
        500, "margin lost in a year on a known customer who cannot be written to", least=0
    )
    duplicate_mailing: int = _setting(
        120, "one more letter or parcel insert to somebody who has one", least=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """`[plan]`: how tomorrow's list is made."""

    holdout: float = _setting(
        0.10, "share of people kept aside from each treatment, to prove what it earns", least=0, most=1
    )
    days_between_messages: int = _setting(7, "nobody gets two messages within so many days", least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """`[retention]`: how long rows are kept as they were found, after the day they were loaded; `build` sees to it."""

    raw_days: int = _setting(
        730,
        "days that the cells of a row are kept as they were found, beside what was read; 0: for ever",
        least=0,
    )
    rejects_days: int = _setting(365, "days that rejected rows wait to be mended; 0: for ever", least=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacySettings:
    """`[privacy]`: what of the files is not kept; `regulars importance` names what nothing uses."""

    drop: tuple[str, ...] = _setting(
        (),
        'columns of files that are not kept, each as `source.column`, e.g. "crm.Birth place"; the next `build` deletes'
        " what stands of them",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """`[store]`: where facts rest."""

    url: str = _setting("", "a PostgreSQL URL; empty: the file shop.db in the shop's folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of one shop."""

    shop: ShopSettings = field(default_factory=ShopSettings)
    match: MatchSettings = field(default_factory=MatchSettings)
    orders: OrderSettings = field(default_factory=OrderSettings)
    costs: CostSettings = field(default_factory=CostSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    #: `[survivorship]`: by field of a person, or `default`, in which order its best value is chosen.
    survivorship: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def survives_by(self, name: str) -> tuple[str, ...]:
        """In which order the best value of a field is chosen: trust of its source, recency, frequency."""
        return self.survivorship.get(name) or self.survivorship.get("default") or ("trust", "recency")

    def drops(self, source: str, columns: Iterable[str]) -> frozenset[str]:
        """Those of the columns of a source that are not kept; capitals and blanks at the ends do not count."""
        dropped = {plain_column(one) for one in self.privacy.drop}
        return frozenset(name for name in columns if plain_column(f"{source}.{name}") in dropped)

    def source(self, name: str) -> SourceSettings:
        """The settings of one source; the defaults when there are none."""
        return self.sources.get(name, SourceSettings())

    def order_space(self, source: str) -> str:
        """The numbering that a source's order ids belong to."""
        return self.source(source).order_space or source


def plain_column(name: str) -> tuple[str, str]:
    """The source and the column that `source.column` names; capitals and blanks do not count."""
    source, _dot, column = name.partition(".")
    return source.strip().casefold(), " ".join(column.casefold().split())


def zone_of(settings: Settings) -> ZoneInfo:
    """The shop's zone."""
    return ZoneInfo(settings.shop.time_zone)
