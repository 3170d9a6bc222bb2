"""The library `caldav` over a session of ours: for what costs one request each, such as who am I and where is my home.

Listing, changes and objects are ours (`connectors.dav.reports`), because there the library needs several requests,
hides an invalid sync token behind a full download, and overwrites without a condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from caldav.collection import Calendar, Principal
from caldav.davclient import DAVClient
from caldav.lib.error import DAVError, PropsetError

from connectors.dav.xml import path_of
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


def client(url: str, session: Any, *, features: str = "") -> DAVClient:  # whatever has requests' `request`
    """A client whose every request goes through `session`, which raises refusals itself."""
    made = DAVClient(
        url=url,
        features=features or {},
        enable_rfc6764=False,
        require_tls=False,  # whether TLS is needed is decided by the configuration, long before this
    )
    made.session.close()
    made.session = session
    return made


def calendar_home(asking: DAVClient) -> str:
    """The decoded path of the account's calendar home, ends with "/": two requests (RFC 5397, RFC 4791 6.2.1)."""
    with translated():
        found = OurPrincipal(client=asking).calendar_home_set
    return path_of(str(found.url)).rstrip("/") + "/"


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
