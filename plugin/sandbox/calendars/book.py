"""Calendars and their objects: change numbers, UID index, trash bin. The data side, without HTTP and without people.

The change log is kept and read as the server does it: one row per write, aggregated by the highest operation of a name
(so deleted and re-created within a window reports as deleted), never pruned, tokens never validated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from plugin.sandbox.calendars.validation import Checked
from plugin.sandbox.clock import Clock
from plugin.sandbox.dav_error import Refusal, uid_taken
from plugin.sandbox.journal import Journal, Numbers

ADDED, MODIFIED, DELETED = 1, 2, 3
ALL_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL")


@dataclass(frozen=True, slots=True)
class Calendar:
    """`token` is the next change's number; `properties` by Clark name as text; `deleted_at` in seconds or None."""

    number: int
    owner: str
    uri: str
    components: tuple[str, ...] = ALL_COMPONENTS
    token: int = 1
    properties: dict[str, str] = field(default_factory=dict)
    transparent: bool = False
    deleted_at: int | None = None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One calendar object. `uri` of a trashed one ends in -deleted.ics; `etag` without quotes."""

    number: int
    calendar: int
    uri: str
    uid: str
    text: str
    etag: str
    component: str
    classification: str
    modified: int
    deleted_at: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    uri: str
    operation: int


class Calendars:
    def __init__(self, journal: Journal, numbers: Numbers, clock: Clock) -> None:
        self._numbers = numbers
        self._clock = clock
        self.all = journal.table("calendars", Calendar)
        self._entries = journal.table("entries", Entry)
        self._change_table = journal.table("changes", ChangeRow)
        self._by_uri: dict[tuple[str, str], int] = {(c.owner, c.uri): c.number for c in self.all.values()}
        self._uris: dict[int, dict[str, int]] = {c.number: {} for c in self.all.values()}
        self._uids: dict[tuple[int, str], int] = {}
        self._changes: dict[int, list[tuple[int, ChangeRow]]] = {}
        for entry in self._entries.values():
            self._uris.setdefault(entry.calendar, {})[entry.uri] = entry.number
            self._uids[entry.calendar, entry.uid] = entry.number
        for key, row in self._change_table.items():
            calendar, token = key.split("/")
            self._changes.setdefault(int(calendar), []).append((int(token), row))

    # calendars

    def find(self, owner: str, uri: str) -> Calendar | None:
        number = self._by_uri.get((owner, uri))
        return None if number is None else self.all[str(number)]

    def get(self, number: int) -> Calendar:
        return self.all[str(number)]

    def of_owner(self, owner: str) -> list[Calendar]:
        return [calendar for calendar in self.all.values() if calendar.owner == owner]

    def create(self, owner: str, uri: str, components: tuple[str, ...], properties: dict[str, str]) -> Calendar:
        number = self._numbers.next("calendar")
        calendar = Calendar(number, owner, uri, components or ALL_COMPONENTS, properties=properties)
        self.all[str(number)] = calendar
        self._by_uri[owner, uri] = number
        self._uris[number] = {}
        return calendar

    def save(self, calendar: Calendar) -> Calendar:
        self.all[str(calendar.number)] = calendar
        return calendar

    def touch(self, calendar: Calendar) -> Calendar:
        """A change of the calendar itself: the number moves, nothing in it is reported."""
        return self._note(calendar.number, "", MODIFIED)

    def trash(self, calendar: Calendar) -> None:
        self.save(replace(self.get(calendar.number), deleted_at=self._now()))

    def restore(self, calendar: Calendar) -> None:
        self.save(replace(self.get(calendar.number), deleted_at=None))

    def purge(self, calendar: Calendar) -> None:
        for number in list(self._uris.get(calendar.number, {}).values()):
            self._forget(self._entries[str(number)])
        for token, _row in self._changes.pop(calendar.number, []):
            self._change_table.pop(f"{calendar.number}/{token}", None)
        self._uris.pop(calendar.number, None)
        self._by_uri.pop((calendar.owner, calendar.uri), None)
        del self.all[str(calendar.number)]

    # objects

    def entry(self, calendar: Calendar, uri: str) -> Entry | None:
        """The living object of this name."""
        number = self._uris.get(calendar.number, {}).get(uri)
        entry = None if number is None else self._entries[str(number)]
        return entry if entry and entry.deleted_at is None else None

    def entries(self, calendar: Calendar) -> list[Entry]:
        rows = (self._entries[str(number)] for number in self._uris.get(calendar.number, {}).values())
        return [entry for entry in rows if entry.deleted_at is None]

    def numbered(self, number: int) -> Entry | None:
        return self._entries.get(str(number))

    def trashed(self, calendars: Iterable[Calendar]) -> list[Entry]:
        rows = (self._entries[str(n)] for calendar in calendars for n in self._uris.get(calendar.number, {}).values())
        return [entry for entry in rows if entry.deleted_at is not None]

    def with_uid(self, calendar: Calendar, uid: str) -> Entry | None:
        """The object with this UID, living or in the trash bin."""
        number = self._uids.get((calendar.number, uid))
        return None if number is None else self._entries[str(number)]

    def put(self, calendar: Calendar, uri: str, checked: Checked, text: str | None = None) -> Entry:
        """Create or replace; raises Refusal for a UID that is taken (400) or lies in the trash bin (500)."""
        known, holder = self.entry(calendar, uri), self.with_uid(calendar, checked.uid)
        if holder and (known is None or holder.number != known.number):
            if known is None and holder.deleted_at is None:
                raise Refusal(400, "BadRequest", "Calendar object with uid already exists in this calendar collection.")
            raise uid_taken(calendar.number, checked.uid)
        stored = checked.text if text is None else text
        number = known.number if known else self._numbers.next("entry")
        entry = Entry(
            number, calendar.number, uri, checked.uid, stored, etag_of(stored), checked.component,
            checked.classification, self._now(),
        )  # fmt: skip
        if known:
            self._uids.pop((calendar.number, known.uid), None)
        self._keep(entry)
        self._note(calendar.number, uri, MODIFIED if known else ADDED)
        return entry

    def delete(self, entry: Entry) -> None:
        """Into the trash bin; raises Refusal (403) where its name there is taken."""
        stem, dot, extension = entry.uri.rpartition(".")
        freed = f"{stem}-deleted.{extension}" if dot else f"{entry.uri}-deleted"
        names = self._uris[entry.calendar]
        if freed in names:
            raise Refusal(403, "Forbidden", f"A calendar object with URI {freed} already exists in calendar "
                          f"{entry.calendar}, therefore this object can't be moved into the trashbin")  # fmt: skip
        del names[entry.uri]
        self._keep(replace(entry, uri=freed, deleted_at=self._now()))
        self._note(entry.calendar, entry.uri, DELETED)

    def restore_entry(self, entry: Entry) -> Entry:
        names, uri = self._uris[entry.calendar], entry.uri.replace("-deleted.ics", ".ics")
        if uri in names:
            raise Refusal(403, "Forbidden", f"Can not restore calendar {entry.number} because a calendar object with "
                          f"the URI {uri} already exists")  # fmt: skip
        del names[entry.uri]
        restored = replace(entry, uri=uri, deleted_at=None)
        self._keep(restored)
        self._note(entry.calendar, uri, ADDED)
        return restored

    def purge_entry(self, entry: Entry) -> None:
        self._forget(entry)
        self._note(entry.calendar, entry.uri, DELETED)

    def move(self, entry: Entry, to: Calendar, uri: str) -> Entry:
        """Into another calendar or name; raises Refusal (500) where the target holds the UID or the name."""
        holder = self.with_uid(to, entry.uid)
        if (holder and holder.number != entry.number) or uri in self._uris[to.number]:
            raise uid_taken(to.number, entry.uid)
        del self._uris[entry.calendar][entry.uri]
        self._uids.pop((entry.calendar, entry.uid), None)
        moved = replace(entry, calendar=to.number, uri=uri)
        self._keep(moved)
        self._note(entry.calendar, entry.uri, DELETED)
        self._note(to.number, uri, ADDED)
        return moved

    # changes

    def changes(self, calendar: Calendar, since: int, limit: int | None = None) -> list[tuple[str, int]]:
        """Names and operations since this number; `limit` cuts off and nobody is told, as on the server."""
        operations: dict[str, int] = {}
        for token, row in self._changes.get(calendar.number, []):
            if token >= since:
                operations[row.uri] = max(operations.get(row.uri, 0), row.operation)
        found = list(operations.items())[:limit]
        return [(uri, operation) for uri, operation in found if uri]

    def _note(self, number: int, uri: str, operation: int) -> Calendar:
        calendar = self.get(number)
        row = ChangeRow(uri, operation)
        self._change_table[f"{number}/{calendar.token}"] = row
        self._changes.setdefault(number, []).append((calendar.token, row))
        return self.save(replace(calendar, token=calendar.token + 1))

    def _keep(self, entry: Entry) -> None:
        self._entries[str(entry.number)] = entry
        self._uris[entry.calendar][entry.uri] = entry.number
        self._uids[entry.calendar, entry.uid] = entry.number

    def _forget(self, entry: Entry) -> None:
        self._uris[entry.calendar].pop(entry.uri, None)
        self._uids.pop((entry.calendar, entry.uid), None)
        self._entries.pop(str(entry.number), None)

    def _now(self) -> int:
        return int(self._clock.seconds())


def etag_of(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
