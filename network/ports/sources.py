"""What a source is, and what it may keep between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from network.model import Delivery, PeopleDelivery
from network.ports.calendars import ObjectSeen


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """The last good content of a source, with what its server needs to say "unchanged"."""

    content: bytes
    digest: str
    etag: str = ""
    last_modified: str = ""
    fetched_at: datetime | None = None


class SourceMemory(Protocol):
    """Keeps the last good copy and small notes (JSON text by name) of one connector. A dry run's memory only reads."""

    def copy(self) -> SourceCopy | None: ...
    def keep(self, copy: SourceCopy) -> None: ...
    def note(self, name: str) -> str: ...
    def keep_note(self, name: str, text: str) -> None: ...


class TrainingSource(Protocol):
    """Delivers offers. `deliver` never raises for a bad source: the Delivery says what happened."""

    def deliver(self, now: datetime) -> Delivery: ...


class SourceCalendar(Protocol):
    """The calendar behind a connector with `mode: two-way`, where it is written. `place` is an object's decoded path.

    Nothing here invites or notifies: an object with guests is refused (Refused `guests_in_source`) where the server
    would write to them. RightMissing `source_read_only` when the account may only read. An error of this calendar says
    nothing about Nextcloud, so none of them is Unreachable or LoginRefused.
    """

    def read(self, place: str) -> ObjectSeen | None:
        """The object as it stands there now, guests and alarms included; None when it is gone."""
        ...

    def create(self, name: str, data: bytes) -> None:
        """A new object under this file name (If-None-Match); PreconditionFailed when there is one already."""
        ...

    def replace(self, place: str, data: bytes, *, etag: str) -> None:
        """If-Match; PreconditionFailed when somebody was faster."""
        ...

    def delete(self, place: str, *, etag: str) -> None:
        """As `replace`; NotThere when it is gone already."""
        ...


class PeopleSource(Protocol):
    def deliver(self, now: datetime) -> PeopleDelivery: ...
