"""What one PROPFIND on the calendar home tells about all calendars, read into values. No requests here."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element  # the type only; reading is defusedxml's

from connectors.dav.xml import CALDAV, CALENDARSERVER, DAV, OUR_MARK, PRIVILEGES, Resource
from connectors.nextcloud.dav_xml import APPLE, NEXTCLOUD, OWNCLOUD
from network.ports import CalendarSeen, ShareRow

MARKER = OUR_MARK
WANTED = (
    f"{DAV}resourcetype",
    f"{DAV}displayname",
    f"{DAV}sync-token",
    f"{CALENDARSERVER}getctag",
    f"{APPLE}calendar-color",
    f"{CALDAV}calendar-description",
    f"{CALDAV}calendar-timezone",
    f"{CALDAV}supported-calendar-component-set",
    f"{OWNCLOUD}invite",
    f"{OWNCLOUD}owner-principal",
    PRIVILEGES,
    MARKER,
)
BIRTHDAYS = "contact_birthdays"
PREFIX = "principal:principals/"


def calendars(home: str, found: Iterable[Resource]) -> tuple[CalendarSeen, ...]:
    """The calendars among the children of `home`: without in- and outbox, trash bin, birthdays and subscriptions."""
    return tuple(_calendar(home, each) for each in found if _is_calendar(home, each))


def _is_calendar(home: str, found: Resource) -> bool:
    kinds = found.children(f"{DAV}resourcetype")
    if _uri(home, found) == BIRTHDAYS or f"{CALENDARSERVER}subscribed" in kinds:
        return False
    return f"{CALDAV}calendar" in kinds or f"{NEXTCLOUD}deleted-calendar" in kinds


def _calendar(home: str, found: Resource) -> CalendarSeen:
    owner = found.text(f"{OWNCLOUD}owner-principal").strip("/").rpartition("/")[2]
    account = home.strip("/").rpartition("/")[2]
    return CalendarSeen(
        uri=_uri(home, found),
        href=found.href.rstrip("/") + "/",
        name=found.text(f"{DAV}displayname"),
        sync_token=found.text(f"{DAV}sync-token") or found.text(f"{CALENDARSERVER}getctag"),
        color=found.text(f"{APPLE}calendar-color"),
        description=found.text(f"{CALDAV}calendar-description"),
        has_timezone=bool(found.text(f"{CALDAV}calendar-timezone")),
        marker=found.text(MARKER),
        trashed=f"{NEXTCLOUD}deleted-calendar" in found.children(f"{DAV}resourcetype"),
        is_own=not owner or owner.casefold() == account.casefold(),  # user names are not told apart by capitals
        shares=_shares(found.properties.get(f"{OWNCLOUD}invite")),
        components=_components(found.properties.get(f"{CALDAV}supported-calendar-component-set")),
        is_writable=found.is_writable is not False,
    )


def _uri(home: str, found: Resource) -> str:
    return found.href.removeprefix(home).strip("/")


def _shares(invite: Element | None) -> tuple[ShareRow, ...]:
    if invite is None:
        return ()
    rows = (
        ShareRow(
            (user.findtext(f"{DAV}href") or "").strip().removeprefix(PREFIX),
            user.find(f"{OWNCLOUD}access/{OWNCLOUD}read-write") is not None,
        )
        for user in invite.iter(f"{OWNCLOUD}user")
    )
    return tuple(sorted(rows))


def _components(allowed: Element | None) -> tuple[str, ...]:
    return tuple(each.get("name", "") for each in allowed) if allowed is not None else ("VEVENT",)
