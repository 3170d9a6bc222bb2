"""Finding the calendar home, and calendars as the library `caldav` handles them, over our own session."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from connectors.nextcloud.account import Account

if TYPE_CHECKING:  # most runs change no calendar itself: they do without the library
    from caldav.davclient import DAVClient
    from caldav.elements.base import ValuedBaseElement


class Discovery:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._local = threading.local()

    def home(self) -> str:
        """The decoded path of the calendar home, ends with "/": two requests."""
        from connectors.dav.library import calendar_home

        return calendar_home(self._client())

    def set_properties(self, href: str, properties: Iterable[ValuedBaseElement]) -> None:
        """PROPPATCH of a calendar; Refused when the server does not take one of them."""
        from connectors.dav.library import OurCalendar, translated

        with translated():
            OurCalendar(client=self._client(), url=self._account.address(href)).set_properties(list(properties))

    def _client(self) -> DAVClient:
        """This thread's client, whose every request goes through our session."""
        from connectors.dav.library import client

        found: DAVClient | None = getattr(self._local, "client", None)
        if found is None:
            found = client(self._account.address(self._account.dav("")), self._account.session, features="nextcloud")
            self._local.client = found
        return found
