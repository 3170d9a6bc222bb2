"""Which entries a feed holds, its ETag, and the calendar as one text. The ETag parses nothing that is unchanged."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from calendar_sync.records import ENTRY, entry_memory
from calendar_sync.wish import calendar_scope
from network.errors import BadInput
from network.ical.canonical import from_text
from network.ical.publishing import Published, is_public, published
from network.ical.values import texts_of
from network.ports import Record
from network.state import StateStore

FORMAT = "1"  # grows whenever equal entries give other bytes
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a feed is about. Without a `topic` all entries of the `calendars`."""

    name: str
    calendars: frozenset[str]
    topic: str
    zone: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """`mark` changes whenever the entry does."""

    uid: str
    mark: str
    topics: tuple[str, ...]
    is_shown: bool


class Contents:
    """What stands in our calendars, looked at again whenever the state changed."""

    def __init__(self, state: StateStore) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._version = -1
        self._entries: dict[str, dict[str, _Entry]] = {}

    @property
    def version(self) -> int:
        return self._state.version

    def etag(self, wanted: Wanted) -> str:
        """Changes when and only when the text of the feed does."""
        with self._lock:
            self._refresh()
            found = [
                each for key in wanted.calendars for each in self._entries.get(str(calendar_scope(key)), {}).values()
            ]
        return _etag(wanted, _shown(found, wanted).values())

    def topics(self, calendars: Collection[str]) -> tuple[str, ...]:
        """As they are written in the entries of these calendars."""
        with self._lock:
            self._refresh()
            scopes = [self._entries.get(str(calendar_scope(key)), {}) for key in calendars]
        shown = (each for entries in scopes for each in entries.values() if each.is_shown)
        written = {topic.casefold(): topic for each in shown for topic in each.topics}
        return tuple(sorted(written.values(), key=str.casefold))

    def text(self, wanted: Wanted) -> tuple[str, bytes]:
        """The ETag and the calendar, both of the same look."""
        records = [each for key in wanted.calendars for each in self._state.records(str(calendar_scope(key)), ENTRY)]
        read = {(entry.uid, entry.mark): (entry, each) for each in records for entry in (_entry(each),)}
        shown = _shown((entry for entry, _ in read.values()), wanted)
        items = [_published(read[uid, entry.mark][1]) for uid, entry in shown.items()]
        body = published(items, name=wanted.name, zone=wanted.zone, refresh=REFRESH)
        return _etag(wanted, shown.values()), body

    def _refresh(self) -> None:
        version = self._state.version
        if version != self._version:
            self._entries = self._looked()
            self._version = version

    def _looked(self) -> dict[str, dict[str, _Entry]]:
        """Entries that did not change are not parsed again."""
        found: dict[str, dict[str, _Entry]] = {}
        for record in self._state.records(kind=ENTRY):
            known = self._entries.get(record.scope, {}).get(record.key)
            same = known is not None and known.mark == _mark(record)
            found.setdefault(record.scope, {})[record.key] = known if known is not None and same else _entry(record)
        return found


def _entry(record: Record) -> _Entry:
    """What a person left there that can't be read is shown to nobody."""
    memory = entry_memory(record)
    try:
        item = from_text(memory.text)
        topics, is_shown = texts_of(item.main, "CATEGORIES"), not memory.is_gone and is_public(item)
    except BadInput:
        topics, is_shown = (), False
    return _Entry(memory.uid, _mark(record), topics, is_shown)


def _mark(record: Record) -> str:
    told = f"{record.at}\n{bool(record.etag)}\n{record.content}"
    return hashlib.sha256(told.encode()).hexdigest()


def _published(record: Record) -> Published:
    memory = entry_memory(record)
    item = from_text(memory.text)
    assert record.at is not None  # noqa: S101  # the store always notes when
    return Published(type(item)(memory.uid, item.components), record.at)


def _shown(entries: Iterable[_Entry], wanted: Wanted) -> dict[str, _Entry]:
    """By UID, in its order. An entry on its way from one calendar into another stands there once."""
    topic = wanted.topic.casefold()
    found = (each for each in entries if each.is_shown and (not topic or topic in map(str.casefold, each.topics)))
    return {each.uid: each for each in sorted(found, key=lambda each: (each.uid, each.mark))}


def _etag(wanted: Wanted, shown: Iterable[_Entry]) -> str:
    digest = hashlib.sha256("\n".join((FORMAT, wanted.name, wanted.zone)).encode())
    for each in shown:
        digest.update(f"\n{each.uid}\n{each.mark}".encode())
    return digest.hexdigest()[:40]
