"""When exchange groups meet, kept in memory until the configuration, the memory or the day is another: a page that asks
costs no parsing."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date, datetime

from network.meetings import Meeting
from network.settings import Settings
from network.state import StateStore
from plugin.wishes.meetings import group_meetings


class MeetingTimes:
    def __init__(self, state: StateStore) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._version = -1
        self._settings: Settings | None = None
        self._today: date | None = None
        self._standing: Mapping[str, tuple[Meeting, ...]] = {}

    def coming(self, settings: Settings, now: datetime) -> Mapping[str, tuple[Meeting, ...]]:
        """Group → its meetings that are not over, as they stand in its calendar, the next one first."""
        with self._lock:
            version, today = self._state.version, now.date()
            if (version, today) != (self._version, self._today) or settings is not self._settings:
                found = group_meetings(settings, self._state, now)
                self._standing = {key: each.standing for key, each in found.items()}
                self._version, self._today, self._settings = version, today, settings
            return {key: tuple(each for each in those if each.end > now) for key, those in self._standing.items()}
