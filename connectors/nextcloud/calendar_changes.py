"""What changed in a calendar since a token, as Nextcloud has to be asked.

The server's tokens are numbers that it hardly checks: a number from the future, or from before a calendar was purged
and made again, is answered with "nothing new". So a token that got smaller means: look at everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from connectors.dav import reports
from connectors.dav.reports import XML
from connectors.dav.xml import MultiStatus
from connectors.nextcloud.account import Account
from connectors.nextcloud.dav_xml import multistatus
from connectors.nextcloud.faults import TokenInvalid
from network.errors import Refused, RightMissing, ServerFault
from network.ports import CalendarDelta, ObjectSeen


def changes(account: Account, href: str, token: str) -> CalendarDelta:
    """See `network.ports.CalendarTarget.changes`."""
    if not _number(token):  # the server would take it for "from the start", and leave out what is gone
        return _everything(account, href)
    try:
        delta = reports.changed_since(partial(_send, account), href, token)
    except (TokenInvalid, RightMissing):  # an unknown token is a 403
        return _everything(account, href)
    except (Refused, ServerFault):
        return reports.listing(partial(_send, account), href)
    if delta is None or _number(delta.token) < _number(token):
        return _everything(account, href)
    return delta


def objects(account: Account, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
    """See `network.ports.CalendarTarget.objects`."""
    return reports.objects(partial(_send, account), href, hrefs)


def _everything(account: Account, href: str) -> CalendarDelta:
    send = partial(_send, account)
    try:
        return reports.changed_since(send, href, "") or reports.listing(send, href)
    except (Refused, ServerFault, RightMissing):
        return reports.listing(send, href)


def _send(account: Account, method: str, href: str, depth: str, body: bytes) -> MultiStatus:
    return multistatus(account.send(method, href, headers={**XML, "Depth": depth}, data=body))


def _number(token: str) -> int:
    found = re.search(r"(\d+)$", token)
    return int(found[1]) if found else 0
