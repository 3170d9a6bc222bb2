"""The trash bin as executors need it: looked at once a run, by several threads, and told of what they take out."""

from __future__ import annotations

import threading

from network.ports import CalendarTarget, TrashedObject


class Trash:
    """What lies in the trash bin, by calendar URI and UID. Loaded when somebody asks for the first time."""

    def __init__(self, target: CalendarTarget) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], TrashedObject] | None = None

    def take(self, calendar_uri: str, uid: str) -> TrashedObject | None:
        """The trashed object, for whoever asks first to restore or purge it."""
        with self._lock:
            return self._loaded().pop((calendar_uri, uid), None)

    def look_again(self) -> None:
        """Forgets what was seen: the server knows of something that we don't."""
        with self._lock:
            self._found = None

    def _loaded(self) -> dict[tuple[str, str], TrashedObject]:
        if self._found is None:
            self._found = {(each.calendar_uri, each.uid): each for each in self._target.trashed_objects()}
        return self._found
