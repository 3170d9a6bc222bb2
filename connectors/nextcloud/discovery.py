"""Finding the calendar home, and calendars as the library `caldav` handles them, over our own session."""

from __future__ import annotations

import threading

from caldav.collection import Calendar
from caldav.davclient import DAVClient

from connectors.dav.library import OurCalendar, calendar_home, client
from connectors.nextcloud.account import Account


class Discovery:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._local = threading.local()

    def home(self) -> str:
        """The decoded path of the calendar home, ends with "/": two requests."""
        return calendar_home(self._client())

    def calendar(self, href: str) -> Calendar:
        """A handle; no request."""
        return OurCalendar(client=self._client(), url=self._account.address(href))

    def _client(self) -> DAVClient:
        """This thread's client, whose every request goes through our session."""
        found: DAVClient | None = getattr(self._local, "client", None)
        if found is None:
            found = client(self._account.address(self._account.dav("")), self._account.session, features="nextcloud")
            self._local.client = found
        return found
