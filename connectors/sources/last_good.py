"""The last good copy behind every source: what is fetched replaces it only after it was found readable.

Turns every failure into a state and a Problem; refuses to let a failed, cut-off or empty answer count (promise 3).
Knows no format: reading is the caller's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from connectors.sources.looking import Found, Look, Place, Resting, Settling
from connectors.sources.refusal import unreadable
from connectors.sources.refused_logins import RefusedLogins
from network.errors import BadInput, DigitalnetzwerkError
from network.model import SourceState
from network.ports import SourceCopy, SourceMemory
from network.problems import Problem
from network.text import Text

T = TypeVar("T")

_KEPT_FROM = "kept_from"
_FETCHED_AT = "fetched_at"


@dataclass(frozen=True, slots=True)
class Format(Generic[T]):
    """How bytes are read. `read` raises BadInput for what is not a whole, readable file.

    `keep` gives the bytes that are remembered, and `recall` reads those: for people, only what is needed of them.
    `stamp` changes when what is kept would be kept otherwise: then the copy says nothing any more.
    """

    read: Callable[[bytes], T]
    is_empty: Callable[[T], bool]
    keep: Callable[[bytes, T], bytes] = lambda content, _: content
    recall: Callable[[bytes], T] | None = None
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """`reading` is None when there is nothing to stand on: the source says nothing at all."""

    state: SourceState
    reading: T | None
    counts: bool
    problems: tuple[Problem, ...] = ()
    fetched_at: datetime | None = None
    digest: str = ""


class LastGood(Generic[T]):
    """One source's file. `take` never raises for a bad source."""

    def __init__(
        self, connector: str, place: Place, form: Format[T], memory: SourceMemory, *, may_be_empty: bool = False
    ) -> None:
        self._where = f"connectors.{connector}"
        self._place = place
        self._form = form
        self._memory = memory
        self._may_be_empty = may_be_empty
        self._logins = RefusedLogins(place, memory)
        self._kept_from = f"{place.identity} {form.stamp}".strip()

    def take(self, now: datetime) -> Taken[T]:
        """Fetches, reads, remembers."""
        known = self._known()
        try:
            self._logins.refuse_to_repeat(now)
            look = self._place.look(known, now)
            return self._taken(look, known, now)
        except DigitalnetzwerkError as error:
            self._logins.remember(error, now)
            return self._fall_back(known, SourceState.KEPT, (self._problem(error),))

    def _taken(self, look: Look, known: SourceCopy | None, now: datetime) -> Taken[T]:
        match look.seen:
            case Settling(saved_at):
                return self._fall_back(known, SourceState.SETTLING, (*look.problems, self._settling(saved_at, now)))
            case Resting():
                return self._fall_back(known, SourceState.RESTING, look.problems)
            case Found() as found:
                return self._found(found, known, now, look.problems)
            case _:
                return self._unchanged(known, now, look.problems)

    def _found(self, found: Found, known: SourceCopy | None, now: datetime, problems: tuple[Problem, ...]) -> Taken[T]:
        digest = hashlib.sha256(found.content).hexdigest()
        if known is not None and known.digest == digest:
            if (found.etag, found.last_modified) != (known.etag, known.last_modified):
                known = replace(known, etag=found.etag, last_modified=found.last_modified)
                self._memory.keep(known)
            return self._unchanged(known, now, problems)
        try:
            reading = self._form.read(found.content)
            self._refuse_empty(reading)
        except DigitalnetzwerkError as error:
            return self._fall_back(known, SourceState.KEPT, (*problems, self._problem(error)))
        kept = self._form.keep(found.content, reading)
        self._memory.keep(SourceCopy(kept, digest, found.etag, found.last_modified, now))
        self._memory.keep_note(_KEPT_FROM, self._kept_from)
        self._memory.keep_note(_FETCHED_AT, now.isoformat())
        return Taken(SourceState.FRESH, reading, counts=True, problems=problems, fetched_at=now, digest=digest)

    def _unchanged(self, known: SourceCopy | None, now: datetime, problems: tuple[Problem, ...]) -> Taken[T]:
        taken = self._fall_back(known, SourceState.UNCHANGED, problems)
        if taken.reading is None:
            return taken
        self._memory.keep_note(_FETCHED_AT, now.isoformat())
        return replace(taken, counts=True, fetched_at=now)

    def _fall_back(self, known: SourceCopy | None, state: SourceState, problems: tuple[Problem, ...]) -> Taken[T]:
        """The last good content in this state; nothing at all when there is none, or it can no longer be read."""
        if known is None:
            state = SourceState.SETTLING if state is SourceState.SETTLING else SourceState.FAILED
            return Taken(state, None, counts=False, problems=problems)
        try:
            reading = (self._form.recall or self._form.read)(known.content)
        except BadInput as error:
            return Taken(SourceState.FAILED, None, counts=False, problems=(*problems, self._problem(error)))
        noted = self._memory.note(_FETCHED_AT)
        fetched_at = datetime.fromisoformat(noted) if noted else known.fetched_at
        return Taken(state, reading, counts=False, problems=problems, fetched_at=fetched_at, digest=known.digest)

    def _known(self) -> SourceCopy | None:
        """A copy from another place says nothing about this one."""
        return self._memory.copy() if self._memory.note(_KEPT_FROM) == self._kept_from else None

    def _refuse_empty(self, reading: T) -> None:
        if self._form.is_empty(reading) and not self._may_be_empty:
            raise unreadable(
                "source_empty",
                "die Datei ist in Ordnung, aber es steht nichts darin",
                "the file is fine, but there is nothing in it",
                remedy=Text("Falls das stimmt: may_be_empty: true.", "If that is right: may_be_empty: true."),
            )

    def _problem(self, error: DigitalnetzwerkError) -> Problem:
        problem = error.problem(self._where)
        name = self._place.name
        message = Text(f"{name}: {problem.message.de}", f"{name}: {problem.message.en}")
        return replace(problem, message=message)

    def _settling(self, saved_at: datetime, now: datetime) -> Problem:
        minutes = max(0, round((now - saved_at).total_seconds() / 60))
        name = self._place.name
        return Problem(
            "settling",
            self._where,
            Text(
                f"{name}: vor {minutes} Minuten gespeichert; gelesen wird, wenn niemand mehr daran arbeitet",
                f"{name}: saved {minutes} minutes ago; it is read when nobody works on it any more",
            ),
        )
