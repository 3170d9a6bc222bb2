"""Rate limits: so many calls in so many seconds for one person and one action, counted in a sliding window.

A call that is refused is not counted, one that fails for another reason is.
"""

from __future__ import annotations

from collections import defaultdict

from plugin.sandbox.app_config import AppConfig
from plugin.sandbox.clock import Clock
from plugin.sandbox.version import Version


class RateLimits:
    def __init__(self, clock: Clock, config: AppConfig, version: Version) -> None:
        self._version = version
        self._clock = clock
        self._config = config
        self._calls: dict[tuple[str, str], list[float]] = defaultdict(list)

    def allow(self, uid: str, action: str, calls: int, seconds: int) -> bool:
        """Count one call and say whether it is still within the limit."""
        now = self._clock.seconds()
        recent = [at for at in self._calls[uid, action] if at > now - seconds]
        allowed = len(recent) < calls
        if allowed:
            recent.append(now)
        self._calls[uid, action] = recent
        return allowed

    def allow_calendar(self, uid: str) -> bool:
        calls = self._config.number("dav", "rateLimitCalendarCreation", 10)
        return self.allow(uid, "calendar", calls, self._config.number("dav", "rateLimitPeriodCalendarCreation", 3600))

    def allow_share(self, uid: str) -> bool:
        if not self._version.limits_shares:
            return True
        calls = self._config.number("dav", "rateLimitShareAddressbookOrCalendar", 20)
        period = self._config.number("dav", "rateLimitPeriodShareAddressbookOrCalendar", 3600)
        return self.allow(uid, "share", calls, period)

    def most_calendars(self) -> int:
        """How many calendars one person may have; -1 means any number."""
        return self._config.number("dav", "maximumCalendarsSubscriptions", 30)
