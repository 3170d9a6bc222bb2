"""A provider's feed on a small web server of its own, which may also answer badly."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from journeys_town import FAR, Town

CONNECTOR = "  kurse: {{type: ics, url: '{url}', allow_http: true, timeout: 1 second, every: 1 hour}}\n"
CALENDAR = "  extern: {name: Kurse, from: [kurse], share: {administrations: all}}\n"

Answer = Callable[[BaseHTTPRequestHandler], None]


def event(uid: str, title: str, *, day: date = FAR, hour: int = 9, more: Iterable[str] = ()) -> str:
    """One event of two hours."""
    lines = (
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T{hour:02}0000",
        f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T{hour + 2:02}0000",
        f"SUMMARY:{title}",
        "LOCATION:Bildungshaus",
        *more,
        "END:VEVENT",
    )
    return "\r\n".join(lines)


def feed_of(*events: str) -> bytes:
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Provider//DE", *events, "END:VCALENDAR", "")
    ).encode()


COURSES = ("Rhetorik", "Datenschutz", "Projektleitung", "Haushalt")


def courses(prefix: str = "kurs", *, hour: int = 9, more: Iterable[str] = ()) -> bytes:
    """Four courses; UIDs begin with `prefix`."""
    return feed_of(
        *(
            event(f"{prefix}-{number}@provider.example", title, day=FAR + timedelta(days=number), hour=hour, more=more)
            for number, title in enumerate(COURSES)
        )
    )


class Feed:
    """`answer` is what the server does with the next requests.

    `unchanged` counts answers 304; `sent` the bytes of an endless answer that somebody took.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.unchanged = 0
        self.sent = 0
        self.closing = threading.Event()
        self.says(courses())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}/kurse.ics"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def says(self, content: bytes, status: int = 200, kind: str = "text/calendar", length: int | None = None) -> None:
        etag = f'"{hashlib.sha256(content).hexdigest()}"'

        def answer(to: BaseHTTPRequestHandler) -> None:
            if to.headers["If-None-Match"] == etag:
                self.unchanged += 1
                to.send_response(304)
                to.end_headers()
                return
            to.send_response(status)
            to.send_header("ETag", etag)
            to.send_header("Content-Type", kind)
            to.send_header("Content-Length", str(len(content) if length is None else length))
            to.end_headers()
            to.wfile.write(content)

        self.answer: Answer = answer

    def pours(self, megabytes: int) -> None:
        """Text without end in sight, and without saying how long it will be."""

        def answer(to: BaseHTTPRequestHandler) -> None:
            to.send_response(200)
            to.send_header("Content-Type", "text/calendar")
            to.end_headers()
            for _ in range(megabytes):
                to.wfile.write(b"X-COMMENT:ten\r\n" * 70_000)
                self.sent += 15 * 70_000

        self.answer = answer

    def is_silent(self) -> None:
        def answer(_: BaseHTTPRequestHandler) -> None:
            self.closing.wait(60)

        self.answer = answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                feed.requests.append(self.path)
                try:
                    feed.answer(self)
                except OSError:  # whoever asked has hung up
                    self.close_connection = True

            def log_message(self, *_: Any) -> None: ...

        return Handler


def with_feed(town: Town, feed: Feed, options: str = "") -> Town:
    """The town also reads the provider's feed into a calendar of its own."""
    connector = CONNECTOR.format(url=feed.url).replace("}\n", f"{options}}}\n")
    town.swap("calendars:\n", f"{connector}calendars:\n{CALENDAR}")
    return town


@pytest.fixture
def feed() -> Iterator[Feed]:
    made = Feed()
    yield made
    made.close()
