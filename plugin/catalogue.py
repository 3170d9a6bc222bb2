"""The trainings that stand in our calendars, as pages show them: what people see in Nextcloud, edits by hand included.
Meetings of exchange groups are none (`plugin.wishes.meetings.next_meetings`).

Read from what we remember of the entries. Kept in memory until the memory changes, and then only what changed is read:
a page costs no parsing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

from calendar_sync.records import ENTRY, entry_memory
from network.errors import BadInput
from network.ical.canonical import from_text
from network.ical.publishing import is_public
from network.plan import Kind, Scope
from network.ports import Record
from network.state import StateStore
from plugin.listed import Listed, ListedDate, at, dates, listed

BEHIND = timedelta(days=400)
AHEAD = timedelta(days=550)
"""So far back and ahead the dates of a series are known; single trainings always are."""
ALWAYS = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was made of one record, and of which one."""

    record: Record
    training: Listed | None
    dates: dict[date, tuple[ListedDate, ...]] = field(default_factory=dict)


class Catalogue:
    def __init__(self, state: StateStore, zone: tzinfo) -> None:
        self._state = state
        self._zone = zone
        self._lock = threading.Lock()
        self._version = -1
        self._read: dict[tuple[str, str], _Read] = {}
        self._listed: tuple[Listed, ...] = ()
        self._today: date | None = None
        self._dates: tuple[ListedDate, ...] = ()

    def listed(self) -> tuple[Listed, ...]:
        """All entries, the first to begin first."""
        with self._lock:
            self._look()
            return self._listed

    def dates(self, today: date) -> tuple[ListedDate, ...]:
        """All dates of all entries, the first to begin first."""
        with self._lock:
            self._look()
            if self._today != today:
                found = (each for read in self._read.values() for each in self._dates_of(read, today))
                self._dates = tuple(sorted(found, key=lambda each: (each.starts_at, each.training.name)))
                self._today = today
            return self._dates

    def one(self, uid: str) -> Listed | None:
        return next((each for each in self.listed() if each.uid == uid), None)

    def _look(self) -> None:
        version = self._state.version
        if version == self._version:
            return
        self._read = dict(self._records())
        found = (each.training for each in self._read.values() if each.training is not None)
        self._listed = tuple(sorted(found, key=lambda each: (at(each.start, self._zone), each.title, each.uid)))
        self._version, self._today = version, None

    def _records(self) -> Iterator[tuple[tuple[str, str], _Read]]:
        for record in self._state.records(kind=ENTRY):
            key = (record.scope, record.key)
            known = self._read.get(key)
            same = known is not None and known.record == record
            yield key, known if known is not None and same else _Read(record, _training(record, self._zone))

    def _dates_of(self, read: _Read, today: date) -> tuple[ListedDate, ...]:
        if read.training is None:
            return ()
        if today not in read.dates:
            now = at(today, self._zone)
            behind, ahead = (BEHIND, AHEAD) if read.training.is_series else (ALWAYS, ALWAYS)
            found = dates(read.training, self._zone, since=now - behind, before=now + ahead)
            read.dates.clear()
            read.dates[today] = tuple(found)
        return read.dates[today]


def _training(record: Record, zone: tzinfo) -> Listed | None:
    """None for what is no training, for what a person left there that can't be read, and for what somebody who may
    edit it made private: Nextcloud shows that to nobody else."""
    memory = entry_memory(record)
    if memory.is_gone or memory.kind is not Kind.ENTRY:
        return None
    try:
        if "\nCLASS" in memory.text and not is_public(from_text(memory.text)):
            return None
        return listed(memory, Scope.parse(record.scope).key, zone)
    except BadInput:
        return None
