"""Every setting, once: name, default, help. Read from `settings.toml` at the root; unknown keys are errors."""

from regulars.settings.reading import FILE_NAME, read_settings, settings_from
from regulars.settings.sections import (
    CLUSTERINGS,
    SURVIVORSHIP,
    CostSettings,
    MatchSettings,
    OrderSettings,
    PlanSettings,
    PrivacySettings,
    RetentionSettings,
    Settings,
    ShopSettings,
    SourceSettings,
    StoreSettings,
    plain_column,
    zone_of,
)

__all__ = [
    "CLUSTERINGS",
    "FILE_NAME",
    "SURVIVORSHIP",
    "CostSettings",
    "MatchSettings",
    "OrderSettings",
    "PlanSettings",
    "PrivacySettings",
    "RetentionSettings",
    "Settings",
    "ShopSettings",
    "SourceSettings",
    "StoreSettings",
    "plain_column",
    "read_settings",
    "settings_from",
    "zone_of",
]
