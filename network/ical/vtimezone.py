"""The VTIMEZONE of an IANA zone, written as every calendar program knows it (RFC 5545 section 3.6.5).

Rules where a zone changes by a rule, a list of dates where it doesn't. Covers 2020 to 2037, as far as Nextcloud indexes
recurring events; a reader who knows the IANA name needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from network.ical.component import Component, Property

_FIRST_YEAR, _LAST_YEAR = 2020, 2037
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Change:
    """The clock changes at `onset`, told in the time that held before."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def is_like(self) -> tuple[timedelta, timedelta, str, bool]:
        return self.before, self.after, self.name, self.is_summer


@lru_cache(maxsize=64)
def definition(name: str) -> Component:
    """The VTIMEZONE component of an IANA zone."""
    zone = ZoneInfo(name)
    groups: dict[object, list[_Change]] = {}
    for change in _changes(zone):
        groups.setdefault(change.is_like, []).append(change)
    observances = tuple(_observance(group) for group in groups.values())
    return Component("VTIMEZONE", (Property("TZID", name),), (_beginning(zone), *observances))


def _beginning(zone: ZoneInfo) -> Component:
    """What holds before the first change."""
    start = datetime(_FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or _NOTHING
    return _component(_Change(start.replace(tzinfo=None), offset, offset, start.tzname() or "", bool(start.dst())))


def _changes(zone: ZoneInfo) -> Iterator[_Change]:
    moment = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    while moment.year <= _LAST_YEAR:
        following = moment + timedelta(days=1)
        if _offset(moment, zone) != _offset(following, zone):
            yield _change(moment, following, zone)
        moment = following


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> _Change:
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    local = high.astimezone(zone)
    onset = (high + before).replace(tzinfo=None)
    return _Change(onset, before, _offset(high, zone), local.tzname() or "", bool(local.dst()))


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or _NOTHING


def _observance(group: list[_Change]) -> Component:
    rules = [{_in_month(each.onset), _in_month_from_end(each.onset)} for each in group]
    common = set.intersection(*rules) - {""}
    if len(group) == _LAST_YEAR - _FIRST_YEAR + 1 and common:
        return _component(group[0], Property("RRULE", f"FREQ=YEARLY;{sorted(common)[0]}"))
    return _component(group[0], *(Property("RDATE", _local(each.onset)) for each in group[1:]))


def _component(change: _Change, *recurrence: Property) -> Component:
    properties = (
        Property("DTSTART", _local(change.onset)),
        Property("TZOFFSETFROM", _offset_text(change.before)),
        Property("TZOFFSETTO", _offset_text(change.after)),
        Property("TZNAME", change.name),
    )
    return Component("DAYLIGHT" if change.is_summer else "STANDARD", (*properties, *recurrence))


def _in_month(onset: datetime) -> str:
    return f"BYMONTH={onset.month};BYDAY={(onset.day - 1) // 7 + 1}{_WEEKDAYS[onset.weekday()]}"


def _in_month_from_end(onset: datetime) -> str:
    is_last = (onset + timedelta(days=7)).month != onset.month
    return f"BYMONTH={onset.month};BYDAY=-1{_WEEKDAYS[onset.weekday()]}" if is_last else ""


def _local(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _offset_text(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
