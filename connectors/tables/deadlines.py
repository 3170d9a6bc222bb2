"""Registration deadlines as people write them: "05.03.2027", "bis 05.03.2027, 12 Uhr", "3 Tage vorher".

Pure. A relative one counts back from the first day of the training, and says nothing while that day is open.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.tables.dates import read_days
from connectors.tables.moments import local
from connectors.tables.refusal import no
from connectors.tables.sheets import Value, text_of
from connectors.tables.times import read_times
from network.text import Text
from network.written import NotUnderstood, before

_BEFORE = re.compile(
    r"(?:bis\s+)?(.+?)\s+(?:vorher|davor|zuvor|before|vor\s+(?:beginn|(?:der\s+)?veranstaltung|(?:der\s+)?schulung|start)"
    r"|before\s+(?:the\s+)?start)",
    re.IGNORECASE,
)
_NUMBERS = {
    "ein": "1",
    "einen": "1",
    "eine": "1",
    "einer": "1",
    "one": "1",
    "zwei": "2",
    "two": "2",
    "drei": "3",
    "three": "3",
}
_NONE = re.compile(r"laufend|jederzeit|kein(?:e|er)?|ohne|none|any\s*time", re.IGNORECASE)
_PREFIX = re.compile(r"(?:spätestens\s+)?(?:bis\s+(?:zum\s+)?|by\s+|until\s+)", re.IGNORECASE)
_DAY = timedelta(days=1)


def read_deadline(value: Value, first: date | datetime | None, zone: ZoneInfo) -> date | datetime | None:
    """The last day, or the moment, at which one can register; None where nothing is said. Raises NotUnderstood.

    `first` is the start of the first session, None while the date is open.
    """
    written = text_of(value)
    if _NONE.fullmatch(written):
        return None
    if found := _BEFORE.fullmatch(written):
        return _back(first, before(f"{_digits(found[1])} before"))
    days = read_days(_PREFIX.sub("", written, count=1) if isinstance(value, str) else value)
    if not days:
        return None
    if len(days) > 1 or days[0].first != days[0].last:
        raise no(Text("kein einzelner Tag", "no single day"), written)
    times = read_times(days[0].times)
    if times is None or times.start is None:
        return days[0].first
    return local(days[0].first, times.start, zone)


def _back(first: date | datetime | None, span: timedelta) -> date | datetime | None:
    """Whole days before a day are a day; hours before a moment are a moment."""
    if first is None:
        return None
    if span % _DAY == timedelta(0):
        return (first.date() if isinstance(first, datetime) else first) - span
    if not isinstance(first, datetime):
        raise NotUnderstood(
            Text("Stunden vorher, aber der Beginn hat keine Uhrzeit", "hours before, but the start has no time of day")
        )
    return first - span


def _digits(written: str) -> str:
    number, _, unit = written.partition(" ")
    return f"{_NUMBERS.get(number.casefold(), number)} {unit}".strip()
