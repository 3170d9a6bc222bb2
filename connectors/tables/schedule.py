"""Date, start and end of a row → the sessions of its training.

Several days with times are one session per day, several days without are one session that spans them. Where only the
start is known a session takes one hour, with a hint to its coordinator. Refuses more days than anybody means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeGuard
from zoneinfo import ZoneInfo

from connectors.tables.dates import Days, read_days
from connectors.tables.moments import local
from connectors.tables.sheets import Cell, Value, text_of
from connectors.tables.times import ALL_DAY, Times, read_times
from network.text import Text
from network.written import NotUnderstood

MOST_SESSIONS = 40
_HOUR = 60
_ONE_DAY = timedelta(days=1)
_EXCEL_TIMES_END = 1901  # Excel keeps a time of day as a moment on a day of 1899 or 1900

Span = tuple[date, date] | tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Schedule:
    """`sessions` as (start, end), in order; none while the date is open. `hints` don't hold the row back."""

    sessions: tuple[Span, ...] = ()
    hints: tuple[Text, ...] = ()


def read_schedule(day: Cell, start: Cell, end: Cell, zone: ZoneInfo) -> Schedule:
    """Raises NotUnderstood."""
    written_day, starts, ends = _day_of(day.value, start.value, end.value)
    days = read_days(written_day)
    common = read_times(starts, ends)
    times = [_times(each, common) for each in days]
    spans = (span for each, at in zip(days, times, strict=True) for span in _spans(each, at, zone))
    sessions = sorted(spans, key=lambda span: span[0].isoformat())  # days and moments don't compare
    if len(sessions) > MOST_SESSIONS:
        raise NotUnderstood(
            Text(
                f"das wären {len(sessions)} einzelne Termine; stimmt das Jahr?",
                f"that would be {len(sessions)} separate sessions; is the year right?",
            )
        )
    return Schedule(tuple(sessions), tuple(_hints(days, times)))


def _day_of(day: Value, start: Value, end: Value) -> tuple[Value, Value, Value]:
    """Tables without a date of their own keep day and time together in start and end."""
    if not _is_moment(start):
        return day, start, end
    if text_of(day) and read_days(day)[:1] != read_days(start.date())[:1]:
        raise NotUnderstood(Text("Datum und Beginn nennen verschiedene Tage", "date and start name different days"))
    if _is_moment(end) and end.date() != start.date():
        raise NotUnderstood(
            Text("Beginn und Ende liegen an verschiedenen Tagen", "start and end are on different days")
        )
    return start.date(), start.time(), end


def _is_moment(value: Value) -> TypeGuard[datetime]:
    return isinstance(value, datetime) and value.year > _EXCEL_TIMES_END


def _times(days: Days, common: Times | None) -> Times:
    own = read_times(days.times)
    if own is not None and common is not None and own != common:
        if own.end is None and own.start == common.start:
            return common
        raise NotUnderstood(
            Text(
                "hinter dem Datum steht eine andere Zeit als bei Beginn", "the time behind the date is not the start's"
            )
        )
    return own or common or ALL_DAY


def _spans(days: Days, times: Times, zone: ZoneInfo) -> Iterator[Span]:
    if times.start is None:
        yield days.first, days.last + _ONE_DAY
        return
    end = times.end if times.end is not None else times.start + _HOUR
    for number in range((days.last - days.first).days + 1):
        day = days.first + number * _ONE_DAY
        yield local(day, times.start, zone), local(day, end, zone)


def _hints(days: tuple[Days, ...], times: list[Times]) -> Iterator[Text]:
    if any(each.weekday_differs for each in days):
        yield Text("der Wochentag passt nicht zum Datum; das Datum gilt", "the weekday is another one; the date counts")
    if any(each.start is not None and each.end is None for each in times):
        yield Text("das Ende fehlt; eingetragen ist eine Stunde", "the end is missing; one hour was entered")
