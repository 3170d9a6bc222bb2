"""The rule of a group's regular meetings, and the dates that follow from it. Pure: no clock, no calendar, no server.

A meeting is known by its period, the month ("2027-01") or the week ("2027-W03") that it belongs to: there is one in
each. So a new weekday, time or place moves a meeting, where another date as its name would cancel it and call a new
one. Between a rule of months and a rule of weeks nothing corresponds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from network.days_off import NONE_OFF, DaysOff
from network.written import Monthly, Rhythm, Weekly

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """When a group meets. `starts` and `until` are included; on a day that is `off` the meeting falls through.

    `starts` also tells which months or weeks count where the rhythm leaves some out.
    """

    rhythm: Rhythm
    at: time
    length: timedelta
    zone: ZoneInfo
    place: str = ""
    starts: date | None = None
    until: date | None = None
    off: DaysOff = NONE_OFF


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One meeting. `start` and `end` are aware, in the zone of the rule; `period` is its name for life."""

    start: datetime
    end: datetime
    period: str
    place: str = ""


def meetings(rule: MeetingRule, first: date, last: date) -> tuple[Meeting, ...]:
    """The meetings of the rule from `first` to `last`, both included, in order."""
    return tuple(_meeting(rule, day) for day in days(rule, first, last) if day not in rule.off)


def days(rule: MeetingRule, first: date, last: date) -> Iterator[date]:
    """The days that the rhythm names from `first` to `last`, whatever falls through on them."""
    first, last = max(first, rule.starts or first), min(last, rule.until or last)
    anchor = rule.starts or first
    if isinstance(rule.rhythm, Monthly):
        named = _of_months(rule.rhythm, anchor, first, last)
    else:
        named = _of_weeks(rule.rhythm, anchor, first, last)
    return (day for day in named if first <= day <= last)


def period_of(day: date, rhythm: Rhythm) -> str:
    """The name of the month or week that a meeting on this day belongs to."""
    if isinstance(rhythm, Monthly):
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def year_ahead(day: date, rhythm: Rhythm) -> date:
    """The last day of the month or week that lies a year ahead: a whole period, in which a meeting may move."""
    ahead = day + timedelta(days=365)
    return _end_of_month(ahead) if isinstance(rhythm, Monthly) else _monday(ahead) + timedelta(days=6)


def _meeting(rule: MeetingRule, day: date) -> Meeting:
    # Reckoned in UTC: on the night of a change of clocks an hour is an hour, and a time that does not exist is moved.
    start = datetime.combine(day, rule.at, rule.zone).astimezone(UTC)
    end = start + rule.length
    return Meeting(start.astimezone(rule.zone), end.astimezone(rule.zone), period_of(day, rule.rhythm), rule.place)


def _of_months(rhythm: Monthly, anchor: date, first: date, last: date) -> Iterator[date]:
    for month in range(_month(first), _month(last) + 1):
        if (month - _month(anchor)) % rhythm.interval == 0:
            yield _nth(date(month // 12, month % 12 + 1, 1), rhythm)


def _nth(month: date, rhythm: Monthly) -> date:
    """The nth weekday of the month that begins on that day; -1 is the last one."""
    if rhythm.nth > 0:
        return month + timedelta(days=(rhythm.weekday - month.weekday()) % 7) + (rhythm.nth - 1) * _WEEK
    end = _end_of_month(month)
    return end - timedelta(days=(end.weekday() - rhythm.weekday) % 7)


def _end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _of_weeks(rhythm: Weekly, anchor: date, first: date, last: date) -> Iterator[date]:
    monday = _monday(first)
    while monday <= last:
        if (monday - _monday(anchor)) // _WEEK % rhythm.interval == 0:
            yield monday + timedelta(days=rhythm.weekday)
        monday += _WEEK


def _month(day: date) -> int:
    """Months since the beginning of the calendar."""
    return day.year * 12 + day.month - 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
