"""Real CalDAV servers on this machine, and a coordinator who keeps a calendar there with a program of their own."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import quote, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import requests
from radicale import config
from radicale.app import Application
from xandikos.web import SingleUserFilesystemBackend, XandikosApp

LOGIN = ("koordination", "geheim")
Program = Callable[[dict[str, Any], Any], Iterable[bytes]]


def event(uid: str, title: str, *, start: str = "20270312T080000Z", more: Iterable[str] = ()) -> str:
    """One event of an hour and a half."""
    lines = ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART:{start}", "DURATION:PT1H30M")
    return "\r\n".join((*lines, f"SUMMARY:{title}", *more, "END:VEVENT"))


def calendar_file(*events: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hand//DE", *events, "END:VCALENDAR", "")).encode()


@dataclass
class Asked:
    method: str
    path: str
    depth: str
    login: str
    body: bytes = field(repr=False)


@dataclass
class CaldavServer:
    """`program` behind a gate that notes what is asked, wants LOGIN, and may answer in place of the program.

    `instead(asked)` gives a status with content, or None to let the program answer.
    """

    program: Program
    root: str = "/"
    asked: list[Asked] = field(default_factory=list)
    instead: Callable[[Asked], tuple[int, bytes] | None] = lambda _: None
    url: str = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = _Body(body)
        given = environ.get("HTTP_AUTHORIZATION", "")
        asked = Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_DEPTH", ""), given, body)
        if "HTTP_X_HAND" not in environ:
            self.asked.append(asked)
            found = self.instead(asked)
            if found is not None:
                start_response(f"{found[0]} Instead", [("Content-Length", str(len(found[1])))])
                return [found[1]]
        if given != "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode():
            start_response("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="x"'), ("Content-Length", "0")])
            return [b""]
        return self.program(environ, start_response)

    def methods(self) -> list[str]:
        """What was asked since the last call of this: method, and for a REPORT which one."""
        found = [_told(each) for each in self.asked]
        self.asked.clear()
        return found

    # what the coordinator's program does

    @property
    def planning(self) -> str:
        """The path of the calendar."""
        return f"{self.root}planung/"

    def make(self, name: str = "Planung", path: str = "") -> None:
        body = (
            '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<d:displayname>{name}</d:displayname></d:prop></d:set></c:mkcalendar>"
        )
        self._hand("MKCALENDAR", path or self.planning, body.encode())

    def put(self, name: str, *events: str) -> None:
        self.put_raw(name, calendar_file(*events))

    def put_raw(self, name: str, data: bytes) -> None:
        self._hand("PUT", f"{self.planning}{quote(name)}", data)

    def delete(self, name: str) -> None:
        self._hand("DELETE", f"{self.planning}{quote(name)}")

    def stored(self) -> dict[str, bytes]:
        """File name → content, as the server gives it out."""
        listed = self._hand(
            "PROPFIND", self.planning, b"<propfind xmlns='DAV:'><prop><getetag/></prop></propfind>"
        ).text
        paths = (unquote(each) for each in re.findall(r"<(?:\w+:)?href>([^<]+\.ics)</", listed))
        names = dict.fromkeys(path.rpartition("/")[2] for path in paths)
        return {name: self._hand("GET", f"{self.planning}{quote(name)}").content for name in names}

    def delete_calendar(self) -> None:
        self._hand("DELETE", self.planning)

    def _hand(self, method: str, path: str, data: bytes = b"") -> requests.Response:
        kind = "text/calendar; charset=utf-8" if method == "PUT" else "application/xml"
        answer = requests.request(
            method,
            f"{self.url}{path}",
            data=data,
            auth=LOGIN,
            headers={"Content-Type": kind, "X-Hand": "1", "Depth": "1"},
            timeout=10,
        )
        assert answer.ok, (method, path, answer.status_code, answer.text[:300])
        return answer


class _Body:
    """A body that was read already, for a program that reads it again."""

    def __init__(self, content: bytes) -> None:
        self._left = content

    def read(self, size: int = -1) -> bytes:
        taken = self._left if size is None or size < 0 else self._left[:size]
        self._left = self._left[len(taken) :]
        return taken

    def __iter__(self) -> Iterator[bytes]:
        yield self.read()


def _told(asked: Asked) -> str:
    if asked.method != "REPORT":
        return f"{asked.method} {asked.depth}"
    found = re.search(rb"<(?:\w+:)?(sync-collection|calendar-multiget|calendar-query)", asked.body)
    return found[1].decode() if found else "REPORT"


@contextmanager
def served(program: Program, root: str) -> Iterator[CaldavServer]:
    made = CaldavServer(program, root)
    server = make_server("127.0.0.1", 0, made, _ManyAtOnce, _Quiet)
    made.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


class _ManyAtOnce(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """The client went away, which is what some tests are about."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def radicale(folder: Path) -> Iterator[CaldavServer]:
    """Radicale as it is delivered, with its storage on disk."""
    configuration = config.load()
    options = {
        "auth": {"type": "none"},
        "storage": {"filesystem_folder": str(folder), "_filesystem_fsync": "False"},
        "rights": {"type": "authenticated"},
        "logging": {"level": "error"},
    }
    configuration.update(options, "tests", privileged=True)
    with served(Application(configuration), f"/{LOGIN[0]}/") as made:
        yield made


@contextmanager
def xandikos(folder: Path) -> Iterator[CaldavServer]:
    """Xandikos as it is delivered, with its Git repositories on disk."""
    backend = SingleUserFilesystemBackend(path=str(folder))
    backend.create_principal("/user/", create_defaults=False)
    backend._mark_as_principal("/user/")
    with served(XandikosApp(backend, "/user/"), "/user/calendars/") as made:
        yield made


SERVERS = {"radicale": radicale, "xandikos": xandikos}
