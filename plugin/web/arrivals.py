"""Who is in front of the pages, whichever way they came: through Nextcloud, which says who it is, or with a login here.

Through Nextcloud nobody logs in: what somebody sees is looked at as that person and kept for a few minutes, in memory.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Request

from network.settings import ExApp, Settings
from network.state.sessions import Sessions
from plugin.exapp.identity import Caller, who_asks
from plugin.exapp.reaching import nextcloud
from plugin.running import Running
from plugin.web.visitors import Visitor, as_configured, from_text, introduce, to_text

COOKIE = "dnw_session"
KEPT_FOR = timedelta(minutes=5)
MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """`caller` is None for who came here by themselves. `key` is what the forms of this person are known by."""

    caller: Caller | None
    key: str


@dataclass(frozen=True, slots=True)
class _Seen:
    visitor: Visitor
    until: datetime
    settings: Settings


class Arrivals:
    def __init__(self, running: Running, sessions: Sessions) -> None:
        self._running = running
        self._sessions = sessions
        self._seen: dict[str, _Seen] = {}
        self._lock = threading.Lock()

    def arrival(self, request: Request) -> Arrival:
        """How this request came. Forged when it only claims to come through Nextcloud."""
        exapp = self._running.settings.service.exapp
        caller = who_asks(request, exapp, self._running.environment) if exapp is not None else None
        return Arrival(caller, caller.form_key if caller is not None else request.cookies.get(COOKIE, ""))

    def visitor(self, arrival: Arrival) -> Visitor | None:
        """Raises the errors of `network.errors` when Nextcloud has to be asked and can't be."""
        exapp, caller = self._running.settings.service.exapp, arrival.caller
        if exapp is None or caller is None:
            found = self._sessions.visitor(arrival.key)
            return as_configured(from_text(found), self._running.settings) if found is not None else None
        return None if caller.is_nextcloud else self._looked_up(exapp, caller.account)

    def change(self, arrival: Arrival, changed: Visitor) -> None:
        """After something that they did here; who comes through Nextcloud is looked at anew."""
        if arrival.caller is None:
            self._sessions.change(arrival.key, to_text(changed))
            return
        with self._lock:
            self._seen.pop(arrival.caller.account, None)

    def _looked_up(self, exapp: ExApp, account: str) -> Visitor:
        now, settings = self._running.clock(), self._running.settings
        with self._lock:
            kept = self._seen.get(account)
        if kept is not None and kept.until > now and kept.settings is settings:
            return kept.visitor
        with nextcloud(settings, exapp, self._running.environment, account) as server:
            found = introduce(server, settings, self._running.state)
        with self._lock:
            if len(self._seen) >= MOST_KEPT:
                self._seen.clear()
            self._seen[account] = _Seen(found, now + KEPT_FOR, settings)
        return found
