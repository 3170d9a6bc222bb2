"""A calendar on any CalDAV server: found by its address, or by its name below an account.

Only read, unless its connector says `mode: two-way` (connectors.caldav.writing).
Every request is bounded, and so is one look as a whole. Shows its login to the host of the address alone, and ends at
the first refusal.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from requests import Response

from connectors.caldav.choosing import Named, choose, own_calendar, unnamed
from connectors.caldav.refusing import refusal
from connectors.dav import reports
from connectors.dav.reports import CTAG, SYNC_TOKEN, XML
from connectors.dav.silence import SILENT
from connectors.dav.xml import (
    CALDAV,
    DAV,
    OUR_MARK,
    PRIVILEGES,
    MultiStatus,
    NoMultistatus,
    Resource,
    path_of,
    propfind,
    read_multistatus,
)
from connectors.sources.asking import Login, address_mark, ask, error_of, login_mark
from connectors.sources.http import Answer, Bounds, Fetcher, WebRequest
from connectors.sources.refusal import unreadable
from network.errors import BadInput, LookAgain, NotThere, RightMissing, ServerFault, Unreachable
from network.ports import CalendarDelta, ObjectSeen
from network.text import Text

_ABOUT = (
    f"{DAV}resourcetype",
    f"{DAV}displayname",
    SYNC_TOKEN,
    CTAG,
    f"{CALDAV}supported-calendar-component-set",
)
_ABOUT_WRITING = (PRIVILEGES, OUR_MARK)
_SYNC, _CTAG = "sync ", "ctag "
_REQUESTS = 10  # a whole look takes at most as long as so many of the slowest requests
_NEXTCLOUD = re.compile(r"/remote\.php/")
_SABRE = re.compile(r"http://sabre\.io/ns/sync/(\d+)")


@dataclass(frozen=True, slots=True)
class Server:
    """How the server is asked. `calendar` is a name below the address, or empty when it is the calendar's own.

    `is_written`: it must be one that we may write, and none that we write anyway.
    """

    url: str
    fetcher: Fetcher
    bounds: Bounds
    calendar: str = ""
    login: Login | None = None
    ca_file: str = ""
    is_written: bool = False

    @property
    def about(self) -> bytes:
        """What is asked about each calendar."""
        return propfind(*_ABOUT, *(_ABOUT_WRITING if self.is_written else ()))


class RemoteCalendars:
    """Satisfies `connectors.caldav.place.Finder`."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @property
    def name(self) -> str:
        parts = urlsplit(self._server.url)
        last = self._server.calendar or parts.path.rstrip("/").rpartition("/")[2]
        return f"{parts.hostname}/{last}".rstrip("/")

    @property
    def identity(self) -> str:
        return address_mark(f"{self._server.url} {self._server.calendar}")

    @property
    def login_mark(self) -> str:
        return login_mark(self._server.login)

    def find(self, href: str) -> RemoteCalendar:
        line = _Line(self._server)
        known = href or ("" if self._server.calendar else line.path)
        found = self._at(line, known) if known else None
        if found is None and self._server.calendar:
            found = choose(self._server.calendar, self._offered(line))
        if found is None:
            raise unnamed(self._offered(line))
        if found.text(OUR_MARK):
            raise own_calendar()
        return RemoteCalendar(line, found)

    def _at(self, line: _Line, href: str) -> Resource | None:
        try:
            found = line("PROPFIND", href, "0", self._server.about).resources
            if found and found[0].status == 404:  # Xandikos says so inside
                raise error_of(Answer(404))
        except NotThere:
            if self._server.calendar:  # it was moved or made anew: its name finds it
                return None
            raise
        return found[0] if found and _is_calendar(found[0]) else None

    def _offered(self, line: _Line) -> list[Named[Resource]]:
        """The calendars below the address; or below the account's home, where the address is that of something else."""
        return self._below(line, line.path) or self._below(line, self._home(line))

    def _home(self, line: _Line) -> str:
        from connectors.dav.library import calendar_home, client  # seldom needed, and slow to import

        return calendar_home(client(self._server.url, line))

    def _below(self, line: _Line, home: str) -> list[Named[Resource]]:
        found = line("PROPFIND", home, "1", self._server.about).resources
        return [Named(each, _names(each)) for each in found if _is_calendar(each)]


class RemoteCalendar:
    """Satisfies `connectors.caldav.place.Calendar`."""

    def __init__(self, line: _Line, found: Resource) -> None:
        self._line = line
        self.href = found.href.rstrip("/") + "/"
        self.state = _state(found)
        self.is_writable = found.is_writable is not False
        self._is_known_writable = found.is_writable is True

    @property
    def invites(self) -> bool:
        """Whether this server writes to guests by itself, and can't be told not to (RFC 6638)."""
        return not _NEXTCLOUD.search(self.href) and self._line.schedules()

    def put(self, href: str, data: bytes, *, if_match: str) -> None:
        condition = {"If-Match": f'"{if_match}"'} if if_match else {"If-None-Match": "*"}
        self._write("PUT", href, {"Content-Type": "text/calendar; charset=utf-8", **condition}, data)

    def delete(self, href: str, *, if_match: str) -> None:
        self._write("DELETE", href, {"If-Match": f'"{if_match}"'}, b"")

    def _write(self, method: str, href: str, headers: dict[str, str], data: bytes) -> None:
        answer = self._line.anew().write(method, href, headers, data)
        if answer.status in (200, 201, 204):
            return
        raise refusal(answer, may_write=self._is_known_writable)

    def changes(self, state: str) -> CalendarDelta:
        delta = self._since(state.removeprefix(_SYNC)) if state.startswith(_SYNC) else None
        # the state that was read before the listing: what moves meanwhile is told once more
        return delta or replace(reports.listing(self._line, self.href), token=self.state)

    def objects(self, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return reports.objects(self._line, self.href, hrefs)

    def _since(self, token: str) -> CalendarDelta | None:
        """None when the server does not know the token, cut its answer off, or can't do this at all."""
        if _is_reset(token, self.state):
            return None
        try:
            delta = reports.changed_since(self._line, self.href, token)
        except (BadInput, LookAgain, RightMissing, ServerFault):
            return None
        return replace(delta, token=_SYNC + delta.token) if delta is not None and delta.token else None


class _Line:
    """One look's way to the server; callable as `connectors.dav.reports.Send`, and a session for the library caldav."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._until = time.monotonic() + _REQUESTS * server.bounds.seconds

    def anew(self) -> _Line:
        """The same way, with all its time before it."""
        return _Line(self._server)

    def write(self, method: str, href: str, headers: dict[str, str], data: bytes) -> Answer:
        """The answer, whatever it is. Sent once."""
        return self._answer(WebRequest(urljoin(self._server.url, quote(href)), method, {**SILENT, **headers}, data))

    def schedules(self) -> bool:
        """RFC 6638 section 2: such a server says so."""
        return "calendar-auto-schedule" in self._answer(WebRequest(self._server.url, "OPTIONS")).headers.get("dav", "")

    @property
    def path(self) -> str:
        return path_of(self._server.url) or "/"

    def __call__(self, method: str, href: str, depth: str, body: bytes) -> MultiStatus:
        url = urljoin(self._server.url, quote(href))
        answer = self._ask(WebRequest(url, method, {**XML, "Depth": depth}, body))
        try:
            return read_multistatus(answer.content)
        except NoMultistatus as error:
            raise _no_caldav() from error

    def request(self, method: str, url: str, *, data: bytes, headers: Any, **_: object) -> Response:
        """As the library calls a session of requests; everything else that it wants to decide is decided here."""
        given = {name: str(value) for name, value in dict(headers).items() if name.lower() in ("depth", "content-type")}
        answer = self._ask(WebRequest(url, method, given, data))
        made = Response()
        made.status_code, made.url, made._content = answer.status, url, answer.content
        made.headers.update(answer.headers)
        made.headers.pop("content-encoding", None)  # the content is unpacked
        return made

    def _ask(self, request: WebRequest) -> Answer:
        answer = self._answer(request)
        if answer.status == 207:
            return answer
        raise _no_caldav() if answer.status < 300 else error_of(answer)

    def _answer(self, request: WebRequest) -> Answer:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unreachable(
                Text("der Kalender ist zu langsam", "the calendar is too slow"),
                remedy=Text("timeout erhöhen.", "Raise timeout."),
                code="timed_out",
            )
        bounds = replace(self._server.bounds, seconds=min(left, self._server.bounds.seconds))
        trusted = replace(request, ca_file=self._server.ca_file)
        return ask(self._server.fetcher, trusted, bounds, self._server.login)


def _is_calendar(found: Resource) -> bool:
    components = found.properties.get(f"{CALDAV}supported-calendar-component-set")
    allowed = {each.get("name", "").upper() for each in components} if components is not None else set()
    return f"{CALDAV}calendar" in found.children(f"{DAV}resourcetype") and (not allowed or "VEVENT" in allowed)


def _names(found: Resource) -> tuple[str, ...]:
    last = found.href.rstrip("/").rpartition("/")[2]
    return tuple(dict.fromkeys(filter(None, (found.text(f"{DAV}displayname"), last))))


def _state(found: Resource) -> str:
    if token := found.text(SYNC_TOKEN):
        return _SYNC + token
    tag = found.text(CTAG)
    return _CTAG + tag if tag else ""


def _is_reset(token: str, state: str) -> bool:
    """Sabre (Nextcloud, Baïkal) counts: a smaller number means that the calendar was made anew."""
    before, after = _SABRE.fullmatch(token), _SABRE.fullmatch(state.removeprefix(_SYNC))
    return before is not None and after is not None and int(after[1]) < int(before[1])


def _no_caldav() -> BadInput:
    return unreadable(
        "not_caldav",
        "dort antwortet kein Kalender (CalDAV)",
        "what answers there is no calendar (CalDAV)",
        remedy=Text("Adresse prüfen; manche Programme nennen sie „CalDAV-URL“.", "Check the address."),
    )
