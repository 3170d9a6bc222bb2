"""What we remember: planners read it, executors write it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """What we last wrote and the server confirmed, one row per object.

    `remote` is the object's identity there (href, team id, folder id, room token); `content` what we wrote, in the
    owner's own form (canonical iCalendar text or JSON); `digest` stands for the wish that it came from.
    """

    scope: str
    kind: str
    key: str
    remote: str = ""
    etag: str = ""
    content: str = ""
    digest: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """We were about to create this; whether we did is not known when the row is still there."""

    scope: str
    kind: str
    key: str
    name: str


class Memory(Protocol):
    """What planners read: records and open intents."""

    def records(self, scope: str | None = None, kind: str | None = None) -> tuple[Record, ...]: ...
    def record(self, scope: str, kind: str, key: str) -> Record | None: ...
    def intents(self, scope: str | None = None) -> tuple[Intent, ...]: ...


class Ledger(Memory, Protocol):
    """What executors write. Every call is committed when it returns."""

    def remember(self, record: Record) -> None: ...
    def remember_all(self, records: Iterable[Record]) -> None: ...
    def forget(self, scope: str, kind: str, key: str) -> None: ...
    def intend(self, intent: Intent) -> None: ...
    def settle(self, intent: Intent) -> None: ...
    def lost_value(self, scope: str, key: str, name: str, value: str, reason: str) -> None:
        """A value that gave way to another stands in the history, where `explain` shows it."""
        ...
