"""What changed in a calendar since a token, and the objects themselves, in few requests.

The server's tokens are numbers that it hardly checks: a number from the future, or from before a calendar was purged
and made again, is answered with "nothing new". So a token that got smaller means: look at everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from connectors.nextcloud.account import Account
from connectors.nextcloud.dav_xml import (
    CALDAV,
    CALENDARSERVER,
    DAV,
    MultiStatus,
    Resource,
    multiget,
    multistatus,
    propfind,
    sync_collection,
)
from connectors.nextcloud.faults import TokenInvalid
from connectors.nextcloud.files import bare
from network.errors import Refused, RightMissing, ServerFault
from network.ports import CalendarDelta, ObjectSeen

BATCH = 100
ETAG = f"{DAV}getetag"
XML = {"Content-Type": "application/xml; charset=utf-8"}


def changes(account: Account, href: str, token: str) -> CalendarDelta:
    """See `network.ports.CalendarTarget.changes`."""
    if not _number(token):  # the server would take it for "from the start", and leave out what is gone
        return _everything(account, href)
    try:
        answer = _sync(account, href, token)
    except (TokenInvalid, RightMissing):  # an unknown token is a 403
        return _everything(account, href)
    except (Refused, ServerFault):
        return _listing(account, href)
    if _is_cut_off(answer) or _number(answer.sync_token) < _number(token):
        return _everything(account, href)
    removed = tuple(each.href for each in answer.resources if each.status == 404)
    return CalendarDelta(answer.sync_token, _members(href, answer), removed)


def objects(account: Account, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
    """See `network.ports.CalendarTarget.objects`."""
    for start in range(0, len(hrefs), BATCH):
        body = multiget((quote(each) for each in hrefs[start : start + BATCH]), ETAG, f"{CALDAV}calendar-data")
        answer = multistatus(account.send("REPORT", href, headers={**XML, "Depth": "1"}, data=body))
        for each in answer.resources:
            if f"{CALDAV}calendar-data" in each.properties:
                text = each.properties[f"{CALDAV}calendar-data"].text or ""
                yield ObjectSeen(each.href, bare(each.text(ETAG)), _lines(text).encode())


def _lines(text: str) -> str:
    """With the line ends of RFC 5545, which XML turned into bare newlines on the way."""
    return text if "\r\n" in text else text.replace("\n", "\r\n")


def _everything(account: Account, href: str) -> CalendarDelta:
    try:
        answer = _sync(account, href, "")
    except (Refused, ServerFault, RightMissing):
        return _listing(account, href)
    if _is_cut_off(answer):
        return _listing(account, href)
    return CalendarDelta(answer.sync_token, _members(href, answer), is_full=True)


def _listing(account: Account, href: str) -> CalendarDelta:
    """For a server without sync-collection: ETags of all objects, the calendar's own token beside them."""
    body = propfind(ETAG, f"{DAV}sync-token", f"{CALENDARSERVER}getctag")
    answer = multistatus(account.send("PROPFIND", href, headers={**XML, "Depth": "1"}, data=body))
    itself = [each for each in answer.resources if _is(each.href, href)]
    token = next((each.text(f"{DAV}sync-token") or each.text(f"{CALENDARSERVER}getctag") for each in itself), "")
    return CalendarDelta(token, _members(href, answer), is_full=True)


def _sync(account: Account, href: str, token: str) -> MultiStatus:
    body = sync_collection(token, ETAG)
    # Depth 0: RFC 6578 section 3.2 asks for it, the level stands in the body
    return multistatus(account.send("REPORT", href, headers={**XML, "Depth": "0"}, data=body))


def _members(href: str, answer: MultiStatus) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.href, bare(each.text(ETAG)))
        for each in answer.resources
        if not _is(each.href, href) and ETAG in each.properties
    )


def _is_cut_off(answer: MultiStatus) -> bool:
    return any(_is_507(each) for each in answer.resources)


def _is_507(each: Resource) -> bool:
    return each.status == 507


def _is(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _number(token: str) -> int:
    found = re.search(r"(\d+)$", token)
    return int(found[1]) if found else 0
