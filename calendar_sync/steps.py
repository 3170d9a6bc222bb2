"""What the executor is told to do: frozen plain data, one value for each change. Addresses are completed there,
because a calendar may only come into being in the same run.
"""

from __future__ import annotations

from dataclasses import dataclass

from calendar_sync.merge import Lost
from calendar_sync.records import CalendarMemory, EntryMemory, Held
from calendar_sync.wish import Grant
from network.ports import CalendarWish


@dataclass(frozen=True, slots=True)
class MakeCalendar:
    uri: str
    wish: CalendarWish
    mark: str


@dataclass(frozen=True, slots=True)
class MarkCalendar:
    """Takes a calendar of ours that has no mark yet: we were killed before we set it."""

    href: str
    wish: CalendarWish
    mark: str


@dataclass(frozen=True, slots=True)
class ChangeCalendar:
    href: str
    wish: CalendarWish


@dataclass(frozen=True, slots=True)
class RestoreCalendar:
    uri: str


@dataclass(frozen=True, slots=True)
class Share:
    """At most ten rows in all; `revoke` are principals as the server spells them."""

    grant: tuple[Grant, ...] = ()
    revoke: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveCalendar:
    """Nobody sees the calendar any more; `memory` remembers since when."""

    href: str
    revoke: tuple[str, ...]
    memory: CalendarMemory


@dataclass(frozen=True, slots=True)
class DeleteCalendar:
    href: str


@dataclass(frozen=True, slots=True)
class PurgeCalendar:
    """The way back: the calendar goes for good, past the trash bin, and with it what we remember of it."""

    href: str


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """The calendar and its entries stay; our mark and our memory of it go."""

    href: str


@dataclass(frozen=True, slots=True)
class HoldCalendar:
    """Nothing of its entries is written again until a person releases it."""

    held: Held


@dataclass(frozen=True, slots=True)
class AdoptEntry:
    """An entry that somebody else made is ours from now on, under its own UID and at its own place."""

    memory: EntryMemory


@dataclass(frozen=True, slots=True)
class WriteEntry:
    """Creates when `memory.etag` is empty, else updates what has this ETag.

    `text` is the object (network.ical.canonical), without the marker: many steps wait in one plan. `meant` is the
    digest of what we mean, `memory.wish`. `was_there`: it stood there once, so the trash bin may hold it. `lost` are
    values that give way.
    """

    text: str
    memory: EntryMemory
    meant: str
    was_there: bool = False
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Moves an entry here out of another calendar of ours; then `write` where it also reads differently."""

    from_calendar: str
    memory: EntryMemory
    write: WriteEntry | None = None


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    memory: EntryMemory


@dataclass(frozen=True, slots=True)
class WriteSource:
    """Writes the source's object: a new one with the UID `memory.key` where `place` is empty, else what has this ETag.

    It says `after` where it said `before`, both plain (calendar_sync.agreement); everything else in it stays as the
    server has it then; its floating times are meant in `timezone`. `memory` is the entry here as it is remembered once
    that is done. `is_alone`: nothing is written here at the same time.
    """

    connector: str
    place: str
    etag: str
    before: str
    after: str
    timezone: str
    memory: EntryMemory
    lost: tuple[Lost, ...] = ()
    is_alone: bool = True


@dataclass(frozen=True, slots=True)
class WriteBoth:
    """First the source, then here: only both together are what was agreed."""

    source: WriteSource
    here: WriteEntry


@dataclass(frozen=True, slots=True)
class RemoveFromSource:
    """What a person removed here goes from its source, unless it stands here after all."""

    connector: str
    place: str
    etag: str
    memory: EntryMemory


@dataclass(frozen=True, slots=True)
class FollowRemoval:
    """What a person removed from the source goes here, into the trash bin, unless it stands there after all."""

    memory: EntryMemory
