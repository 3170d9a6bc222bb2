"""A person's calendar home: the own calendars and those that others share, under the names that this person sees.

What a sharee reads is not what the owner wrote: private objects aren't there, confidential ones are busy time for those
who may only read, alarms are stripped for them; the ETag is the owner's all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.calendars.book import Calendar, Calendars, Entry
from plugin.sandbox.calendars.ical import Component, build, read, with_parameter, write
from plugin.sandbox.calendars.shares import CalendarShares

DISPLAY_NAME = "{DAV:}displayname"
COLOR = "{http://apple.com/ns/ical/}calendar-color"
KEPT_WHEN_BUSY = ("UID", "DTSTART", "DTEND", "DURATION", "DTSTAMP", "CREATED", "LAST-MODIFIED", "RRULE", "RDATE",
                  "EXDATE", "RECURRENCE-ID", "CLASS", "SEQUENCE", "STATUS", "TRANSP")  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """One calendar as one person sees it. `uri` is its name in this person's home."""

    calendar: Calendar
    viewer: str
    uri: str
    access: Literal["own", "write", "read"]

    @property
    def may_write(self) -> bool:
        return self.access != "read"


class Homes:
    def __init__(self, accounts: Accounts, calendars: Calendars, shares: CalendarShares) -> None:
        self._accounts = accounts
        self.calendars = calendars
        self.shares = shares

    def ensure_personal(self, uid: str) -> None:
        """The calendar that the server makes at a person's first login with the password."""
        if not self.calendars.of_owner(uid):
            self.calendars.create(uid, "personal", (), {DISPLAY_NAME: "Persönlich", COLOR: "#0082c9"})

    def views(self, uid: str) -> list[View]:
        own = [View(calendar, uid, calendar.uri, "own") for calendar in self.calendars.of_owner(uid)]
        shared = []
        for number, access in self.shares.reached(uid).items():
            calendar = self.calendars.all.get(str(number))
            if calendar is not None and calendar.owner != uid and access != "unshared":
                shared.append(View(calendar, uid, f"{calendar.uri}_shared_by_{calendar.owner}", access))
        return own + shared

    def view(self, uid: str, uri: str) -> View | None:
        own = self.calendars.find(uid, uri)
        if own is not None:
            return View(own, uid, uri, "own")
        name, mark, owner = uri.rpartition("_shared_by_")
        calendar = self.calendars.find(owner, name) if mark else None
        if calendar is None or owner == uid:
            return None
        access = self.shares.access(calendar, uid)
        return View(calendar, uid, uri, access) if access in ("read", "write") else None

    def display_name(self, view: View) -> str:
        name = view.calendar.properties.get(DISPLAY_NAME, "")
        return name if view.access == "own" else f"{name} ({self.owner_name(view.calendar)})"

    def owner_name(self, calendar: Calendar) -> str:
        owner = self._accounts.people.get(calendar.owner)
        return owner.display_name if owner else calendar.owner

    def entries(self, view: View) -> list[Entry]:
        return [entry for entry in self.calendars.entries(view.calendar) if is_visible(view, entry)]

    def entry(self, view: View, uri: str) -> Entry | None:
        entry = self.calendars.entry(view.calendar, uri)
        return entry if entry and is_visible(view, entry) else None


def is_visible(view: View, entry: Entry) -> bool:
    return view.access == "own" or entry.classification != "PRIVATE"


def text_for(view: View, entry: Entry) -> str:
    """The object's text as this person gets it; the owner's is byte for byte what was stored."""
    if view.access == "own":
        return entry.text
    tree = read(entry.text)
    for component in tree.main():
        if view.access == "read":
            component.children = [child for child in component.children if child.name != "VALARM"]
            if entry.classification == "CONFIDENTIAL":
                _mask(component)
        component.properties = [
            with_parameter(found, "VALUE", "URI") if found.name == "URL" else found for found in component.properties
        ]
    return write(tree)


def _mask(component: Component) -> None:
    component.properties = [found for found in component.properties if found.name in KEPT_WHEN_BUSY]
    component.properties.append(build("SUMMARY", "Busy"))
