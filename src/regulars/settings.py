"""Every setting, once: name, default, help. Read from `settings.toml` at the root; unknown keys are errors."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from regulars.errors import Invalid, NotFound, did_you_mean, place_in_toml
from regulars.model.fields import PEOPLE
from regulars.model.phones import also_as_kept
from regulars.words import LANGUAGES, _

FILE_NAME = "settings.toml"
#: What the best value of a field may be chosen by.
SURVIVORSHIP = ("trust", "recency", "frequency")
#: Codes that stand for more or less than a country.
_NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "ZZ", "SU", "YU", "DD")


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
        least=0,
        most=1,
    )
    threshold: float = _setting(0.8, "two records are never joined below this probability", least=0, most=1)
    review: float = _setting(0.5, "probability from which a pair is put up for review", least=0, most=1)
    identifier_limit: int = _setting(10, "an identifier on more records than this joins nobody", least=1)
    blocked_values: tuple[str, ...] = _setting(
        (), "identifiers that name nobody, e.g. the cashier's own card"
    )
    allowed_values: tuple[str, ...] = _setting(
        (), "identifiers and birth dates that count although many records have them"
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


def read_settings(folder: Path) -> Settings:
    """Read a shop's `settings.toml`; a wrong key or value is `Invalid`, with the nearest right one."""
    path = folder / FILE_NAME
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise NotFound(
            _("there is no shop in '{folder}'", folder=folder),
            _("make one with `regulars init {folder}`, or name its folder with --shop", folder=folder),
        ) from None
    except NotADirectoryError:
        raise NotFound(
            _("there is no shop in '{folder}': it is a file", folder=folder),
            _("name the shop's folder with --shop"),
        ) from None
    except UnicodeDecodeError:
        raise Invalid(
            _("'{path}' is not text in UTF-8", path=path),
            _("save it as UTF-8, or take it from the last backup with `regulars restore`"),
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise Invalid(
            _("'{path}' is not TOML: {problem}", path=path, problem=place_in_toml(problem)),
            _("mend that line: a text stands in quotation marks, and each name stands once"),
        ) from None
    return settings_from(document, str(path))


def settings_from(document: Mapping[str, Any], where: str) -> Settings:
    """Check settings as authored; the telephones among the values of `[match]` are added as they are kept."""
    sections: dict[str, Any] = {
        f.name: f.default_factory for f in fields(Settings) if f.default_factory is not MISSING
    }
    _known(document, sections, where)
    made: dict[str, Any] = {
        name: _section(kind, document.get(name, {}), f"{where} [{name}]")
        for name, kind in sections.items()
        if name not in ("sources", "survivorship")
    }
    made["sources"] = {
        name: _section(SourceSettings, value, f"{where} [sources.{name}]")
        for name, value in _table(document.get("sources", {}), f"{where} [sources]").items()
    }
    made["survivorship"] = _survivorship(document.get("survivorship", {}), f"{where} [survivorship]")
    settings = Settings(**made)
    _check_country(settings.shop.country, where)
    _check_currency(settings.shop.currency, where)
    for zone in (settings.shop.time_zone, *(source.time_zone for source in settings.sources.values())):
        _check_zone(zone or settings.shop.time_zone, where)
    for one in settings.privacy.drop:
        if not all(part.strip() for part in (one.partition(".")[0], one.partition(".")[2])):
            raise Invalid(
                _(
                    "{where} [privacy] drop: '{name}' does not name a source and a column",
                    where=where,
                    name=one,
                ),
                _('write it as "crm.Birth place"; `regulars importance` lists the columns that nothing uses'),
            )
    if settings.match.review >= settings.match.threshold:
        raise Invalid(
            _("{where} [match]: 'review' is not below 'threshold'", where=where),
            _("pairs between the two wait for you; for example 0.5 and 0.9"),
        )
    match, country = settings.match, settings.shop.country
    blocked, allowed = (also_as_kept(them, country) for them in (match.blocked_values, match.allowed_values))
    if both := set(blocked) & set(allowed):
        raise Invalid(
            _("{where} [match]: '{value}' is blocked and allowed", where=where, value=min(both)),
            _("take it out of blocked_values or of allowed_values"),
        )
    return replace(settings, match=replace(match, blocked_values=blocked, allowed_values=allowed))


def plain_column(name: str) -> tuple[str, str]:
    """The source and the column that `source.column` names; capitals and blanks do not count."""
    source, _dot, column = name.partition(".")
    return source.strip().casefold(), " ".join(column.casefold().split())


def _check_zone(zone: str, where: str) -> None:
    if zone not in available_timezones():
        raise Invalid(
            _("{where}: there is no time zone '{zone}'", where=where, zone=zone),
            did_you_mean(zone, available_timezones()) or _("write it as America/Toronto"),
        )


def _check_country(country: str, where: str) -> None:
    from babel.core import get_global

    known = {code for code in get_global("territory_currencies") if code not in _NO_COUNTRIES}
    if country not in known:
        raise Invalid(
            _("{where}: there is no country '{country}'", where=where, country=country),
            _("did you mean '{word}'?", word=country.upper())
            if country.upper() in known
            else _("write its ISO 3166 code, for example CA, FR or US"),
        )


def _check_currency(currency: str, where: str) -> None:
    from babel.numbers import list_currencies

    known = list_currencies()
    if currency not in known:
        raise Invalid(
            _("{where}: there is no currency '{currency}'", where=where, currency=currency),
            did_you_mean(currency.upper(), known) or _("write its ISO 4217 code, for example CAD or EUR"),
        )


def _survivorship(given: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    _known(_table(given, where), {"default": (), **PEOPLE.fields}, where)
    order: Any = field(default=("trust", "recency"), metadata={"words": SURVIVORSHIP})
    return {name: _value(order, words, f"{where} {name}") for name, words in given.items()}


def zone_of(settings: Settings) -> ZoneInfo:
    """The shop's zone."""
    return ZoneInfo(settings.shop.time_zone)


def _table(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise Invalid(_("{where} is not a table", where=where), _("write it as [name] with lines below"))
    return given


def _section(kind: Any, given: Any, where: str) -> Any:
    known = {f.name: f for f in fields(kind)}
    _known(_table(given, where), known, where)
    return kind(**{name: _value(known[name], value, f"{where} {name}") for name, value in given.items()})


def _value(setting: Any, value: Any, where: str) -> Any:
    """A value as authored, in the type and within the bounds of its setting."""
    default, bounds = setting.default, setting.metadata
    if isinstance(default, tuple) and isinstance(value, list):
        value = tuple(str(item) for item in value) if all(type(i) in (str, int) for i in value) else value
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise Invalid(
            _("{where}: '{value}' is not {kind}", where=where, value=value, kind=_kind(default)),
            _("for example {example}", example=_authored(default) if default != () else '["…"]'),
        )
    _check_words(bounds.get("words", ()), value, where)
    _check_bounds(bounds.get("least"), bounds.get("most"), value, where)
    return value


def _check_words(words: tuple[str, ...], value: Any, where: str) -> None:
    given = value if isinstance(value, tuple) else (value,)
    if words and not given:
        raise Invalid(
            _("{where}: the list is empty", where=where), _("write one of {words}", words=", ".join(words))
        )
    for word in given if words else ():
        if word not in words:
            raise Invalid(
                _("{where}: there is no '{word}'", where=where, word=word),
                _("write one of {words}", words=", ".join(words)),
            )


def _check_bounds(least: float | None, most: float | None, value: Any, where: str) -> None:
    if least is None or (least <= value and (most is None or value <= most)):
        return
    if most is None:
        raise Invalid(
            _("{where}: {value} is too small", where=where, value=value),
            _("the least is {least}", least=least),
        )
    raise Invalid(
        _(
            "{where}: {value} is not between {least} and {most}",
            where=where,
            value=value,
            least=least,
            most=most,
        ),
        _("write it as a share: 0.1 is ten in a hundred"),
    )


def _kind(default: Any) -> str:
    match default:
        case bool():
            return _("true or false")
        case int():
            return _("a whole number")
        case float():
            return _("a number")
        case str():
            return _("a text in quotation marks")
        case _:
            return _("a list of texts")


def _authored(default: Any) -> str:
    """A value as settings.toml has it."""
    return json.dumps(list(default) if isinstance(default, tuple) else default, ensure_ascii=False)


def _known(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    for name in given:
        if name not in known:
            raise Invalid(
                _("{where}: there is no setting '{name}'", where=where, name=name),
                did_you_mean(name, known) or _("settings are {known}", known=", ".join(known)),
            )
