"""What changed in a calendar since a token, and its objects, in few requests (RFC 6578, RFC 4791 section 7.9).

Never with a limit: servers leave changes out for good. Whether a token can be believed is the caller's to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import quote

from connectors.dav.xml import (
    CALDAV,
    CALENDARSERVER,
    DAV,
    MultiStatus,
    Resource,
    bare,
    multiget,
    propfind,
    sync_collection,
)
from network.ports import CalendarDelta, ObjectSeen

BATCH = 100
ETAG = f"{DAV}getetag"
SYNC_TOKEN = f"{DAV}sync-token"
CTAG = f"{CALENDARSERVER}getctag"
XML = {"Content-Type": "application/xml; charset=utf-8"}


class Send(Protocol):
    def __call__(self, method: str, href: str, depth: str, body: bytes) -> MultiStatus:
        """One request to a decoded path. Raises an error of our tree for every answer that is no multi-status."""
        ...


def changed_since(send: Send, href: str, token: str) -> CalendarDelta | None:
    """The changes since `token`, everything for an empty one; None when the server cut its answer off."""
    # Depth 0: RFC 6578 section 3.2 asks for it, the level stands in the body
    answer = send("REPORT", href, "0", sync_collection(token, ETAG))
    if any(each.status == 507 for each in answer.resources):
        return None
    removed = tuple(each.href for each in answer.resources if each.status == 404)
    return CalendarDelta(answer.sync_token, _members(href, answer), removed if token else (), is_full=not token)


def listing(send: Send, href: str) -> CalendarDelta:
    """The ETags of all objects, the calendar's own token beside them: for every server, with sync-collection or not."""
    answer = send("PROPFIND", href, "1", propfind(ETAG, f"{DAV}resourcetype", SYNC_TOKEN, CTAG))
    itself = (each for each in answer.resources if is_same(each.href, href))
    token = next((each.text(SYNC_TOKEN) or each.text(CTAG) for each in itself), "")
    return CalendarDelta(token, _members(href, answer), is_full=True)


def objects(send: Send, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
    """These objects, in batches; what is no longer there is left out."""
    for start in range(0, len(hrefs), BATCH):
        wanted = (quote(each) for each in hrefs[start : start + BATCH])
        answer = send("REPORT", href, "1", multiget(wanted, ETAG, f"{CALDAV}calendar-data"))
        for each in answer.resources:
            if f"{CALDAV}calendar-data" in each.properties:
                text = each.properties[f"{CALDAV}calendar-data"].text or ""
                yield ObjectSeen(each.href, bare(each.text(ETAG)), _lines(text).encode())


def is_same(one: str, other: str) -> bool:
    """Whether two paths name the same collection."""
    return one.rstrip("/") == other.rstrip("/")


def _lines(text: str) -> str:
    """With the line ends of RFC 5545, which XML turned into bare newlines on the way."""
    return text if "\r\n" in text else text.replace("\n", "\r\n")


def _members(href: str, answer: MultiStatus) -> tuple[tuple[str, str], ...]:
    return tuple((each.href, bare(each.text(ETAG))) for each in answer.resources if _is_member(href, each))


def _is_member(href: str, found: Resource) -> bool:
    is_collection = f"{DAV}collection" in found.children(f"{DAV}resourcetype")
    return ETAG in found.properties and not is_collection and not is_same(found.href, href)
