"""The calendar trash bin: what lies in it, bringing it back, and emptying it object by object.

A deleted object keeps its UID taken in its calendar: creating it again answers 500 until it is restored or purged.
"""

from __future__ import annotations

import re

from connectors.dav.xml import CALDAV, DAV, Resource, calendar_query
from connectors.nextcloud.account import Account
from connectors.nextcloud.dav_xml import NEXTCLOUD, multistatus
from network.errors import AlreadyThere, NotThere, RightMissing
from network.ports import TrashedObject
from network.text import Text

WANTED = (f"{DAV}getetag", f"{CALDAV}calendar-data", f"{NEXTCLOUD}calendar-uri")


def trashed_objects(account: Account, home: str) -> tuple[TrashedObject, ...]:
    """All trashed objects. The server does not tell the old file name: ours is always the UID."""
    headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
    body = calendar_query("VEVENT", *WANTED)  # required by the standard; the server lists everything all the same
    try:
        answer = account.send("REPORT", f"{home}trashbin/objects", headers=headers, data=body)
    except NotThere:
        return ()  # the server's trash bin is switched off
    found = multistatus(answer).resources
    return tuple(_trashed(each) for each in found if f"{CALDAV}calendar-data" in each.properties)


def restore(account: Account, home: str, href: str) -> None:
    """Bring back a trashed object or calendar. AlreadyThere when its name is taken again."""
    target = account.address(f"{home}trashbin/restore/file")
    try:
        account.send("MOVE", href, headers={"Destination": target, "Overwrite": "F", "x-nc-scheduling": "false"})
    except RightMissing as error:
        raise AlreadyThere(
            Text("Der Platz ist schon wieder belegt.", "The place is taken again."), where=error.where
        ) from error


def purge(account: Account, href: str) -> None:
    account.send("DELETE", href, headers={"x-nc-scheduling": "false"})


def _trashed(found: Resource) -> TrashedObject:
    uid = _uid(found.properties[f"{CALDAV}calendar-data"].text or "")
    return TrashedObject(found.href, uid, found.text(f"{NEXTCLOUD}calendar-uri"), f"{uid}.ics")


def _uid(data: str) -> str:
    """The first UID of the object, unfolded (RFC 5545 section 3.1)."""
    unfolded = re.sub(r"\r?\n[ \t]", "", data)
    found = re.search(r"^UID(?:;[^:\r\n]*)?:(.*?)\r?$", unfolded, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else ""
