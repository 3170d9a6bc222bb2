"""One entry of the configuration and all that it makes, as single people find it. For the sandbox and a real server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar

from connectors.nextcloud import NextcloudServer
from network.errors import DigitalnetzwerkError, RightMissing
from network.ports import CalendarSeen, Principal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TASK = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Probe//DE\r\nBEGIN:VTODO\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\n"
    b"SUMMARY:Glasfaser in den Schulen\r\nSTATUS:IN-PROCESS\r\nDUE;VALUE=DATE:20270301\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def entry(key: str, name: str, *, lead: str, administration: str, first: date) -> str:
    """One line: an exchange group that meets twice, with a folder, a room and a list of tasks."""
    meetings = (
        f"{{every: {WEEKDAYS[first.weekday()]} every 2 weeks, at: '10:00', length: 90 minutes, place: Rathaus, "
        f"starts: {first}, until: {first + timedelta(weeks=2)}}}"
    )
    return (
        f"exchange_groups:\n  {key}: {{name: {name}, lead: [{lead}], members: {{administrations: [{administration}]}}, "
        f"meetings: {meetings}, tasks: true}}\n"
    )


@dataclass(frozen=True)
class Found:
    """What one person finds of the entry, and what it lets them do. `level` is theirs in the team, None without it."""

    level: int | None
    folder: str
    moderates: bool | None
    meetings: tuple[str, ...]
    moves_meetings: bool
    tasks: str

    @classmethod
    def nothing(cls) -> Found:
        return cls(None, "nothing", None, (), False, "nothing")


def whole(first: date, *, leads: bool) -> Found:
    """What a lead, or a member, shall find."""
    meetings = tuple(f"{first + timedelta(weeks=weeks)} 10:00 Rathaus" for weeks in (0, 2))
    return Found(4 if leads else 1, "changes", leads, meetings, leads, "changes")


def find(staff: NextcloudServer, name: str) -> Found:
    """Looks and tries as this person."""
    calendar, tasks = _calendar(staff, name), _calendar(staff, f"Aufgaben {name}")
    return Found(
        _level(staff, name),
        may(staff, name),
        _moderates(staff, name),
        _meetings(staff, calendar) if calendar is not None else (),
        calendar is not None and _moves(staff, calendar),
        _tasks(staff, tasks) if tasks is not None else "nothing",
    )


def _level(staff: NextcloudServer, name: str) -> int | None:
    """1 for members, also through a group, 4 for moderators: what the server tells about oneself."""
    wants = {"OCS-APIRequest": "true", "Accept": "application/json"}
    answer = staff._account.send("GET", "/ocs/v2.php/apps/circles/circles", headers=wants)
    mine = [each for each in answer.json()["ocs"]["data"] if each["displayName"] == name and each["initiator"]]
    return int(mine[0]["initiator"]["level"]) if mine and mine[0]["initiator"]["level"] else None


def may(staff: NextcloudServer, name: str) -> str:
    """What the person may do in the Team folder of this name: nothing, reads or changes."""
    if staff.files.stat(f"/{name}") is None:
        return "nothing"
    path = f"/{name}/Von {staff.account}.txt"
    try:
        staff.files.write(path, b"x")
    except DigitalnetzwerkError:
        return "reads"
    assert staff.files.read(path, max_bytes=9) == b"x"
    staff.files.delete(path)
    return "changes"


def _moderates(staff: NextcloudServer, name: str) -> bool | None:
    room = next((each for each in staff.rooms.rooms() if each.name == name), None)
    if room is None:
        return None
    myself = Principal("user", staff.account)
    try:
        return next(each.is_moderator for each in staff.rooms.attendees(room.token) if each.who == myself)
    except RightMissing:  # who doesn't moderate may not even look at this list everywhere
        return False


def _calendar(staff: NextcloudServer, name: str) -> CalendarSeen | None:
    return next((each for each in staff.calendars.calendars() if each.name.startswith(f"{name} (")), None)


def _meetings(staff: NextcloudServer, calendar: CalendarSeen) -> tuple[str, ...]:
    hrefs = [href for href, _ in staff.calendars.changes(calendar.href, "").changed]
    events = [
        event
        for each in staff.calendars.objects(calendar.href, hrefs)
        for event in Calendar.from_ical(each.data).walk("VEVENT")
    ]
    return tuple(sorted(f"{event['DTSTART'].dt:%Y-%m-%d %H:%M} {event['LOCATION']}" for event in events))


def _moves(staff: NextcloudServer, calendar: CalendarSeen) -> bool:
    """Whether the person may change a meeting: what they write is what stands there already."""
    hrefs = [href for href, _ in staff.calendars.changes(calendar.href, "").changed]
    first = min(staff.calendars.objects(calendar.href, hrefs), key=lambda each: each.href)
    try:
        staff.calendars.put(first.href, first.data, if_match=first.etag)
    except DigitalnetzwerkError:
        return False
    return True


def _tasks(staff: NextcloudServer, tasks: CalendarSeen) -> str:
    assert tasks.components == ("VTODO",)
    name = f"auftrag-{staff.account.replace('.', '-')}"
    try:
        etag = staff.calendars.put(f"{tasks.href}{name}.ics", TASK % name.encode(), if_match="")
    except DigitalnetzwerkError:
        return "reads"
    staff.calendars.delete(f"{tasks.href}{name}.ics", if_match=etag)
    return "changes"
