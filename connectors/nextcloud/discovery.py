"""Finding the calendar home, and calendars as the library `caldav` handles them, over our own session.

Only what costs one request each is left to the library: who am I, where is my home, setting properties. Listing,
changes and objects are ours (`calendars.py`), because there the library needs several requests, hides an invalid sync
token behind a full download, and overwrites without a condition.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from caldav.collection import Calendar, Principal
from caldav.davclient import DAVClient
from caldav.lib.error import DAVError, PropsetError

from connectors.nextcloud.account import Account
from connectors.nextcloud.dav_xml import path_of
from network.errors import Refused, ServerFault
from network.text import Text


class OurPrincipal(Principal):
    @property
    def is_async_client(self) -> bool:
        """Never; the library would import an HTTP library that we leave out, only to find that."""
        return False


class OurCalendar(Calendar):
    @property
    def is_async_client(self) -> bool:
        """As above."""
        return False


class Discovery:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._local = threading.local()

    def home(self) -> str:
        """The decoded path of the calendar home, ends with "/": two requests."""
        with translated():
            found = OurPrincipal(client=self._client()).calendar_home_set
        return path_of(str(found.url)).rstrip("/") + "/"

    def calendar(self, href: str) -> Calendar:
        """A handle; no request."""
        return OurCalendar(client=self._client(), url=self._account.address(href))

    def _client(self) -> DAVClient:
        """This thread's client, whose every request goes through our session."""
        found: DAVClient | None = getattr(self._local, "client", None)
        if found is None:
            found = DAVClient(
                url=self._account.address(self._account.dav("")),
                features="nextcloud",
                enable_rfc6764=False,
                require_tls=False,  # whether TLS is needed is decided by the configuration, long before this
            )
            found.session.close()
            found.session = self._account.session
            self._local.client = found
        return found


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the library as ours. Refusals never get here: our session raises them itself."""
    try:
        yield
    except PropsetError as error:
        raise Refused(
            Text("Der Server nimmt diese Eigenschaften nicht an.", "The server does not accept these properties.")
        ) from error
    except DAVError as error:
        raise ServerFault(
            Text(f"Unverständliche Antwort des Kalenders: {error}", f"The calendar's answer makes no sense: {error}")
        ) from error
