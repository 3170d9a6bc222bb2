"""The calendar behind a connector with `mode: two-way`, where it is written. Reading it is `place` and `source`.

Knows no planner: it writes one object at a time, under a condition, silently. What goes wrong there is worded so that
nobody takes it for a fault of Nextcloud, and a login that was refused once is not shown again.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from connectors.caldav.refusing import read_only
from network.errors import AgainLater, DigitalnetzwerkError, NotThere, PersonMustAct, Refused, RightMissing
from network.ports import ObjectSeen
from network.text import Text

T = TypeVar("T")

_GUESTS = re.compile(rb"^ATTENDEE[;:]", re.MULTILINE | re.IGNORECASE)


class Written(Protocol):
    """One calendar that may be written. `invites`: its server writes to the guests of an object that is changed."""

    @property
    def href(self) -> str: ...
    @property
    def is_writable(self) -> bool: ...
    @property
    def invites(self) -> bool: ...

    def objects(self, hrefs: Sequence[str]) -> Iterator[ObjectSeen]: ...
    def put(self, href: str, data: bytes, *, if_match: str) -> None: ...
    def delete(self, href: str, *, if_match: str) -> None: ...


class WrittenCalendar:
    """Satisfies `network.ports.SourceCalendar`. `find` looks for the calendar, once a run; `where` names the connector.

    `is_elsewhere`: on another server than the calendars of ours. One request at a time: small servers lock the whole
    calendar while they write.
    """

    def __init__(self, find: Callable[[], Written], *, where: str, is_elsewhere: bool) -> None:
        self._find = find
        self._where = where
        self._is_elsewhere = is_elsewhere
        self._found: Written | None = None
        self._refused: PersonMustAct | None = None
        self._one_at_a_time = threading.Lock()

    def read(self, place: str) -> ObjectSeen | None:
        with self._worded():
            return next(iter(self._calendar().objects([place])), None)

    def create(self, name: str, data: bytes) -> None:
        with self._worded():
            calendar = self._writable()
            calendar.put(calendar.href + name, data, if_match="")

    def replace(self, place: str, data: bytes, *, etag: str) -> None:
        with self._worded():
            calendar = self._writable()
            _must_stay_silent(calendar, data)
            calendar.put(place, data, if_match=etag)

    def delete(self, place: str, *, etag: str) -> None:
        with self._worded():
            calendar = self._writable()
            seen = next(iter(calendar.objects([place])), None)
            if seen is None:
                raise NotThere(Text("der Termin ist schon fort", "the event is gone already"))
            _must_stay_silent(calendar, seen.data)
            calendar.delete(place, if_match=etag)

    def _writable(self) -> Written:
        calendar = self._calendar()
        if not calendar.is_writable:
            raise read_only()
        return calendar

    def _calendar(self) -> Written:
        if self._refused is not None:
            raise self._refused
        if self._found is None:
            self._found = self._find()
        return self._found

    @contextmanager
    def _worded(self) -> Iterator[None]:
        with self._one_at_a_time:
            try:
                yield
            except DigitalnetzwerkError as error:
                raise self._as_told(error) from error

    def _as_told(self, error: DigitalnetzwerkError) -> DigitalnetzwerkError:
        """An error of another server must neither end the run nor be taken for Nextcloud's silence."""
        if self._is_elsewhere and isinstance(error, AgainLater):
            return AgainLater(error.message, where=self._where, remedy=error.remedy, code=error.code)
        if self._is_elsewhere and isinstance(error, PersonMustAct) and not isinstance(error, RightMissing):
            told = RightMissing(error.message, where=self._where, remedy=error.remedy, code=error.code)
            self._refused = self._refused or told
            return told
        error.where = self._where
        return error


def _must_stay_silent(calendar: Written, data: bytes) -> None:
    if _GUESTS.search(data) and calendar.invites:
        raise Refused(
            Text(
                "der Termin hat in der Quelle Gäste, und ihr Server würde sie anschreiben",
                "the event has guests in the source, and its server would write to them",
            ),
            remedy=Text("Ändern Sie ihn bitte in der Quelle selbst.", "Please change it in the source itself."),
            code="guests_in_source",
        )
