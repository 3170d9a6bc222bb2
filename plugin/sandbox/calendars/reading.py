"""GET and PROPFIND on calendar homes, calendars, objects, principals and the trash bin."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.calendars.book import Calendar, Entry
from plugin.sandbox.calendars.export import exported
from plugin.sandbox.calendars.properties import BASE, Properties, Value
from plugin.sandbox.calendars.report_storage import trashed_entries
from plugin.sandbox.calendars.requests import HTML, ICS, WEBDAV_INTERFACE, XML, Reply, Request, is_unmodified
from plugin.sandbox.calendars.views import Homes, View, text_for
from plugin.sandbox.dav_error import Refusal, not_found
from plugin.sandbox.dav_xml import DAV, Answer, element, href, multistatus

Lookup = Callable[[str], Value]


class Reading:
    def __init__(self, accounts: Accounts, homes: Homes, properties: Properties) -> None:
        self._accounts = accounts
        self._homes = homes
        self._properties = properties

    def view(self, request: Request) -> View:
        """The calendar of the path as the caller sees it; raises Refusal (404)."""
        parts = request.parts
        view = self._homes.view(parts[1], parts[2]) if parts[1] == request.caller.uid else None
        if view is None:
            raise not_found(f"Node with name '{parts[2]}' could not be found")
        return view

    def entry(self, request: Request) -> tuple[View, Entry]:
        view = self.view(request)
        entry = self._homes.entry(view, "/".join(request.parts[3:]))
        if entry is None:
            raise not_found("Calendar object not found")
        return view, entry

    def get(self, request: Request) -> Reply:
        if len(request.parts) == 3 and "export" in request.environ.get("QUERY_STRING", ""):
            view = self.view(request)
            texts = [text_for(view, entry) for entry in self._homes.entries(view)]
            return Reply(HTTPStatus.OK, exported(self._homes.display_name(view), texts), (("Content-Type", ICS),))
        if len(request.parts) < 4:
            self.view(request)
            return Reply(HTTPStatus.OK, WEBDAV_INTERFACE, (("Content-Type", HTML),))
        if request.parts[2] == "trashbin":
            trashed = self.trashed(request)
            return Reply(HTTPStatus.OK, trashed.text.encode(), (("Content-Type", ICS),))
        view, entry = self.entry(request)
        tag = (("ETag", f'"{entry.etag}"'), ("OC-ETag", f'"{entry.etag}"'))
        if is_unmodified(request, entry.etag):
            return Reply(HTTPStatus.NOT_MODIFIED, b"", tag)
        stamp = ("Last-Modified", formatdate(entry.modified, usegmt=True))
        return Reply(HTTPStatus.OK, text_for(view, entry).encode(), (("Content-Type", ICS), stamp, *tag))

    def public_export(self, calendar: Calendar) -> Reply:
        texts = [e.text for e in self._homes.calendars.entries(calendar) if e.classification != "PRIVATE"]
        name = self._homes.display_name(View(calendar, calendar.owner, calendar.uri, "own"))
        return Reply(HTTPStatus.OK, exported(name, texts), (("Content-Type", ICS),))

    def trashed(self, request: Request) -> Entry:
        """The trashed object of a path …/trashbin/objects/{number}.ics; raises Refusal (404)."""
        number = request.parts[-1].removesuffix(".ics")
        entries = trashed_entries(self._homes, request.caller.uid)
        if not number.isdigit() or int(number) not in entries or request.parts[3:4] != ("objects",):
            raise not_found("Calendar object not found")
        return entries[int(number)]

    def propfind(self, request: Request) -> Reply:
        names = _wanted(request.xml())
        deep = request.header("Depth") != "0"
        alone = names == [DAV + "resourcetype"]
        answers = [_answer(path, lookup, names or own) for path, lookup, own in self._resources(request, deep, alone)]
        return Reply(HTTPStatus.MULTI_STATUS, multistatus(answers), (("Content-Type", XML),))

    def _resources(self, request: Request, deep: bool, alone: bool) -> Iterator[tuple[str, Lookup, list[str]]]:
        """Path, how to look a property up, and the names that `allprop` means.

        `alone`: nothing but the resource type is asked for; then the server calls a deleted calendar a calendar.
        """
        parts, uid = request.parts, request.caller.uid
        common = [DAV + "resourcetype"]
        if not parts or parts[0] == "principals":
            yield from self._principals(request)
        elif len(parts) == 1:
            yield f"/{parts[0]}/", lambda name: self._properties.of_home(uid, name), common
        elif parts[1] != uid:
            raise not_found(f"Principal with name {parts[1]} not found")
        elif len(parts) == 2:
            yield f"/calendars/{uid}/", lambda name: self._properties.of_home(uid, name), common
            if deep:
                yield from self._home_children(uid, alone)
        elif parts[2] in ("inbox", "outbox", "trashbin"):
            if parts[2:] == ("trashbin", "objects"):
                raise Refusal(501, "NotImplemented", "")
            yield f"/calendars/{uid}/{parts[2]}/", lambda name: self._properties.of_special(uid, parts[2], name), common
        elif len(parts) == 3:
            view = self.view(request)
            yield self._calendar(view, alone)
            if deep:
                yield from (self._object(view, entry) for entry in self._homes.entries(view))
        else:
            yield self._object(*self.entry(request))

    def _home_children(self, uid: str, alone: bool) -> Iterator[tuple[str, Lookup, list[str]]]:
        for view in self._homes.views(uid):
            yield self._calendar(view, alone)
        for child in ("inbox", "outbox", "trashbin"):
            path = f"/calendars/{uid}/{child}/"
            yield path, lambda name, child=child: self._properties.of_special(uid, child, name), [DAV + "resourcetype"]  # type: ignore[misc]

    def _calendar(self, view: View, alone: bool) -> tuple[str, Lookup, list[str]]:
        if alone:
            view = replace(view, calendar=replace(view.calendar, deleted_at=None))
        path = f"/calendars/{view.viewer}/{view.uri}/"
        return path, lambda name: self._properties.of_calendar(view, name), self._properties.calendar_names(view)

    def _object(self, view: View, entry: Entry) -> tuple[str, Lookup, list[str]]:
        size = len(entry.text.encode())
        names = [DAV + "getetag", DAV + "getcontenttype", DAV + "getlastmodified", DAV + "getcontentlength"]
        path = f"/calendars/{view.viewer}/{view.uri}/{entry.uri}"
        return path, lambda name: self._properties.of_entry(entry, size, name), names

    def _principals(self, request: Request) -> Iterator[tuple[str, Lookup, list[str]]]:
        if len(request.parts) < 3:
            path = "/" + "".join(f"{part}/" for part in request.parts)
            yield path, lambda name: self._properties.of_home(request.caller.uid, name), [DAV + "resourcetype"]
            return
        account = self._accounts.find(request.parts[2]) if request.parts[1] == "users" else None
        if account is None:
            raise not_found(f"Principal with name {request.parts[2]} not found")
        path = f"/principals/users/{account.uid}/"
        yield (
            path,
            lambda name: self._properties.of_principal(account, name),
            [DAV + "displayname", DAV + "resourcetype"],
        )


def _wanted(root: ET.Element | None) -> list[str]:
    """The names asked for; empty for all."""
    prop = root.find(DAV + "prop") if root is not None else None
    return [child.tag for child in prop] if prop is not None else []


def _answer(path: str, lookup: Lookup, names: Iterable[str]) -> Answer:
    found, missing = [], []
    for name in names:
        value = lookup(name)
        if value is None:
            missing.append(element(name))
        else:
            found.append(value)
    return Answer(href(BASE + path), {200: found, 404: missing})
