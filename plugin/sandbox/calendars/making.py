"""MKCALENDAR and extended MKCOL with the limits on calendars, and PROPPATCH.

The real server applies the limits only to requests that carry a session cookie, by accident. Here they count for every
request: other servers and later releases will do so, and a client that lives off the gap would break there.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from http import HTTPStatus

from plugin.sandbox.calendars.book import Calendar
from plugin.sandbox.calendars.properties import BASE, COMPONENTS, ORDER, STORED, TRANSPARENT, Properties
from plugin.sandbox.calendars.reading import Reading
from plugin.sandbox.calendars.requests import XML, Reply, Request
from plugin.sandbox.calendars.views import COLOR, DISPLAY_NAME, Homes, View
from plugin.sandbox.dav_error import Refusal, database_fault, not_found
from plugin.sandbox.dav_xml import CAL, CS, DAV, NC, OC, Answer, element, href, multistatus
from plugin.sandbox.limits import RateLimits

RESERVED = ("contact_birthdays", "trashbin", "inbox", "outbox", "notifications")
TOO_MANY = "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests"
LONGEST_NAME = 255
OWN_TO_SHAREE = (DISPLAY_NAME, COLOR, ORDER)


class Making:
    def __init__(self, homes: Homes, reading: Reading, properties: Properties, limits: RateLimits) -> None:
        self._homes = homes
        self._reading = reading
        self._properties = properties
        self._limits = limits

    def make(self, request: Request) -> Reply:
        root = request.xml()
        given = list(root.iterfind(f"{DAV}set/{DAV}prop/*")) if root is not None else []
        if request.method == "MKCOL":
            _require_calendar(given)
        if len(request.parts) != 3 or request.parts[1] != request.caller.uid:
            raise not_found("Parent node not found")
        uid, uri = request.caller.uid, request.parts[2]
        if uri in RESERVED or uri.startswith("app-generated") or self._homes.view(uid, uri):
            raise Refusal(405, "MethodNotAllowed", "The resource you tried to create already exists")
        self._require_room(uid)
        components: tuple[str, ...] = ()
        properties: dict[str, str] = {}
        for one in given:
            if one.tag == COMPONENTS:
                components = tuple(part.get("name", "") for part in one.iter(CAL + "comp"))
            elif one.tag in STORED:  # a property of one's own is accepted and lost here; PROPPATCH keeps it
                properties[one.tag] = _stored(one)
        calendar = self._homes.calendars.create(uid, uri, components, properties)
        transparency = next((one for one in given if one.tag == TRANSPARENT), None)
        if transparency is not None:
            self._homes.calendars.save(replace(calendar, transparent=_is_transparent(transparency)))
        return Reply(HTTPStatus.CREATED)

    def proppatch(self, request: Request) -> Reply:
        root = request.xml()
        if root is None or len(request.parts) < 3:
            raise Refusal(400, "BadRequest", "The PROPPATCH body is missing")
        if len(request.parts) > 3:
            self._reading.entry(request)
            uri = "/".join(request.parts[2:])
            changed = [self._set_custom(request.caller.uid, uri, one, sets) for one, sets in _updates(root)]
        else:
            view = self._reading.view(request)
            changed = self._patch_calendar(view, root)
        refused = [one for one in changed if one.tag in (COMPONENTS,)]
        properties = {HTTPStatus.FORBIDDEN: refused} if refused else {HTTPStatus.OK: changed}
        path = href(BASE + "/" + "/".join(request.parts) + ("/" if len(request.parts) == 3 else ""))
        body = multistatus([Answer(path, {int(status): found for status, found in properties.items()})])
        return Reply(HTTPStatus.MULTI_STATUS, body, (("Content-Type", XML),))

    def _patch_calendar(self, view: View, root: ET.Element) -> list[ET.Element]:
        names, calendar = [], view.calendar
        for one, sets in _updates(root):
            names.append(element(one.tag))
            if view.access != "own" or not _belongs_to_calendar(one.tag):
                self._set_custom(view.viewer, view.uri, one, sets)
            elif one.tag != COMPONENTS:
                calendar = _patched(calendar, one, sets)
        if calendar is not view.calendar and not any(name.tag == COMPONENTS for name in names):
            self._homes.calendars.touch(self._homes.calendars.save(calendar))
        return names

    def _set_custom(self, uid: str, uri: str, one: ET.Element, sets: bool) -> ET.Element:
        if sets:
            self._properties.set_custom(uid, uri, one)
        else:
            self._properties.remove_custom(uid, uri, one.tag)
        return element(one.tag)

    def _require_room(self, uid: str) -> None:
        most = self._limits.most_calendars()
        if not self._limits.allow_calendar(uid):
            raise Refusal(429, TOO_MANY, "Too many calendars created")
        if most >= 0 and len(self._homes.calendars.of_owner(uid)) >= most:
            raise Refusal(403, "Forbidden", "Calendar limit reached")


def _require_calendar(given: list[ET.Element]) -> None:
    kinds = {kind.tag for one in given if one.tag == DAV + "resourcetype" for kind in one}
    if CAL + "calendar" not in kinds:
        message = "You can only create calendars and subscriptions in this collection"
        raise Refusal(403, "InvalidResourceType", message, "<d:valid-resourcetype/>")


def _updates(root: ET.Element) -> list[tuple[ET.Element, bool]]:
    found = []
    for part in root:
        if part.tag in (DAV + "set", DAV + "remove"):
            found += [(one, part.tag == DAV + "set") for one in part.iterfind(f"{DAV}prop/*")]
    return found


def _belongs_to_calendar(name: str) -> bool:
    if name.startswith((OC, NC)):
        return False
    return name in (*STORED, COMPONENTS, TRANSPARENT) or name.startswith((DAV, CAL, CS))


def _patched(calendar: Calendar, one: ET.Element, sets: bool) -> Calendar:
    if one.tag == TRANSPARENT:
        return replace(calendar, transparent=sets and _is_transparent(one))
    others = {name: value for name, value in calendar.properties.items() if name != one.tag}
    return replace(calendar, properties={**others, one.tag: _stored(one)} if sets else others)


def _stored(one: ET.Element) -> str:
    text = one.text or ""
    if one.tag == DISPLAY_NAME and len(text) > LONGEST_NAME:
        raise database_fault("22001]: String data, right truncated: 7 ERROR:  value too long")
    if one.tag == ORDER and not text.strip().lstrip("-").isdigit():
        raise database_fault("22P02]: Invalid text representation: 7 ERROR:  invalid input syntax for type integer")
    return text


def _is_transparent(one: ET.Element) -> bool:
    return one.find(CAL + "transparent") is not None
