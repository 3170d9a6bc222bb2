"""The trainings that stand in our calendars, as pages show them: what people see in Nextcloud, edits by hand included.
Meetings of exchange groups are none (`plugin.wishes.meetings.next_meetings`).

Read from what we remember of the entries. Kept in memory until the memory changes: a page costs no parsing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from calendar_sync.records import ENTRY, EntryMemory, entry_memory
from network.ical.canonical import from_text
from network.ical.component import Component
from network.ical.values import Moment, span, text_of, texts_of
from network.plan import Kind, Scope
from network.state import StateStore


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry. `start` and `end` are both dates (all day, the end exclusive) or both aware datetimes.

    `text` is the iCalendar text that stands in the calendar; `calendar` the key of that calendar.
    """

    uid: str
    calendar: str
    connector: str
    title: str
    start: Moment
    end: Moment
    ends_at: datetime
    place: str
    description: str
    link: str
    tags: tuple[str, ...]
    is_cancelled: bool
    is_series: bool
    text: str

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    @property
    def last_day(self) -> Moment:
        """The last day of an all-day entry, else its end."""
        return self.end - timedelta(days=1) if self.is_all_day else self.end


class Catalogue:
    def __init__(self, state: StateStore, zone: tzinfo) -> None:
        self._state = state
        self._zone = zone
        self._lock = threading.Lock()
        self._version = -1
        self._listed: tuple[Listed, ...] = ()

    def listed(self) -> tuple[Listed, ...]:
        """All entries, the first to begin first."""
        version = self._state.version
        with self._lock:
            if version != self._version:
                self._listed = tuple(sorted(self._read(), key=lambda each: (self._moment(each), each.title, each.uid)))
                self._version = version
            return self._listed

    def one(self, uid: str) -> Listed | None:
        return next((each for each in self.listed() if each.uid == uid), None)

    def _read(self) -> Iterator[Listed]:
        for record in self._state.records(kind=ENTRY):
            memory = entry_memory(record)
            if not memory.is_gone and memory.kind is Kind.ENTRY:
                yield _listed(memory, Scope.parse(record.scope).key, self._zone)

    def _moment(self, each: Listed) -> datetime:
        if isinstance(each.start, datetime):
            return each.start
        return datetime(each.start.year, each.start.month, each.start.day, tzinfo=self._zone)


def _listed(memory: EntryMemory, calendar: str, zone: tzinfo) -> Listed:
    main = from_text(memory.text).main
    start, end = span(main)
    return Listed(
        uid=memory.uid,
        calendar=calendar,
        connector=memory.connector,
        title=text_of(main, "SUMMARY"),
        start=_local(start, zone),
        end=_local(end, zone),
        ends_at=memory.ends,
        place=text_of(main, "LOCATION"),
        description=text_of(main, "DESCRIPTION"),
        link=_link(main),
        tags=texts_of(main, "CATEGORIES"),
        is_cancelled=main.value("STATUS").upper() == "CANCELLED",
        is_series=main.first("RRULE") is not None or main.first("RDATE") is not None,
        text=memory.text,
    )


def _local(moment: Moment, zone: tzinfo) -> Moment:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment


def _link(main: Component) -> str:
    """An address that a browser may follow; anything else a source may have written is no link."""
    address = main.value("URL").strip()
    return address if address.casefold().startswith(("https://", "http://")) else ""
