"""Entries as a state remembers them, for tests of what pages make of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calendar_sync.records import EntryMemory
from network.ical.canonical import to_text
from network.ical.component import CalendarObject, Property
from network.ical.writing import event
from network.ports import Record

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 1, 12, 10, 42, tzinfo=BERLIN)


def entry(
    uid: str,
    start: datetime | date = NOW + timedelta(days=1),
    *,
    hours: int = 2,
    title: str = "",
    key: str = "",
    session: int = 1,
    calendar: str = "schulungen",
    connector: str = "plan",
    extra: tuple[Property, ...] = (),
    **said: Any,
) -> Record:
    """A training of the calendar; `said` are the parts of the event (`location`, `description`, `categories`, …)."""
    end = start + (timedelta(hours=hours) if isinstance(start, datetime) else timedelta(days=1))
    item = event(start=start, end=end, summary=title or f"Titel {uid}", extra=extra, **said)
    text = to_text(CalendarObject(uid, (item,)))
    begins, ends = (
        each if isinstance(each, datetime) else datetime(each.year, each.month, each.day, tzinfo=BERLIN)
        for each in (start, end)
    )
    memory = EntryMemory(
        uid, connector, key or uid, session, 1, "", uid, begins.isoformat(), ends.isoformat(), text, etag="e"
    )
    return memory.record(calendar)
