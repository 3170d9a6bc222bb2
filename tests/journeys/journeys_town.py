"""A small network on a sandbox: one Kreis, two towns, one table, and staff who look."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from openpyxl import Workbook

from connectors.nextcloud import AdminLogin, NextcloudServer, connect
from network.ports import ObjectSeen
from plugin.assembly import open_service
from plugin.findings import Status
from plugin.render.run import Run
from plugin.sandbox import Sandbox
from plugin.service import Service

T = TypeVar("T")

PLANNING = "Digitalnetzwerk Planung"
WORKBOOK = f"{PLANNING}/Schulungsplan.xlsx"
HEADINGS = ("Nr.", "Status", "Titel", "Inhalt", "Datum", "Beginn", "Ende", "Ort", "Themen")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()
FAR = TODAY + timedelta(days=60)

CONFIG = """\
network:
  id: probe-kreis
  name: Probenetz
  timezone: Europe/Berlin
  language: de
  mode: live
  contact: {{name: Geschäftsstelle, mail: buero@probe.example}}
nextcloud:
  url: {url}
  username: digitalnetzwerk
  password: env:NEXTCLOUD_PASSWORD
administrations:
  kreis:   {{name: Kreis Probe, group: kreis}}
  brakel:  {{name: Stadt Brakel, group: brakel}}
  nieheim: {{name: Stadt Nieheim, group: nieheim}}
connectors:
  beschaeftigte: {{type: nextcloud, provides: people, every: 1 hour}}
  plan:
    type: table
    location: nextcloud:/Digitalnetzwerk Planung/Schulungsplan.xlsx
    every: 15 minutes
    settle: 10 minutes
    notes: true
    columns: {{key: Nr., status: Status, title: Titel, description: Inhalt, date: Datum, start: Beginn, end: Ende, place: Ort, tags: Themen}}
calendars:
  schulungen:
    name: Schulungen
    color: "#00679e"
    from: [plan]
    share: {{administrations: all}}
service:
  data: {data}
"""

WORKSPACES = """\
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
exchange_groups:
  ozg: {{name: Austausch OZG, lead: [erika.kreis], members: {{administrations: [brakel]}}}}
projects:
  presse: {{name: Presse, template: presse, quota: 5 GB, access: {{read: {{administrations: all}}, edit: {{exchange_groups: [ozg]}}}}}}
"""

GROUPS = """\
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
exchange_groups:
  ozg:
    name: Austausch OZG
    lead: [erika.kreis]
    members: {{administrations: [brakel]}}
    room: false
    meetings: {{every: WEEKDAY alle 2 Wochen, at: "10:00", length: 90 minutes, place: Rathaus, starts: STARTS, until: UNTIL}}
    tasks: true
"""
"""An exchange group that meets nine times, every other week, for the first time in three days."""


def groups() -> str:
    first = TODAY + timedelta(days=3)
    return (
        GROUPS.replace("WEEKDAY", WEEKDAYS[first.weekday()])
        .replace("STARTS", str(first))
        .replace("UNTIL", str(first + timedelta(weeks=16)))
    )


def row(
    key: int | str, title: str, *, status: str = "veröffentlicht", day: date = FAR, start: str = "9:00"
) -> list[Any]:
    """One row of the coordinator's table."""
    return [key, status, title, "Inhalt", day, start, "12:00", "Kreishaus", "OZG"]


THREE = [row(1, "OZG Grundlagen"), row(2, "E-Akte"), row(3, "IT-Sicherheit")]


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for each in rows:
        sheet.append(list(each))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


@dataclass
class Town:
    """The network under test."""

    sandbox: Sandbox
    config: Path
    hours: float = 0.0
    servers: list[NextcloudServer] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(hours=self.hours)

    def wait(self, **duration: float) -> None:
        """Time passes for us and for the server."""
        self.hours += timedelta(**duration).total_seconds() / 3600
        self.sandbox.advance(timedelta(**duration))

    def save(self, rows: Sequence[Sequence[Any]], *, settled: bool = True) -> None:
        """The coordinator saves the table, an hour ago unless it has to settle."""
        at = self.hour_ago() if settled else self.now()
        self.sandbox.put_file("digitalnetzwerk", WORKBOOK, workbook(rows), at)

    def hour_ago(self) -> datetime:
        return self.now() - timedelta(hours=1)

    def apply(self, **options: Any) -> Run:
        return self._do(lambda service: service.apply(**options))

    def plan(self, **options: Any) -> Run:
        return self._do(lambda service: service.plan(**options), writes=False)

    def remove(self) -> Run:
        """The way back, agreed to."""
        return self._do(lambda service: service.carry_out(service.plan_removal()))

    def status(self) -> Status:
        return self._do(lambda service: service.status(), writes=False)

    def _do(self, work: Callable[[Service], T], *, writes: bool = True) -> T:
        with open_service(self.config, writes=writes, environment=self.environment, clock=self.now) as service:
            return work(service)

    @property
    def environment(self) -> dict[str, str]:
        service = self.sandbox.service
        return {"NEXTCLOUD_PASSWORD": service.password, "APP_PASSWORD": service.app_password}

    def as_staff(self, account: str) -> NextcloudServer:
        server = connect(self.sandbox.url, account, f"sandbox-{account}")
        self.servers.append(server)
        return server

    def other_client(self) -> NextcloudServer:
        """The service account in somebody's own calendar client."""
        server = connect(self.sandbox.url, "digitalnetzwerk", self.sandbox.service.app_password)
        self.servers.append(server)
        return server

    def administrator(self) -> NextcloudServer:
        admin = self.sandbox.admin
        server = connect(self.sandbox.url, admin.user, admin.password, rights=AdminLogin(admin.user, admin.password))
        self.servers.append(server)
        return server

    def titles(self, account: str = "anna.brakel", calendar: str = "Schulungen") -> list[str]:
        """What stands in a shared calendar, read by a staff member."""
        server = self.as_staff(account)
        seen = (each for each in server.calendars.calendars() if not each.trashed)
        found = [each for each in seen if each.name.startswith(f"{calendar} (")]
        if not found:
            return []
        hrefs = [href for href, _ in server.calendars.changes(found[0].href, "").changed]
        read = [Calendar.from_ical(each.data) for each in server.calendars.objects(found[0].href, hrefs)]
        return sorted(str(event["SUMMARY"]) for each in read for event in each.walk("VEVENT"))

    def writes(self, since: int = 0) -> list[str]:
        """Writing requests of the service account, in the server's own log."""
        return [
            f"{each.method} {each.path}"
            for each in self.sandbox.requests[since:]
            if each.user == "digitalnetzwerk" and each.method not in ("GET", "HEAD", "PROPFIND", "REPORT", "OPTIONS")
        ]

    def entry(self, words: str, account: str = "digitalnetzwerk") -> ObjectSeen:
        """The one entry that holds these words, as this account sees it."""
        server = self.other_client() if account == "digitalnetzwerk" else self.as_staff(account)
        for calendar in server.calendars.calendars():
            hrefs = [href for href, _ in server.calendars.changes(calendar.href, "").changed]
            for each in server.calendars.objects(calendar.href, hrefs):
                if words in each.data.decode():
                    return each
        raise AssertionError(f"no entry holds {words!r}")

    def calendar_writes(self, since: int = 0) -> list[str]:
        """The part of them that goes to calendars and their entries."""
        return [each for each in self.writes(since) if "/dav/calendars/" in each]

    def lose_memory(self) -> None:
        """The state database is gone."""
        self.config.with_name("daten").joinpath("state.sqlite").unlink()

    def memory(self) -> str:
        """Everything that the state database holds, but for who is at work and what is counted for measuring."""
        apart = ('INSERT INTO "leases"', 'INSERT INTO "tallies"')
        with closing(sqlite3.connect(self.config.with_name("daten") / "state.sqlite")) as database:
            return "\n".join(line for line in database.iterdump() if not line.startswith(apart))

    def mark(self) -> int:
        return len(self.sandbox.requests)

    def swap(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))


STAFF = {
    "kreis": ("erika.kreis", "max.kreis"),
    "brakel": ("anna.brakel", "bernd.brakel", "carla.brakel"),
    "nieheim": ("dora.nieheim", "emil.nieheim"),
    "dnw-test": ("test.eins", "test.zwei", "test.drei", "test.vier"),
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Level 1 with three trainings in the table."""
    with a_town(Sandbox(), tmp_path, CONFIG) as made:
        yield made


@pytest.fixture
def whole_town(tmp_path: Path) -> Iterator[Town]:
    """Levels 1 to 3."""
    with a_town(Sandbox(), tmp_path, CONFIG + WORKSPACES) as made:
        yield made


@pytest.fixture
def group_town(tmp_path: Path) -> Iterator[Town]:
    """Level 1 and an exchange group with folder, calendar and task list."""
    with a_town(Sandbox(), tmp_path, CONFIG + groups()) as made:
        yield made


@pytest.fixture
def limited_town(tmp_path: Path) -> Iterator[Town]:
    """Level 1 on a server whose limits nobody has raised."""
    with a_town(Sandbox(limits="server"), tmp_path, CONFIG) as made:
        yield made


@contextmanager
def a_town(sandbox: Sandbox, folder: Path, config: str) -> Iterator[Town]:
    with sandbox:
        for group, accounts in STAFF.items():
            for account in accounts:
                sandbox.add_user(account, email=f"{account}@probe.example", groups=(group,))
        path = folder / "netz.yaml"
        path.write_text(config.format(url=sandbox.url, data=folder / "daten"))
        made = Town(sandbox, path)
        made.save(THREE)
        yield made
        for server in made.servers:
            server.close()
