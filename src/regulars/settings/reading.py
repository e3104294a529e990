"""`settings.toml` -> settings, each checked; an unknown name is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from regulars.errors import Invalid, NotFound, did_you_mean, place_in_toml
from regulars.model.fields import PEOPLE
from regulars.model.phones import also_as_kept
from regulars.settings.sections import SURVIVORSHIP, MatchSettings, PrivacySettings, Settings, SourceSettings
from regulars.settings.values import checked, known_names, section, table
from regulars.words import _

FILE_NAME = "settings.toml"
#: Codes that stand for more or less than a country.
_NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "ZZ", "SU", "YU", "DD")


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
    known_names(document, sections, where)
    made: dict[str, Any] = {
        name: section(kind, document.get(name, {}), f"{where} [{name}]")
        for name, kind in sections.items()
        if name not in ("sources", "survivorship")
    }
    made["sources"] = {
        name: section(SourceSettings, given, f"{where} [sources.{name}]")
        for name, given in table(document.get("sources", {}), f"{where} [sources]").items()
    }
    made["survivorship"] = _survivorship(document.get("survivorship", {}), f"{where} [survivorship]")
    settings = Settings(**made)
    _check_country(settings.shop.country, where)
    _check_currency(settings.shop.currency, where)
    for zone in (settings.shop.time_zone, *(source.time_zone for source in settings.sources.values())):
        _check_zone(zone or settings.shop.time_zone, where)
    _check_drop(settings.privacy, f"{where} [privacy]")
    return replace(settings, match=_match(settings.match, settings.shop.country, f"{where} [match]"))


def _match(match: MatchSettings, country: str, where: str) -> MatchSettings:
    """`[match]`, its parts held against each other; telephones are added as they are kept."""
    if match.review >= match.threshold:
        raise Invalid(
            _("{where}: 'review' is not below 'threshold'", where=where),
            _("pairs between the two wait for you; for example 0.5 and 0.9"),
        )
    blocked, allowed = (also_as_kept(them, country) for them in (match.blocked_values, match.allowed_values))
    plain = {value.strip().lower() for value in blocked}
    if both := [value for value in allowed if value.strip().lower() in plain]:
        raise Invalid(
            _("{where}: '{value}' is blocked and allowed", where=where, value=min(both)),
            _("take it out of blocked_values or of allowed_values"),
        )
    return replace(match, blocked_values=blocked, allowed_values=allowed)


def _check_drop(privacy: PrivacySettings, where: str) -> None:
    for name in privacy.drop:
        source, _dot, column = name.partition(".")
        if not (source.strip() and column.strip()):
            raise Invalid(
                _("{where} drop: '{name}' does not name a source and a column", where=where, name=name),
                _('write it as "crm.Birth place"; `regulars importance` lists the columns that nothing uses'),
            )


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
    known_names(table(given, where), {"default": (), **PEOPLE.fields}, where)
    order: Any = field(default=("trust", "recency"), metadata={"words": SURVIVORSHIP})
    return {name: checked(order, words, f"{where} {name}") for name, words in given.items()}
