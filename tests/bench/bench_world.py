"""What the bench measures against: a feed of any size on a small web server, and a stand-in server of its own process.

Nothing here measures. The feed says "unchanged" as a good provider does (ETag, 304) and counts who asks.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FIRST_DAY = (datetime.now(UTC) + timedelta(days=30)).replace(hour=8, minute=0, second=0, microsecond=0)
DESCRIPTION = "Rechtliche Grundlagen und Übungen am Beispiel\\; bitte eigene Fragen mitbringen."

CONFIG = """\
network:
  id: bench
  name: Messnetz
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Geschäftsstelle, mail: buero@bench.example}}
nextcloud:
  url: {nextcloud}
  username: {user}
  password: env:NEXTCLOUD_PASSWORD
  parallel: {parallel}
  allow_http: true
{administrations}connectors:
  kurse: {{type: ics, url: '{feed}', allow_http: true, every: 1 hour, max_items: 60000, max_bytes: 60 MB}}
calendars:
  {calendar}: {{name: Kurse, from: [kurse]}}
service:
  data: {data}
"""

ADMINISTRATIONS = """\
administrations:
  kreis: {name: Kreis Probe, group: digitalnetzwerk-dienst, services: []}
"""


def event(number: int, *, hours: int = 0) -> str:
    """One course of two hours with a text of ordinary length."""
    start = FIRST_DAY + timedelta(hours=number % 9 + hours, days=number % 600)
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            f"UID:kurs-{number}@provider.example",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{start + timedelta(hours=2):%Y%m%dT%H%M%S}",
            f"SUMMARY:Kurs {number}: Verwaltungsrecht\\, Grundlagen",
            f"DESCRIPTION:{DESCRIPTION}",
            "LOCATION:Bildungshaus, Raum 3",
            "CATEGORIES:OZG,Recht",
            "ORGANIZER;CN=Bildungshaus:mailto:kurse@provider.example",
            f"URL:https://provider.example/kurse/{number}",
            "END:VEVENT",
        )
    )


def feed_of(count: int, changed: int = 0) -> bytes:
    """A feed of `count` courses, the first `changed` of which begin an hour later."""
    events = (event(number, hours=int(number < changed)) for number in range(count))
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Provider//DE")
    return "\r\n".join((*head, *events, "END:VCALENDAR", "")).encode()


class Feed:
    """A web server on 127.0.0.1 that holds one feed. `requests` counts the questions."""

    def __init__(self, content: bytes) -> None:
        self.requests = 0
        self.says(content)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/kurse.ics"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def says(self, content: bytes) -> None:
        self.content, self.etag = content, f'"{hashlib.sha256(content).hexdigest()}"'

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(feed: Feed) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            feed.requests += 1
            is_known = self.headers["If-None-Match"] == feed.etag
            content = b"" if is_known else feed.content
            self.send_response(304 if is_known else 200)
            self.send_header("ETag", feed.etag)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None: ...

    return Handler


@contextmanager
def sandbox() -> Iterator[tuple[str, str]]:
    """The address of a stand-in in a process of its own, and the password of its service account."""
    command = (sys.executable, "-m", "plugin.sandbox", "--json")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield ready["url"], ready["service"]["password"]
    finally:
        process.terminate()
        process.wait()


def configuration(
    folder: Path,
    nextcloud: str,
    feed: str,
    *,
    user: str = "digitalnetzwerk",
    administrations: str = ADMINISTRATIONS,
    calendar: str = "kurse",
    parallel: int = 4,
) -> Path:
    """A network whose one calendar holds the feed; its state database lies beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "netz.yaml"
    path.write_text(
        CONFIG.format(
            nextcloud=nextcloud,
            feed=feed,
            user=user,
            administrations=administrations,
            calendar=calendar,
            parallel=parallel,
            data=folder / "daten",
        )
    )
    return path


def probe(config: Path, command: str, password: str) -> dict[str, Any]:
    """What one command costs in a fresh process (see bench_probe.py); `process` is all of its seconds, start included."""
    program = Path(__file__).with_name("bench_probe.py")
    environment = {**os.environ, "NEXTCLOUD_PASSWORD": password}
    asked = (sys.executable, str(program), str(config), command)
    started = time.perf_counter()
    said = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return {**json.loads(said.stdout), "process": time.perf_counter() - started}
