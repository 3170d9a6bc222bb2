"""A coordinator's calendar as a source, on a real Nextcloud: shared with the service account, or asked as any CalDAV.

Takes everything from the environment, as the first hour does; erika.beispiel keeps the calendar by hand, as programs
write it. Names are random, and everything is taken back at the end.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.nextcloud import NextcloudServer, connect
from network.ports import CalendarWish, ObjectSeen, ShareRow
from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.service import Service

pytestmark = pytest.mark.live
ERIKA = "erika.beispiel"
DAY = datetime.now(UTC).date() + timedelta(days=60)

CONFIG = """\
network:
  id: probe-{suffix}
  name: Probe {suffix}
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  brakel: {{name: Brakel {suffix}, group: brakel}}
connectors:
  planung: {connector}
calendars:
  plan-{suffix}:
    name: "Plan {suffix}"
    from: [planung]
    share: {{administrations: all}}
    edit: {{people: [erika.beispiel]}}
service: {{data: {data}}}
"""
SHARED = '{{type: nextcloud-calendar, calendar: "erika.beispiel/planung-{suffix}"}}'
ASKED = """{{type: caldav, url: "{url}/remote.php/dav/calendars/erika.beispiel/", calendar: "Planung {suffix}",
    allow_http: true, username: erika.beispiel, password: env:NEXTCLOUD_STAFF_PASSWORD}}"""


def file_of(*events: str, by: str) -> bytes:
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{by}", "CALSCALE:GREGORIAN", *events, "END:VCALENDAR"))
    return (text + "\n").replace("\n", "\r\n").encode()


def at(day: date, hour: int) -> str:
    return f"TZID=Europe/Berlin:{day:%Y%m%d}T{hour:02}0000"


def single(uid: str, title: str, *more: str, day: date = DAY, hour: int = 9) -> bytes:
    """As Nextcloud Calendar writes it."""
    lines = (
        "BEGIN:VEVENT",
        "CREATED:20260101T080000Z",
        "DTSTAMP:20260101T080100Z",
        "LAST-MODIFIED:20260101T080100Z",
        "SEQUENCE:2",
        f"UID:{uid}",
        f"DTSTART;{at(day, hour)}",
        f"DTEND;{at(day, hour + 2)}",
        "STATUS:CONFIRMED",
        f"SUMMARY:{title}",
        *more,
        "END:VEVENT",
    )
    return file_of(*lines, by="-//IDN nextcloud.com//Calendar app 6.6.0//EN")


def series(uid: str, title: str, by: str, *signs: str) -> bytes:
    """Four weeks; the second moved to the afternoon, the third left out. Both parts in one file, as all of them do."""
    week = timedelta(days=7)
    main = (
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T080100Z",
        f"DTSTART;{at(DAY, 9)}",
        f"DTEND;{at(DAY, 11)}",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        f"EXDATE;{at(DAY + 2 * week, 9)}",
        f"SUMMARY:{title}",
        *signs,
        "END:VEVENT",
    )
    moved = (
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T080200Z",
        f"RECURRENCE-ID;{at(DAY + week, 9)}",
        f"DTSTART;{at(DAY + week, 14)}",
        f"DTEND;{at(DAY + week, 16)}",
        f"SUMMARY:{title} (nachmittags)",
        *signs,
        "END:VEVENT",
    )
    return file_of(*main, *moved, by=by)


THUNDERBIRD = (
    "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
    "X-MOZ-GENERATION:3",
    "X-MOZ-LASTACK:20260101T080000Z",
)
APPLE = ("-//Apple Inc.//macOS 15.1//EN", "TRANSP:OPAQUE", "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC", "SEQUENCE:1")


@dataclass
class Probe:
    """One network on the real server whose only source is Erika's calendar."""

    suffix: str
    folder: Path
    erika: NextcloudServer
    href: str

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    def write(self, connector: str) -> None:
        values = {
            "suffix": self.suffix,
            "url": os.environ["NEXTCLOUD_URL"],
            "service": os.environ["NEXTCLOUD_SERVICE"],
            "data": self.folder / "daten",
        }
        self.config.write_text(CONFIG.format(connector=connector.format(**values), **values))

    def keep(self, name: str, data: bytes, etag: str = "") -> str:
        return self.erika.calendars.put(self.href + name, data, if_match=etag)

    def do(self, work: Callable[[Service], Run]) -> Run:
        with open_service(self.config) as service:
            return work(service)

    def apply(self) -> Run:
        return self.do(lambda service: service.apply())

    def entries(self, account: str = "anna.brakel") -> dict[str, ObjectSeen]:
        """First title → what stands in the shared calendar, as somebody sees it."""
        staff = connect(os.environ["NEXTCLOUD_URL"], account, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
        found = [each for each in staff.calendars.calendars() if each.name.startswith(f"Plan {self.suffix} (")]
        hrefs = [href for each in found for href, _ in staff.calendars.changes(each.href, "").changed]
        objects = list(staff.calendars.objects(found[0].href, hrefs)) if hrefs else []
        staff.close()
        return {_title(each): each for each in objects}


def _title(item: ObjectSeen) -> str:
    return next(line.partition(":")[2] for line in item.data.decode().splitlines() if line.startswith("SUMMARY"))


@pytest.fixture(params=[SHARED, ASKED], ids=["nextcloud-calendar", "caldav"])
def probe(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Probe]:
    suffix = uuid.uuid4().hex[:6]
    erika = connect(os.environ["NEXTCLOUD_URL"], ERIKA, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    wish = CalendarWish(f"Planung {suffix}", "#00679e", "Europe/Berlin", "")
    href = erika.calendars.create_calendar(f"planung-{suffix}", wish)
    erika.calendars.share(href, [ShareRow(f"users/{os.environ['NEXTCLOUD_SERVICE']}")], [])
    made = Probe(suffix, tmp_path, erika, href)
    made.write(request.param)
    made.keep("a.ics", single(f"a-{suffix}@hand.example", "Rhetorik"))
    made.keep("b.ics", series(f"b-{suffix}@hand.example", "Lotsen", *THUNDERBIRD))
    made.keep("c.ics", series(f"c-{suffix}@hand.example", "Sprechstunde", *APPLE))
    made.keep("d.ics", single(f"d-{suffix}@hand.example", "Personalgespräch", "CLASS:CONFIDENTIAL"))
    made.keep("e.ics", single(f"e-{suffix}@hand.example", "Zahnarzt", "CLASS:PRIVATE"))
    yield made
    made.do(lambda service: service.carry_out(service.plan_removal()))
    erika.calendars.delete_calendar(href, purge=True)
    erika.close()


def test_what_the_coordinator_keeps_reaches_staff_and_what_is_private_nobody(probe: Probe) -> None:
    run = probe.apply()
    assert run.code == 0
    assert sorted(probe.entries()) == ["Lotsen", "Rhetorik", "Sprechstunde"]
    quarantined = [each for each in run.problems if each.code == "not_public"]
    assert any(f"d-{probe.suffix}@hand.example" in each.where for each in quarantined)
    assert "Zahnarzt" not in str(run.problems) and "Personalgespräch" not in str(run.problems)
    assert run.mails == 0


def test_a_series_arrives_with_its_exceptions_as_one_object(probe: Probe) -> None:
    probe.apply()
    found = probe.entries()
    for title in ("Lotsen", "Sprechstunde"):
        text = found[title].data.decode()
        assert text.count("BEGIN:VEVENT") == 2
        assert "RRULE:FREQ=WEEKLY;COUNT=4" in text and "EXDATE;TZID=Europe/Berlin:" in text
        assert f"RECURRENCE-ID;{at(DAY + timedelta(days=7), 9)}" in text
        assert "X-MOZ" not in text and "X-APPLE" not in text


def test_an_unchanged_calendar_costs_one_request(probe: Probe) -> None:
    probe.apply()
    probe.apply()
    again = probe.apply()
    [source] = [each for each in again.sources if each.connector == "planung"]
    assert (source.state, source.requests) == ("unchanged", 1)
    assert not set(again.requests) - {"PROPFIND"}


def test_a_move_by_hand_is_one_write_and_a_deletion_only_unconfirmed(probe: Probe) -> None:
    probe.apply()
    etags = dict(probe.erika.calendars.changes(probe.href, "").changed)
    later = single(f"a-{probe.suffix}@hand.example", "Rhetorik", hour=15)
    probe.keep("a.ics", later, etags[probe.href + "a.ics"])
    run = probe.apply()
    assert (run.code, run.requests.get("PUT")) == (0, 1)
    assert f"DTSTART;{at(DAY, 15)}" in probe.entries()["Rhetorik"].data.decode()
    probe.erika.calendars.delete(probe.href + "b.ics", if_match="")
    gone = probe.apply()
    assert gone.code == 0
    assert not set(gone.requests) & {"PUT", "DELETE", "MOVE"}
    assert sorted(probe.entries()) == ["Lotsen", "Rhetorik", "Sprechstunde"]


def test_whoever_may_edit_finds_the_calendar_and_what_they_write_stays(probe: Probe) -> None:
    """Erika, who is named in `edit`."""
    probe.apply()
    found = probe.entries(ERIKA)["Rhetorik"]
    text = found.data.replace(b"END:VEVENT", b"LOCATION:Raum 204\r\nEND:VEVENT")
    probe.erika.calendars.put(found.href, text, if_match=found.etag)
    etags = dict(probe.erika.calendars.changes(probe.href, "").changed)
    later = single(f"a-{probe.suffix}@hand.example", "Rhetorik", hour=15)
    probe.keep("a.ics", later, etags[probe.href + "a.ics"])
    assert probe.apply().code == 0
    stands = probe.entries()["Rhetorik"].data.decode()
    assert "LOCATION:Raum 204" in stands and f"DTSTART;{at(DAY, 15)}" in stands
