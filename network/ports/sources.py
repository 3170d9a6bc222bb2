"""What a source is, and what it may keep between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from network.model import Delivery, PeopleDelivery


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


class PeopleSource(Protocol):
    def deliver(self, now: datetime) -> PeopleDelivery: ...
