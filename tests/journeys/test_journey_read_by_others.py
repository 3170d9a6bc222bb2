"""What we wrote, read by programs that know nothing of us: vdirsyncer fetches it, khal and icalendar say what stands when."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, Town

from plugin.demo.feed import course_feed

CLEAN_EVENTS = 18  # the dirty ones stand behind them
BERLIN = ZoneInfo("Europe/Berlin")
PROGRAMS = Path(sys.executable).parent

VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
[pair staff]
a = "cloud"
b = "disk"
collections = [["kurse", "dnw-extern_shared_by_digitalnetzwerk", "kurse"]]
[storage cloud]
type = "caldav"
url = "{url}/remote.php/dav/"
username = "anna.brakel"
password = "sandbox-anna.brakel"
read_only = true
[storage disk]
type = "filesystem"
path = "{folder}/disk"
fileext = ".ics"
"""
KHAL = """\
[calendars]
[[kurse]]
path = {folder}/disk/kurse
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@dataclass(frozen=True, order=True)
class Stands:
    """Start, end and title; of whole days the first and the last."""

    start: str
    end: str
    title: str


def day(days: int) -> str:
    return f"{FAR + timedelta(days=days):%Y%m%d}"


def lines(uid: str, title: str, *more: str) -> str:
    return "\r\n".join(
        ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}", *more, "END:VEVENT")
    )


AT = "TZID=Europe/Berlin:"
PROGRAMME = feed_of(
    event("one", "Einzeln"),
    event("weekly", "Wöchentlich, mit „Umlaut“", more=["RRULE:FREQ=WEEKLY;COUNT=6", f"EXDATE;{AT}{day(14)}T090000"]),
    event("weekly", "Verlegt", day=FAR + timedelta(days=22), hour=15, more=[f"RECURRENCE-ID;{AT}{day(21)}T090000"]),
    event("future", "Zuerst so", more=["RRULE:FREQ=DAILY;COUNT=5"]),
    event("future", "Dann so", day=FAR + timedelta(days=3), hour=14, more=[f"RECURRENCE-ID;RANGE=THISANDFUTURE;{AT}{day(2)}T090000"]),
    event("extra", "Mit Zusatztag", more=["RRULE:FREQ=MONTHLY;COUNT=2", f"RDATE;{AT}{day(3)}T090000"]),
    lines("day", "Ein ganzer Tag", f"DTSTART;VALUE=DATE:{day(5)}"),
    lines("days", "Drei Tage", f"DTSTART;VALUE=DATE:{day(6)}", f"DTEND;VALUE=DATE:{day(9)}"),
    lines("each-day", "Tagesserie", f"DTSTART;VALUE=DATE:{day(10)}", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3"),
    lines("utc", "In UTC", f"DTSTART:{day(7)}T080000Z", "DURATION:PT1H30M"),
    lines("york", "Aus New York", f"DTSTART;TZID=America/New_York:{day(8)}T090000", "DURATION:PT45M"),
    lines("night", "Über Nacht", f"DTSTART;{AT}{day(11)}T220000", f"DTEND;{AT}{day(12)}T010000"),
    lines("clock", "Durch das Jahr", f"DTSTART;{AT}{day(0)}T173000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;COUNT=12"),
)  # fmt: skip


def run(program: str, *arguments: str, folder: Path, text: str = "") -> str:
    environment: Mapping[str, str] = {
        **os.environ,
        "HOME": str(folder),
        "VDIRSYNCER_CONFIG": str(folder / "vdirsyncer"),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [PROGRAMS / program, *arguments], env=environment, input=text, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetched(town: Town, folder: Path) -> list[bytes]:
    """The shared calendar as a member of staff fetches it."""
    (folder / "vdirsyncer").write_text(VDIRSYNCER.format(folder=folder, url=town.sandbox.url))
    run("vdirsyncer", "discover", folder=folder, text="y\ny\n")
    run("vdirsyncer", "sync", folder=folder)
    return [each.read_bytes() for each in sorted((folder / "disk" / "kurse").glob("*.ics"))]


def told_by_khal(folder: Path, first: date, last: date) -> set[Stands]:
    (folder / "khal.conf").write_text(KHAL.format(folder=folder))
    wanted = [word for name in ("start-long", "end-long", "title") for word in ("--json", name)]
    said = run("khal", "-c", str(folder / "khal.conf"), "list", *wanted, str(first), str(last), folder=folder)
    days = [json.loads(line) for line in said.splitlines() if line.startswith("[")]
    return {Stands(each["start-long"], each["end-long"], each["title"]) for one in days for each in one}


def told_by_icalendar(files: list[bytes], first: date, last: date) -> set[Stands]:
    found = set()
    for each in files:
        for one in recurring_ical_events.of(icalendar.Calendar.from_ical(each)).between(first, last):
            found.add(Stands(_start(one["DTSTART"].dt), _end(one.end), str(one["SUMMARY"])))
    return found


def _start(moment: date) -> str:
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else str(moment)


def _end(moment: date) -> str:
    return _start(moment if isinstance(moment, datetime) else moment - timedelta(days=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "staff"
    made.mkdir()
    return made


def test_staff_programs_see_exactly_what_the_source_says(town: Town, feed: Feed, folder: Path) -> None:
    feed.says(PROGRAMME)
    assert with_feed(town, feed).apply().code == 0
    first, last = FAR - timedelta(days=30), FAR + timedelta(days=400)
    meant = told_by_icalendar([PROGRAMME], first, last)
    files = fetched(town, folder)
    assert told_by_icalendar(files, first, last) == meant
    assert told_by_khal(folder, first, last) == meant
    assert len(meant) >= 30


def test_the_programme_of_the_demo_reads_as_its_clean_part_says(town: Town, feed: Feed, folder: Path) -> None:
    feed.says(course_feed(FAR))
    with_feed(town, feed).apply()
    first, last = FAR - timedelta(days=100), FAR + timedelta(days=400)
    files = fetched(town, folder)
    parts = course_feed(FAR).split(b"BEGIN:VEVENT")
    clean = b"BEGIN:VEVENT".join(parts[: 1 + CLEAN_EVENTS]) + b"END:VCALENDAR\r\n"
    meant = told_by_icalendar([clean], first, last)
    assert len(meant) > CLEAN_EVENTS
    assert meant <= told_by_icalendar(files, first, last) == told_by_khal(folder, first, last)
