"""The properties of homes, calendars, objects and principals, by Clark name.

A name that nobody knows here is looked for among the person's own custom properties, which live as long as the path.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate

from plugin.sandbox.accounts import Account, Accounts
from plugin.sandbox.calendars.book import Calendar, Entry
from plugin.sandbox.calendars.views import COLOR, DISPLAY_NAME, Homes, View
from plugin.sandbox.dav_xml import CAL, CS, DAV, ICAL, NC, OC, element, href, read_xml
from plugin.sandbox.journal import Journal

BASE = "/remote.php/dav"
SYNC = "http://sabre.io/ns/sync/"
ORDER = ICAL + "calendar-order"
DESCRIPTION = CAL + "calendar-description"
TIMEZONE = CAL + "calendar-timezone"
TRANSPARENT = CAL + "schedule-calendar-transp"
COMPONENTS = CAL + "supported-calendar-component-set"
STORED = (DISPLAY_NAME, COLOR, ORDER, DESCRIPTION, TIMEZONE)
LIVE_PREFIXES = (DAV, CAL, CS)
Value = ET.Element | None


@dataclass(frozen=True, slots=True)
class Custom:
    """A property set by one person on one path: its element as XML."""

    xml: str


class Properties:
    def __init__(self, journal: Journal, accounts: Accounts, homes: Homes) -> None:
        self._accounts = accounts
        self._homes = homes
        self._custom = journal.table("custom_properties", Custom)

    def of_calendar(self, view: View, name: str) -> Value:
        custom = self.custom(view.viewer, view.uri, name)
        if custom is not None:
            return custom
        live = self._live().get(name)
        if live is not None:
            return live(view)
        if name in STORED and name in view.calendar.properties:
            return element(name, view.calendar.properties[name])
        return None

    def calendar_names(self, view: View) -> list[str]:
        """What `allprop` shows."""
        return [
            DAV + "resourcetype",
            DAV + "displayname",
            CS + "getctag",
            DAV + "sync-token",
            *view.calendar.properties,
        ]

    def of_entry(self, entry: Entry, size: int, name: str) -> Value:
        values = {
            DAV + "getetag": f'"{entry.etag}"',
            DAV + "getcontenttype": f"text/calendar; charset=utf-8; component={entry.component.lower()}",
            DAV + "getlastmodified": formatdate(entry.modified, usegmt=True),
            DAV + "getcontentlength": str(size),
            DAV + "resourcetype": "",
        }
        return element(name, values[name] or None) if name in values else None

    def of_home(self, uid: str, name: str) -> Value:
        if name == DAV + "resourcetype":
            return element(name, children=[element(DAV + "collection")])
        if name in (DAV + "owner", DAV + "current-user-principal"):
            return element(name, children=[_href(f"/principals/users/{uid}/")])
        return None

    def of_special(self, uid: str, child: str, name: str) -> Value:
        """inbox, outbox and trashbin."""
        kinds = {"inbox": CAL + "schedule-inbox", "outbox": CAL + "schedule-outbox", "trashbin": NC + "trash-bin"}
        if name == DAV + "resourcetype":
            return element(name, children=[element(DAV + "collection"), element(kinds[child])])
        return self.of_home(uid, name) if name == DAV + "owner" else None

    def of_principal(self, account: Account, name: str) -> Value:
        uid = account.uid
        hrefs = {
            CAL + "calendar-home-set": f"/calendars/{uid}/",
            CAL + "schedule-inbox-URL": f"/calendars/{uid}/inbox/",
            CAL + "schedule-outbox-URL": f"/calendars/{uid}/outbox/",
            DAV + "principal-URL": f"/principals/users/{uid}/",
            DAV + "current-user-principal": f"/principals/users/{uid}/",
        }
        if name in hrefs:
            return element(name, children=[_href(hrefs[name])])
        if name == DAV + "displayname":
            return element(name, account.display_name)
        if name == DAV + "resourcetype":
            return element(name, children=[element(DAV + "collection"), element(DAV + "principal")])
        if name == CAL + "calendar-user-address-set":
            mails = [
                element(DAV + "href", f"mailto:{mail}") for mail in (account.email, *account.additional_mails) if mail
            ]
            return element(name, children=[*mails, _href(f"/principals/users/{uid}/")])
        return (
            element(name, account.email) if name == "{http://sabredav.org/ns}email-address" and account.email else None
        )

    # custom properties

    def custom(self, uid: str, uri: str, name: str) -> Value:
        found = self._custom.get(_key(uid, uri, name))
        return read_xml(found.xml.encode()) if found else None

    def set_custom(self, uid: str, uri: str, given: ET.Element) -> None:
        self._custom[_key(uid, uri, given.tag)] = Custom(ET.tostring(given, encoding="unicode"))

    def remove_custom(self, uid: str, uri: str, name: str) -> None:
        self._custom.pop(_key(uid, uri, name), None)

    def forget(self, uid: str, uri: str) -> None:
        for key in [key for key in self._custom if key.startswith(_key(uid, uri, ""))]:
            del self._custom[key]

    def forget_person(self, uid: str) -> None:
        for key in [key for key in self._custom if key.startswith(f"{uid}\n")]:
            del self._custom[key]

    # live properties of calendars

    def _live(self) -> dict[str, Callable[[View], Value]]:
        return {
            DISPLAY_NAME: lambda view: element(DISPLAY_NAME, self._homes.display_name(view)),
            DAV + "resourcetype": self._resource_type,
            DAV + "sync-token": lambda view: element(DAV + "sync-token", f"{SYNC}{view.calendar.token}"),
            CS + "getctag": lambda view: element(CS + "getctag", f"{SYNC}{view.calendar.token}"),
            DAV + "owner": lambda view: element(DAV + "owner", children=[_owner(view.calendar)]),
            OC + "owner-principal": lambda view: element(OC + "owner-principal", _principal(view.calendar)),
            NC + "owner-displayname": lambda view: element(
                NC + "owner-displayname", self._homes.owner_name(view.calendar)
            ),
            OC + "read-only": lambda view: element(OC + "read-only", "1") if view.access == "read" else None,
            OC + "invite": self._invite,
            COMPONENTS: _components,
            TRANSPARENT: _transparency,
            CS + "publish-url": _publish_url,
            NC + "deleted-at": _deleted_at,
            CAL + "max-resource-size": lambda view: element(CAL + "max-resource-size", "10000000"),
            DAV + "current-user-privilege-set": _privileges,
            DAV + "current-user-principal": lambda view: element(
                DAV + "current-user-principal", children=[_href(f"/principals/users/{view.viewer}/")]
            ),
        }

    def _resource_type(self, view: View) -> Value:
        kinds = [element(DAV + "collection")]
        if view.calendar.deleted_at is not None:
            kinds.append(element(NC + "deleted-calendar"))
        else:
            kinds.append(element(CAL + "calendar"))
            if view.access != "own":
                kinds.append(element(CS + "shared"))
            elif self._homes.shares.of_calendar(view.calendar):
                kinds.append(element(CS + "shared-owner"))
        return element(DAV + "resourcetype", children=kinds)

    def _invite(self, view: View) -> Value:
        rows = []
        for share in self._homes.shares.of_calendar(view.calendar):
            row = element(OC + "user", children=[element(DAV + "href", f"principal:{share.principal}")])
            if name := self._homes.shares.common_name(share.principal):
                row.append(element(OC + "common-name", name))
            row.append(element(OC + "invite-accepted"))
            level = OC + ("read-write" if share.access == "write" else "read")
            row.append(element(OC + "access", children=[element(level)]))
            rows.append(row)
        return element(OC + "invite", children=rows)


def _key(uid: str, uri: str, name: str) -> str:
    return f"{uid}\n{uri}\n{name}"


def _href(path: str) -> ET.Element:
    return element(DAV + "href", href(BASE + path))


def _principal(calendar: Calendar) -> str:
    return f"principals/users/{calendar.owner}"


def _owner(calendar: Calendar) -> ET.Element:
    return _href(f"/principals/users/{calendar.owner}/")


def _components(view: View) -> Value:
    parts = []
    for name in view.calendar.components:
        part = element(CAL + "comp")
        part.set("name", name)
        parts.append(part)
    return element(COMPONENTS, children=parts)


def _transparency(view: View) -> Value:
    transparent = view.calendar.transparent or view.access != "own"
    return element(TRANSPARENT, children=[element(CAL + ("transparent" if transparent else "opaque"))])


def _publish_url(view: View) -> Value:
    token = view.calendar.published
    return element(CS + "publish-url", children=[_href(f"/public-calendars/{token}")]) if token else None


def _deleted_at(view: View) -> Value:
    from datetime import UTC, datetime

    if view.calendar.deleted_at is None:
        return None
    return element(NC + "deleted-at", datetime.fromtimestamp(view.calendar.deleted_at, UTC).isoformat())


def _privileges(view: View) -> Value:
    names = ["read", "write-properties"] + (["write", "write-content", "bind", "unbind"] if view.may_write else [])
    privileges = [element(DAV + "privilege", children=[element(DAV + name)]) for name in names]
    return element(DAV + "current-user-privilege-set", children=privileges)
