"""Durations: "90 minutes", "2 Stunden", "1,5 hours", "3 days before", "3 Tage vorher".

Months and years are refused to nobody but counted plainly: a month is 30 days, a year 365. They serve retention
periods, never dates.
"""

from __future__ import annotations

import re
from datetime import timedelta

from network.text import Text
from network.written.refusal import NotUnderstood, not_understood

_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "month": 30 * 86400,
    "year": 365 * 86400,
}
_UNITS = {
    "s": "second", "sec": "second", "second": "second", "seconds": "second",
    "sek": "second", "sekunde": "second", "sekunden": "second",
    "min": "minute", "minute": "minute", "minutes": "minute", "minuten": "minute",
    "h": "hour", "std": "hour", "hour": "hour", "hours": "hour", "stunde": "hour", "stunden": "hour",
    "d": "day", "day": "day", "days": "day", "tag": "day", "tage": "day", "tagen": "day",
    "week": "week", "weeks": "week", "woche": "week", "wochen": "week",
    "month": "month", "months": "month", "monat": "month", "monate": "month", "monaten": "month",
    "year": "year", "years": "year", "jahr": "year", "jahre": "year", "jahren": "year",
}  # fmt: skip
_DURATION = re.compile(r"(?P<number>\d{1,6}(?:[.,]\d{1,3})?)\s*(?P<unit>[a-z]+)\.?", re.IGNORECASE | re.ASCII)
_BEFORE = re.compile(r"(?P<duration>.+?)\s+(?:before|vorher|davor)", re.IGNORECASE)
_LONGEST = timedelta(days=100 * 365)


def duration(written: str) -> timedelta:
    """A time span that is not negative. Raises NotUnderstood."""
    found = _DURATION.fullmatch(written.strip())
    unit = _UNITS.get(found["unit"].casefold()) if found else None
    if found is None or unit is None:
        raise not_understood(
            written, Text("keine Dauer", "no duration"), "90 minutes, 2 hours, 3 days, 90 Minuten, 3 Tage"
        )
    span = timedelta(seconds=float(found["number"].replace(",", ".")) * _SECONDS[unit])
    if span > _LONGEST:
        raise NotUnderstood(Text("länger als 100 Jahre", "longer than 100 years"))
    return span


def before(written: str) -> timedelta:
    """How long before something: "3 days before" is timedelta(days=3). Raises NotUnderstood."""
    found = _BEFORE.fullmatch(written.strip())
    if found is None:
        raise not_understood(
            written,
            Text("keine Angabe, wie lange vorher", "not a time before something"),
            "3 days before, 3 Tage vorher",
        )
    return duration(found["duration"])
