"""Calendar, minutes and task list of an exchange group on a real Nextcloud, as lead, member and outsider find them.

Takes everything from the environment as `test_live_first_hour` does; erika.beispiel leads, anna.brakel is a member
through her group, dora.nieheim (of the group nieheim) is neither.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from connectors.nextcloud import NextcloudServer, connect
from network.errors import NotThere, RightMissing
from network.ports import CalendarSeen, ObjectSeen
from network.report import Result
from plugin.assembly import open_service
from plugin.render.run import Run

pytestmark = pytest.mark.live
LEAD, MEMBER = "erika.beispiel", "anna.brakel"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=3)
READS = {"PROPFIND", "GET", "REPORT", "HEAD", "OPTIONS"}

CONFIG = """\
network:
  id: probe-{suffix}
  name: Probe {suffix}
  timezone: Europe/Berlin
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
admin_rights: {{username: {service}, password: env:NEXTCLOUD_SERVICE_PASSWORD}}
administrations:
  kreis:   {{name: Kreis {suffix}, group: kreis-hoexter}}
  brakel:  {{name: Brakel {suffix}, group: brakel}}
  nieheim: {{name: Nieheim {suffix}, group: nieheim}}
exchange_groups:
  ozg-{suffix}:
    name: Austausch {suffix}
    lead: [erika.beispiel]
    members: {{administrations: [brakel]}}
    room: false
    meetings: {{every: {weekday} every 2 weeks, at: "10:00", length: 90 minutes, place: Rathaus, starts: {first}, until: {last}}}
    tasks: true
service: {{data: {data}}}
"""
TASK = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Probe//DE\r\nBEGIN:VTODO\r\nUID:auftrag-1\r\nDTSTAMP:20260101T000000Z\r\n"
    b"SUMMARY:Glasfaser\r\nSTATUS:IN-PROCESS\r\nDUE;VALUE=DATE:20270301\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


@dataclass
class Probe:
    suffix: str
    folder: Path
    outsider: str
    servers: dict[str, NextcloudServer] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    def write(self) -> None:
        self.config.write_text(
            CONFIG.format(
                suffix=self.suffix,
                url=os.environ["NEXTCLOUD_URL"],
                service=os.environ["NEXTCLOUD_SERVICE"],
                weekday=WEEKDAYS[FIRST.weekday()],
                first=FIRST,
                last=FIRST + timedelta(weeks=8),
                data=self.folder / "daten",
            )
        )

    def apply(self) -> Run:
        with open_service(self.config) as service:
            run = service.apply()
        assert run.report is not None
        assert [each.problem for each in run.report.outcomes if each.result is not Result.DONE] == []
        return run

    def take_back(self) -> None:
        with open_service(self.config) as service:
            service.carry_out(service.plan_removal())

    def staff(self, account: str) -> NextcloudServer:
        if account not in self.servers:
            password = os.environ["NEXTCLOUD_STAFF_PASSWORD"]
            self.servers[account] = connect(os.environ["NEXTCLOUD_URL"], account, password)
        return self.servers[account]

    def seen(self, account: str, name: str) -> CalendarSeen | None:
        calendars = self.staff(account).calendars.calendars()
        return next((each for each in calendars if each.name.startswith(f"{name} {self.suffix} (")), None)

    def meetings(self, account: str) -> dict[str, ObjectSeen]:
        """Day → meeting."""
        found, calendars = self.seen(account, "Austausch"), self.staff(account).calendars
        assert found is not None
        hrefs = [href for href, _ in calendars.changes(found.href, "").changed]
        return {f"{event(each)['DTSTART'].dt:%Y-%m-%d}": each for each in calendars.objects(found.href, hrefs)}


def event(found: ObjectSeen) -> Event:
    (only,) = Calendar.from_ical(found.data).walk("VEVENT")
    return only


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    server = connect(
        os.environ["NEXTCLOUD_URL"], os.environ["NEXTCLOUD_SERVICE"], os.environ["NEXTCLOUD_SERVICE_APP_PASSWORD"]
    )
    outsider = min(server.directory.members("nieheim"))
    server.close()
    made = Probe(uuid.uuid4().hex[:6], tmp_path, outsider)
    made.write()
    yield made
    for each in made.servers.values():
        each.close()
    made.take_back()


def test_lead_and_member_find_meetings_minutes_and_tasks_and_an_outsider_finds_nothing(probe: Probe) -> None:
    probe.apply()
    days = [f"{FIRST + timedelta(weeks=weeks)}" for weeks in (0, 2, 4, 6, 8)]
    for account in (LEAD, MEMBER):
        assert sorted(probe.meetings(account)) == days
    assert probe.seen(probe.outsider, "Austausch") is None
    assert probe.seen(probe.outsider, "Aufgaben Austausch") is None
    path = f"/Austausch {probe.suffix}/Protokolle/{FIRST} Protokoll.md"
    text = probe.staff(MEMBER).files.read(path, max_bytes=100_000).decode()
    assert f"Datum: {FIRST:%d.%m.%Y}, 10:00 bis 11:30 Uhr\nOrt: Rathaus" in text
    attached = event(probe.meetings(MEMBER)[days[0]])["ATTACH"]
    seen = probe.staff(MEMBER).files.stat(path)
    assert seen is not None
    assert str(attached) == f"{os.environ['NEXTCLOUD_URL']}/index.php/f/{seen.id}"
    opened = probe.staff(MEMBER)._account.session.get(str(attached), allow_redirects=False)
    assert opened.status_code in (200, 302, 303)
    assert probe.staff(probe.outsider).files.stat(path) is None
    again = probe.apply()
    assert again.plan.changes == ()
    assert set(again.requests) <= READS


def test_a_lead_moves_a_meeting_and_deletes_one_and_both_stay_so(probe: Probe) -> None:
    probe.apply()
    moved, deleted = f"{FIRST + timedelta(weeks=2)}", f"{FIRST + timedelta(weeks=4)}"
    found = probe.meetings(LEAD)
    calendar = Calendar.from_ical(found[moved].data)
    (only,) = calendar.walk("VEVENT")
    for name in ("DTSTART", "DTEND"):
        later = only[name].dt + timedelta(hours=3)
        del only[name]
        only.add(name, later)
    calendars = probe.staff(LEAD).calendars
    calendars.put(found[moved].href, calendar.to_ical(), if_match=found[moved].etag)
    calendars.delete(found[deleted].href, if_match=found[deleted].etag)
    with pytest.raises((NotThere, RightMissing)):
        first = probe.meetings(MEMBER)[f"{FIRST}"]
        probe.staff(MEMBER).calendars.put(first.href, first.data, if_match=first.etag)
    probe.apply()
    probe.config.write_text(probe.config.read_text().replace("place: Rathaus", "place: Kreishaus"))
    probe.apply()
    now = probe.meetings(MEMBER)
    assert event(now[moved])["DTSTART"].dt.hour == 13
    assert event(now[moved])["LOCATION"] == "Kreishaus"
    assert deleted not in now
    assert probe.apply().plan.changes == ()


def test_the_whole_group_writes_in_its_list_of_tasks_which_takes_nothing_else(probe: Probe) -> None:
    probe.apply()
    tasks = probe.seen(MEMBER, "Aufgaben Austausch")
    assert tasks is not None
    assert tasks.components == ("VTODO",)
    calendars = probe.staff(MEMBER).calendars
    calendars.put(f"{tasks.href}auftrag.ics", TASK, if_match="")
    for_lead = probe.seen(LEAD, "Aufgaben Austausch")
    assert for_lead is not None
    (task,) = probe.staff(LEAD).calendars.objects(for_lead.href, [f"{for_lead.href}auftrag.ics"])
    probe.staff(LEAD).calendars.put(task.href, task.data.replace(b"IN-PROCESS", b"COMPLETED"), if_match=task.etag)
    assert probe.apply().plan.changes == ()
    (task,) = calendars.objects(tasks.href, [f"{tasks.href}auftrag.ics"])
    assert b"STATUS:COMPLETED" in task.data
    calendars.delete(task.href, if_match=task.etag)


def test_minutes_that_somebody_renamed_are_not_made_again_and_the_link_follows(probe: Probe) -> None:
    probe.apply()
    files = probe.staff(MEMBER).files
    path = f"/Austausch {probe.suffix}/Protokolle/{FIRST} Protokoll.md"
    seen = files.stat(path)
    assert seen is not None
    files.move(path, f"/Austausch {probe.suffix}/Protokolle/Anders.md")
    assert probe.apply().plan.changes == ()
    assert files.stat(path) is None
    renamed = files.stat(f"/Austausch {probe.suffix}/Protokolle/Anders.md")
    assert renamed is not None
    assert renamed.id == seen.id
    files.move(f"/Austausch {probe.suffix}/Protokolle/Anders.md", path)
