"""Dates and times of day: "2027-12-31", "31.12.2027", "10:00", "9.30 Uhr". Two-digit years are refused."""

from __future__ import annotations

import re
from datetime import date, time

from network.text import Text
from network.written.refusal import not_understood

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_GERMAN = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?P<oclock>\s*Uhr)?", re.IGNORECASE | re.ASCII)


def written_date(written: str) -> date:
    """A day of the calendar. Raises NotUnderstood, also for a day that doesn't exist."""
    found = _ISO.fullmatch(written.strip()) or _GERMAN.fullmatch(written.strip())
    try:
        if found is not None:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise not_understood(written, Text("kein Datum", "no date"), "2027-12-31, 31.12.2027")


def clock_time(written: str) -> time:
    """A time of day without zone. Raises NotUnderstood; a bare "10" is refused, "10 Uhr" is not."""
    found = _TIME.fullmatch(written.strip())
    if found is not None and (found["minute"] or found["oclock"]):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise not_understood(written, Text("keine Uhrzeit", "no time of day"), "10:00, 9:30 Uhr")
