"""What the raw values of properties mean: text (RFC 5545 section 3.3.11), moments, durations and spans of time.

Named zones must be IANA names here; `network.ical.timezones` sees to that before. A floating moment is refused: which
zone it means is for the reader of a source to decide.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from network.errors import BadInput
from network.ical.component import Component, Property
from network.text import Text

Moment = date | datetime

_ESCAPED = re.compile(r"\\([\\;,Nn:\"])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LISTED = re.compile(r"(?:[^\\,]|\\.)+")
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)")
_YEARS = range(1000, 9000)  # whoever reckons on from here never leaves the years that a computer knows
_LONGEST = timedelta(days=36_525)
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def unescape(value: str) -> str:
    """The text behind a TEXT value."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "Nn" else found[1], value) if "\\" in value else value


def escape(text: str) -> str:
    """A TEXT value for a text. Any kind of line end becomes a line feed; control characters are forbidden, they go."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def split_list(value: str) -> list[str]:
    """The raw values of a comma-separated TEXT list; an escaped comma separates nothing."""
    return _LISTED.findall(value)


def text_of(component: Component, name: str) -> str:
    """The text of the first property of this name, or an empty text."""
    return unescape(component.value(name))


def texts_of(component: Component, name: str) -> tuple[str, ...]:
    """All texts of a list property such as CATEGORIES, in order."""
    raw = (each for item in component.all(name) for each in split_list(item.value))
    return tuple(text for each in raw if (text := unescape(each).strip()))


def moment_of(item: Property) -> Moment:
    """A date, or an aware datetime in the property's own zone.

    BadInput `bad_date` when it is neither, `floating_time` when it names no zone, `unknown_timezone` when one that
    nobody knows.
    """
    return moment(item.value.strip(), item.parameter("TZID"), where=item.name)


def moment(value: str, timezone: str = "", *, where: str = "") -> Moment:
    """The moment that a raw DATE or DATE-TIME names; raises like `moment_of`."""
    try:
        if found := _DATE.fullmatch(value):
            return date(_year(found[1]), int(found[2]), int(found[3]))
        found = _TIME.fullmatch(value)
        if found is None:
            raise ValueError(value)
        if not found[7] and not timezone:
            raise _bad("floating_time", where, value, "ist eine Uhrzeit ohne Zeitzone", "is a time without a time zone")
        month, day, hour, minute, second = (int(each) for each in found.groups()[1:6])
        zone = UTC if found[7] else _zone(timezone, where)
        # A leap second is the second before.
        return datetime(_year(found[1]), month, day, hour, minute, min(second, 59), tzinfo=zone)
    except ValueError as error:
        raise _bad("bad_date", where, value, "ist kein Datum", "is no date") from error


def duration(value: str) -> timedelta:
    """The length that a DURATION names; BadInput `bad_duration` when it is none, or longer than a century."""
    found = _DURATION.fullmatch(value.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise _bad("bad_duration", "DURATION", value, "ist keine Dauer", "is no duration")
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        length = timedelta.max
    if length > _LONGEST:
        raise _bad("bad_duration", "DURATION", value, "ist zu lang", "is too long")
    return -length if found[1] == "-" else length


def span(component: Component) -> tuple[Moment, Moment]:
    """Start and end of an event: both dates (end exclusive) or both aware datetimes (RFC 5545 section 3.6.1).

    Without an end an all-day event takes one day and any other no time. BadInput `no_start`, `ends_before_start`, or as
    `moment_of`.
    """
    item = component.first("DTSTART")
    if item is None:
        raise _bad("no_start", "DTSTART", "", "der Beginn fehlt", "the start is missing")
    start = moment_of(item)
    end = _end(component, start)
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise _bad("bad_date", "DTEND", component.value("DTEND"), "passt nicht zum Beginn", "doesn't fit the start")
    if end == start and not isinstance(start, datetime):
        end = start + timedelta(days=1)  # seen in feeds that count the last day in
    if _is_before(end, start):
        raise _bad(
            "ends_before_start", "DTEND", component.value("DTEND"), "liegt vor dem Beginn", "is before the start"
        )
    return start, end


def property_of(name: str, value: Moment) -> Property:
    """A moment as a property, in its own zone: `DTSTART;TZID=Europe/Berlin:…`, `…Z` or `;VALUE=DATE`."""
    if not isinstance(value, datetime):
        return Property(name, f"{value:%Y%m%d}".rjust(8, "0"), (("VALUE", ("DATE",)),))
    zone = zone_of(value)
    if zone == "UTC":
        return Property(name, utc_text(value))
    return Property(name, f"{value:%Y%m%dT%H%M%S}".rjust(15, "0"), (("TZID", (zone,)),))


def zone_of(value: datetime) -> str:
    """The IANA name of an aware datetime's zone; "UTC" for every zone without a name."""
    key = getattr(value.tzinfo, "key", "UTC")
    return "UTC" if key in ("Etc/UTC", "GMT", "Etc/GMT") else str(key)


def utc_text(value: datetime) -> str:
    """An aware datetime as a DATE-TIME in UTC."""
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}".rjust(16, "0")


def _zone(name: str, where: str) -> ZoneInfo:
    """A person's client may have written any name; some of them are folders or no file names at all."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _bad("unknown_timezone", where, name, "ist keine Zeitzone", "is no time zone") from error


def _year(digits: str) -> int:
    if int(digits) not in _YEARS:
        raise ValueError(digits)
    return int(digits)


def _end(component: Component, start: Moment) -> Moment:
    end = component.first("DTEND")
    if end is not None:
        return moment_of(end)
    if length := component.value("DURATION"):
        return lasting(start, duration(length))
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def lasting(start: Moment, length: timedelta) -> Moment:
    """The end of what starts then and takes so long: days by the calendar, hours by the clock that ticks on (3.3.6)."""
    if not isinstance(start, datetime):
        return start + length
    whole_days = start + timedelta(days=length.days)
    return (whole_days.astimezone(UTC) + timedelta(seconds=length.seconds)).astimezone(start.tzinfo)


def _is_before(end: Moment, start: Moment) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end.astimezone(UTC) < start.astimezone(UTC)
    return end < start


def _bad(code: str, where: str, value: str, german: str, english: str) -> BadInput:
    shown = value[:60]
    return BadInput(
        Text(
            f"{where}: „{shown}“ {german}" if value else german, f"{where}: “{shown}” {english}" if value else english
        ),
        code=code,
        where=where,
    )
