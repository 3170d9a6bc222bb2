"""Rates against a real Nextcloud, all in one run: our initial write, a bare loop of parallel PUTs, and vdirsyncer.

Every calendar is made for this with a random name and taken away again; nothing else on the server is touched. A
calendar for each round and for each of vdirsyncer's, one for the bare loop: eleven, and a server allows ten an hour
unless its `rateLimitCalendarCreation` is raised for the measuring.

What is compared: the same events over as many connections, in turns. Against the bare loop, which knows its calendar
and its texts, our time begins with the first request (fetching, planning, making the calendar and closing it
included) in a program that has started. Against vdirsyncer, which takes its events from a folder and has found the
calendar already, both times are those of the whole process; it writes one event after the other and can't do otherwise.
"""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import local

import requests
from bench_world import Feed, configuration, event, feed_of, probe

EVENTS = 500
PAIRS = 5
CONNECTIONS = 4
XML = {"Content-Type": "application/xml; charset=utf-8"}
CALENDAR = (
    '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
    "<d:displayname>Messung</d:displayname></d:prop></d:set></c:mkcalendar>"
)
VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
[pair bench]
a = "local"
b = "remote"
collections = ["{collection}"]
[storage local]
type = "filesystem"
path = "{folder}/events"
fileext = ".ics"
[storage remote]
type = "caldav"
url = "{url}/remote.php/dav/"
username = "{user}"
password = "{password}"
"""


@dataclass(frozen=True, slots=True)
class Account:
    url: str
    user: str
    password: str

    @classmethod
    def of_environment(cls) -> Account | None:
        names = ("NEXTCLOUD_URL", "NEXTCLOUD_SERVICE", "NEXTCLOUD_SERVICE_PASSWORD")
        url, user, password = (os.environ.get(name, "") for name in names)
        app_password = os.environ.get("NEXTCLOUD_SERVICE_APP_PASSWORD", "")
        return cls(url.rstrip("/"), user, app_password or password) if url and user else None

    def session(self) -> requests.Session:
        session = requests.Session()
        session.auth, session.trust_env = (self.user, self.password), False
        session.headers.update({"OCS-APIRequest": "true"})
        return session

    def calendar(self, uri: str) -> str:
        return f"{self.url}/remote.php/dav/calendars/{self.user}/{uri}/"


@dataclass(frozen=True, slots=True)
class Rates:
    """Writes a second in each round; `cpu` milliseconds of client CPU for each of our writes.

    `process` as `ours`, but from the start of the program, as `vdirsyncer`.
    """

    ours: tuple[float, ...]
    bare: tuple[float, ...]
    cpu: tuple[float, ...]
    process: tuple[float, ...]
    vdirsyncer: tuple[float, ...]

    @property
    def against_bare(self) -> float:
        return statistics.median(ours / bare for ours, bare in zip(self.ours, self.bare, strict=True))

    @property
    def against_vdirsyncer(self) -> float:
        return statistics.median(ours / theirs for ours, theirs in zip(self.process, self.vdirsyncer, strict=True))


def measure(account: Account) -> Rates:
    """Five rounds of all three, every second one the other way round."""
    ours, bare, cpu, process, other = [], [], [], [], []
    with tempfile.TemporaryDirectory() as name, calendar(account, made=True) as bare_uri:
        for turn in range(PAIRS):
            for step in ("vdirsyncer", "ours", "bare") if turn % 2 else ("bare", "ours", "vdirsyncer"):
                if step == "bare":
                    bare.append(EVENTS / _bare(account, bare_uri))
                elif step == "ours":
                    cost = _ours(account, Path(name) / str(turn))
                    ours.append(EVENTS / float(cost["seconds"]))
                    process.append(EVENTS / float(cost["process"]))
                    cpu.append(1000 * float(cost["cpu"]) / EVENTS)
                else:
                    other.append(EVENTS / _vdirsyncer(account, Path(name) / f"vdirsyncer-{turn}"))
    return Rates(tuple(ours), tuple(bare), tuple(cpu), tuple(process), tuple(other))


@contextmanager
def calendar(account: Account, *, made: bool, prefix: str = "bench-") -> Iterator[str]:
    """The name of a calendar of our own; whoever made it, it is gone afterwards, past the trash bin."""
    uri = prefix + secrets.token_hex(4)
    with account.session() as session:
        if made:
            session.request("MKCALENDAR", account.calendar(uri), data=CALENDAR, headers=XML).raise_for_status()
        try:
            yield uri
        finally:
            session.delete(account.calendar(uri), headers={"X-NC-CalDAV-No-Trashbin": "1"})


def _ours(account: Account, folder: Path) -> dict[str, float]:
    feed = Feed(feed_of(EVENTS))
    try:
        with calendar(account, made=False, prefix="dnw-") as uri:
            config = configuration(
                folder,
                account.url,
                feed.url,
                user=account.user,
                administrations="",
                calendar=uri.removeprefix("dnw-"),
                parallel=CONNECTIONS,
            )
            cost = probe(config, "apply", account.password)
    finally:
        feed.close()
    assert cost["done"] == EVENTS + 1, cost
    return cost


def _bare(account: Account, uri: str) -> float:
    """Seconds for as many PUTs as we write events, each thread with a connection of its own."""
    mine = local()
    sessions: list[requests.Session] = []
    batch = uuid.uuid4().hex

    def put(number: int) -> None:
        if not hasattr(mine, "session"):
            mine.session = account.session()
            sessions.append(mine.session)
        headers = {"If-None-Match": "*", "Content-Type": "text/calendar; charset=utf-8", "x-nc-scheduling": "false"}
        data = _file(number, f"{batch}-{number}").encode()
        mine.session.put(f"{account.calendar(uri)}{batch}-{number}.ics", data=data, headers=headers).raise_for_status()

    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(put, range(EVENTS)))
    seconds = time.perf_counter() - started
    for each in sessions:
        each.close()
    return seconds


def _vdirsyncer(account: Account, folder: Path) -> float:
    """Seconds for the same by the program that people use today, after it has found the calendar."""
    with calendar(account, made=True) as uri:
        events = folder / "events" / uri
        events.mkdir(parents=True)
        config = folder / "config"
        config.touch(0o600)
        config.write_text(
            VDIRSYNCER.format(
                folder=folder, collection=uri, url=account.url, user=account.user, password=account.password
            )
        )
        command = (str(Path(sys.executable).with_name("vdirsyncer")), "--config", str(config), "-v", "ERROR")
        subprocess.run((*command, "discover"), input="y\n" * 9, text=True, check=True, stdout=subprocess.DEVNULL)
        for number in range(EVENTS):
            (events / f"{number}.ics").write_text(_file(number, f"{uri}-{number}"), newline="")
        started = time.perf_counter()
        subprocess.run((*command, "sync"), check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


def _file(number: int, uid: str) -> str:
    written = event(number).replace(f"UID:kurs-{number}@provider.example", f"UID:{uid}")
    plain = "\r\n".join(line for line in written.split("\r\n") if not line.startswith("ORGANIZER"))
    zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    zone += "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bench//DE", zone, plain, "END:VCALENDAR", ""))
