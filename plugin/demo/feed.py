"""The invented course programme of an outside provider as an iCalendar feed (RFC 5545), clean events and dirty ones.

Written line by line, because the dirty events are what no library would write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar.parser import Contentline

from network.ical.values import escape
from plugin.demo.dirty_events import dirty_events
from plugin.demo.lesson import EXAMPLE, FRI, MON, THU, TUE, WED, Weekday, monday

HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Studieninstitut (Beispiel)//Kursprogramm//DE",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Kursprogramm (Beispiel)",
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
BERLIN = "TZID=Europe/Berlin"
INSTITUTE = "Studieninstitut, Lehrsaal 2, Paderborn"
SCHEDULING = (
    "ORGANIZER;CN=Kursbüro:mailto:kursbuero@studieninstitut.example",
    "ATTENDEE;CN=Anmeldeliste;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:anmeldung@studieninstitut.example",
)
ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Kurs beginnt", "TRIGGER:-P1D", "END:VALARM")


@dataclass(frozen=True, slots=True)
class Course:
    """One course. `starts` and `ends` like "090000", both local to Berlin."""

    number: int
    week: int
    weekday: Weekday
    title: str
    categories: str
    starts: str = "090000"
    ends: str = "160000"
    place: str = INSTITUTE
    extra: tuple[str, ...] = ()


COURSES = (
    Course(2101, -3, TUE, "Bescheidtechnik für den Einstieg", "Recht"),
    Course(2102, 1, MON, "Kommunales Haushaltsrecht für Fortgeschrittene", "Finanzen,Recht", extra=SCHEDULING),
    Course(2103, 2, WED, "Ordnungsrecht: Gefahrenabwehr in der Praxis", "Recht", ends="153000"),
    Course(2104, 3, THU, "Baurecht kompakt", "Recht,Bauen", extra=ALARM),
    Course(2105, 4, TUE, "Eingruppierung nach TVöD", "Personal", extra=(*SCHEDULING, *ALARM)),
    Course(2106, 6, FRI, "Sozialrecht: Leistungen bewilligen und zurückfordern", "Soziales,Recht"),
    Course(2107, 8, MON, "Meldewesen: Änderungen des Jahres", "Bürgerbüro", starts="130000", ends="163000"),
    Course(2108, 10, WED, "Ausbildung der Ausbilderinnen und Ausbilder", "Ausbildung"),
    Course(2109, 13, TUE, "Vergabe von Bauleistungen (VOB/A)", "Vergabe,Bauen"),
    Course(2110, 16, THU, "Standesamt: Beurkundung mit Auslandsbezug", "Standesamt", place="Gütersloh, Raum 4"),
    Course(2111, 20, TUE, "Prüfung von Verwendungsnachweisen", "Fördermittel,Finanzen"),
    Course(2112, 24, MON, "Moderation schwieriger Sitzungen", "Kommunikation", place="online"),
)


def course_feed(today: date) -> bytes:
    """The whole feed around the week of `today`; lines end in CRLF and are folded at 75 octets."""
    base = monday(today)
    lines = [*HEAD]
    for course in COURSES:
        lines += _course(course, base)
    for other in (_in_utc, _whole_day, _whole_days, _with_duration, _series):
        lines += other(base)
    folded = [Contentline(line).to_ical().decode() for line in lines]  # type: ignore[no-untyped-call]  # icalendar's own
    # the dirty ones come unfolded, because a badly folded line is one of them
    return "\r\n".join([*folded, *dirty_events(base), "END:VCALENDAR", ""]).encode()


def _course(course: Course, base: date) -> Iterator[str]:
    day = f"{base + timedelta(weeks=course.week, days=course.weekday):%Y%m%d}"
    yield from _opening(course.number, course.title, base)
    yield f"DTSTART;{BERLIN}:{day}T{course.starts}"
    yield f"DTEND;{BERLIN}:{day}T{course.ends}"
    yield f"LOCATION:{escape(course.place)}"
    yield f"CATEGORIES:{course.categories}"
    yield from course.extra
    yield "END:VEVENT"


def _opening(number: int, title: str, base: date) -> Iterator[str]:
    content = (
        f"Kurs {number}: {title}. Anmeldung nur beim Studieninstitut; Unterlagen, Verpflegung und Prüfungsgebühr "
        f"sind im Preis enthalten. {EXAMPLE}"
    )
    yield "BEGIN:VEVENT"
    yield f"UID:kurs-{number}@studieninstitut.example"
    yield f"DTSTAMP:{base - timedelta(days=3):%Y%m%d}T060000Z"
    yield f"SUMMARY:{escape(title)}"
    yield f"DESCRIPTION:{escape(content)}"
    yield f"URL:https://studieninstitut.example/kurse/{number}"


def _in_utc(base: date) -> Iterator[str]:
    day = f"{base + timedelta(weeks=5, days=TUE):%Y%m%d}"
    yield from _opening(2113, "Webinar: Neues aus der Rechtsprechung", base)
    yield f"DTSTART:{day}T080000Z"
    yield f"DTEND:{day}T093000Z"
    yield "LOCATION:online"
    yield "END:VEVENT"


def _whole_day(base: date) -> Iterator[str]:
    yield from _opening(2114, "Tag der offenen Tür des Studieninstituts", base)
    yield f"DTSTART;VALUE=DATE:{base + timedelta(weeks=7, days=WED):%Y%m%d}"
    yield "END:VEVENT"


def _whole_days(base: date) -> Iterator[str]:
    first = base + timedelta(weeks=12, days=MON)
    yield from _opening(2115, "Lehrgangswoche Verwaltungsfachwirtin und Verwaltungsfachwirt", base)
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{first + timedelta(days=5):%Y%m%d}"
    yield "CATEGORIES:Ausbildung"
    yield "END:VEVENT"


def _with_duration(base: date) -> Iterator[str]:
    yield from _opening(2116, "Kurzseminar: Fristen berechnen", base)
    yield f"DTSTART;{BERLIN}:{base + timedelta(weeks=9, days=THU):%Y%m%d}T100000"
    yield "DURATION:PT1H30M"
    yield "END:VEVENT"


def _series(base: date) -> Iterator[str]:
    """Eight Tuesday evenings: the third falls out, the fifth is moved to Wednesday."""
    evenings = [f"{base + timedelta(weeks=week, days=TUE):%Y%m%d}" for week in range(2, 10)]
    moved = f"{base + timedelta(weeks=6, days=WED):%Y%m%d}"
    title = "Englisch für das Bürgerbüro (Abendkurs)"
    yield from _opening(2117, title, base)
    yield f"DTSTART;{BERLIN}:{evenings[0]}T170000"
    yield f"DTEND;{BERLIN}:{evenings[0]}T183000"
    yield "RRULE:FREQ=WEEKLY;COUNT=8"
    yield f"EXDATE;{BERLIN}:{evenings[2]}T170000"
    yield "CATEGORIES:Sprachen"
    yield "END:VEVENT"
    yield from _opening(2117, f"{title} – verlegt auf Mittwoch", base)
    yield f"RECURRENCE-ID;{BERLIN}:{evenings[4]}T170000"
    yield f"DTSTART;{BERLIN}:{moved}T173000"
    yield f"DTEND;{BERLIN}:{moved}T190000"
    yield "CATEGORIES:Sprachen"
    yield "END:VEVENT"
