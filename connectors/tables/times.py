"""Times of day as people write them into a table: "9–12 Uhr", "9.30", "09:00 - 12:30 Uhr", "ganztägig", Excel times.

Pure. Times are minutes since midnight, 1440 is the end of the day. Refuses what crosses midnight and what has two
readings ("9,3", "vormittags").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from connectors.tables.refusal import no
from connectors.tables.sheets import Value, text_of
from network.text import Text
from network.written.refusal import NotUnderstood, shortened

_DAY = 24 * 60
_HALF_A_MINUTE = 30
_ALL_DAY = re.compile(r"ganztägig|ganztags|ganzer\s+tag|all[ -]?day", re.IGNORECASE)
_OPEN = re.compile(r"[-?./\s]*|n\.?\s*n\.?|offen|open|t\.?b\.?[adc]\.?|folgt|noch\s+offen", re.IGNORECASE)
_CLOCK = r"(?:ca\.?\s*)?(\d{1,2})(?:[:.](\d{2}))?(?::00)?\s*(?:uhr|h)?\.?"
_EACH = r"(?:(?:jeweils|täglich|tägl\.?|daily|each)\s+)?"
_START = re.compile(rf"{_EACH}(?:um\s+|ab\s+|von\s+|at\s+|from\s+)?{_CLOCK}", re.IGNORECASE)
_SPAN = re.compile(rf"{_EACH}(?:von\s+|from\s+)?{_CLOCK}\s*(?:-|bis|to|until)\s*{_CLOCK}", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:-|bis|to|until)\s*{_CLOCK}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """`start` and `end` in minutes since midnight; without `start` it takes all day."""

    start: int | None = None
    end: int | None = None


ALL_DAY = Times()


def read_times(start: Value, end: Value = None) -> Times | None:
    """What two cells say about the time of day; None when they say nothing.

    The start's cell may hold the end as well. Raises NotUnderstood.
    """
    first, last = _read(start), _read(end, is_end=True)
    if first is None and last is None:
        return None
    if first is None or first == ALL_DAY:
        if last in (None, ALL_DAY):
            return ALL_DAY
        raise NotUnderstood(Text("das Ende steht da, der Beginn fehlt", "there is an end, but no start"))
    both = first if last is None or last == ALL_DAY else _combined(first, last)
    if both.start is not None and (both.end or _DAY) <= both.start:
        raise NotUnderstood(
            Text(
                f"„{_shown(start, end)}“ endet vor dem Beginn oder geht über Mitternacht",
                f'"{_shown(start, end)}" ends before it starts, or goes past midnight',
            )
        )
    return both


def _combined(first: Times, last: Times) -> Times:
    """The end's cell may repeat the whole span."""
    end = last.end if last.end is not None else last.start
    contradicts = first.end is not None and first.end != end
    if contradicts or (last.end is not None and last.start not in (None, first.start)):
        raise NotUnderstood(
            Text("Beginn und Ende widersprechen sich", "the cells for start and end contradict one another")
        )
    return Times(first.start, end)


def _read(value: Value, *, is_end: bool = False) -> Times | None:
    match value:
        case datetime() | time():
            # Excel's fractions of a day are a breath beside the minute that was meant.
            return Times(value.hour * 60 + value.minute + (value.second >= _HALF_A_MINUTE))
        case timedelta():
            return Times(_within_a_day(round(value.total_seconds() / 60), text_of(value)))
        case bool():
            raise no(_NO_TIME, text_of(value))
        case int() | float():
            return Times(_number(value))
        case _:
            return _text(text_of(value), is_end=is_end)


def _number(value: float) -> int:
    """Excel's time without its format is a fraction of a day; a whole number is an hour."""
    if 0 <= value < 1:
        return round(value * _DAY)
    if value == int(value):
        return _within_a_day(int(value) * 60, text_of(value))
    raise no(_NO_TIME, text_of(value).replace(".", ","))


def _text(written: str, *, is_end: bool) -> Times | None:
    text = re.sub("[‐‑‒–—―−]", "-", written)
    if _OPEN.fullmatch(text):
        return None
    if _ALL_DAY.fullmatch(text):
        return ALL_DAY
    if found := _SPAN.fullmatch(text):
        return Times(_minutes(found[1], found[2], written), _minutes(found[3], found[4], written))
    if found := _START.fullmatch(text) or (_UNTIL.fullmatch(text) if is_end else None):
        return Times(_minutes(found[1], found[2], written))
    raise no(_NO_TIME, written)


def _minutes(hour: str, minute: str | None, written: str) -> int:
    if int(minute or 0) > 59:
        raise no(_NO_TIME, written)
    return _within_a_day(int(hour) * 60 + int(minute or 0), written)


def _within_a_day(minutes: int, written: str) -> int:
    if not 0 <= minutes <= _DAY:
        raise no(_NO_TIME, written)
    return minutes


def _shown(start: Value, end: Value) -> str:
    return shortened(" - ".join(filter(None, (text_of(start), text_of(end)))))


_NO_TIME = Text("keine eindeutige Uhrzeit", "no clear time of day")
