"""The server's app settings (`occ config:app:set`), as far as they steer what the sandbox does.

With `lifted` the four limits of app `dav` start as an administrator who read the guide would have set them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugin.sandbox.journal import Journal

Limits = Literal["server", "lifted"]

LIFTED = {
    "dav/rateLimitCalendarCreation": "100000",
    "dav/rateLimitPeriodCalendarCreation": "60",
    "dav/maximumCalendarsSubscriptions": "-1",
    "dav/rateLimitShareAddressbookOrCalendar": "100000",
}


@dataclass(frozen=True, slots=True)
class Setting:
    value: str


class AppConfig:
    def __init__(self, journal: Journal, limits: Limits) -> None:
        self._defaults = LIFTED if limits == "lifted" else {}
        self._settings = journal.table("app_config", Setting)

    def get(self, app: str, key: str, default: str = "") -> str:
        found = self._settings.get(f"{app}/{key}")
        return found.value if found else self._defaults.get(f"{app}/{key}", default)

    def number(self, app: str, key: str, default: int) -> int:
        return int(self.get(app, key) or default)

    def set(self, app: str, key: str, value: str) -> None:
        self._settings[f"{app}/{key}"] = Setting(value)

    def remove(self, app: str, key: str) -> None:
        self._settings.pop(f"{app}/{key}", None)

    def keys(self, app: str) -> list[str]:
        names = {*self._defaults, *self._settings}
        return sorted(name.split("/", 1)[1] for name in names if name.startswith(f"{app}/"))
