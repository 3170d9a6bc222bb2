"""What a place answers when we look for a file in it. The places themselves stand beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from network.ports import SourceCopy
from network.problems import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """A whole file, with what its place needs to say "unchanged" next time."""

    content: bytes
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The file is the one that we know."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Somebody saved it at this moment; it was not read."""

    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Resting:
    """The place was not asked: its time has not come."""


@dataclass(frozen=True, slots=True)
class Look:
    seen: Found | Unchanged | Settling | Resting
    problems: tuple[Problem, ...] = ()


class Place(Protocol):
    """Where a file lies. `name` is fit to be shown: without login, query or token; `identity` tells places apart.

    `login_mark` tells logins apart without holding one; empty where none is shown.
    """

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def login_mark(self) -> str: ...

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        """Raises the errors of `network.errors`; NotThere when the file is gone, with a similar one in the remedy."""
        ...
