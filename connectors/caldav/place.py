"""A calendar as a place of a source: nothing is fetched while its state is the one that we know, and else what moved.

At an interval of the caller's the ETags of all objects are compared, because not every server can be believed when it
says that nothing moved. Refuses more objects or bytes than the configuration allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from connectors.caldav.shelf import Kept, Shelf, kept, unpacked
from connectors.sources.looking import Found, Look, Unchanged
from connectors.sources.refusal import too_large, unreadable
from network.errors import SourceUnreadable
from network.ports import CalendarDelta, ObjectSeen, SourceCopy
from network.problems import Problem
from network.text import Text


class Calendar(Protocol):
    """One calendar at this moment. As long as `state` stays equal nothing moved in it; empty: its server can't tell."""

    @property
    def href(self) -> str: ...
    @property
    def state(self) -> str: ...

    def changes(self, state: str) -> CalendarDelta:
        """What moved since that state, everything for an empty or unknown one; the delta's token is the new state."""
        ...

    def objects(self, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        """These objects, in few requests; what is not there any more is left out."""
        ...


class Finder(Protocol):
    """Knows where the calendar is; the names are those of `connectors.sources.looking.Place`."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def login_mark(self) -> str: ...

    def find(self, href: str) -> Calendar:
        """The calendar; `href` is where it was the last time, or empty. NotThere when it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_bytes` counts everything that is kept of the calendar."""

    max_items: int
    max_bytes: int


class CalendarPlace:
    """Satisfies `connectors.sources.looking.Place`; the content that it finds is a packed shelf."""

    def __init__(
        self, finder: Finder, limits: Limits, *, where: str, sweep_every: timedelta = timedelta(days=1)
    ) -> None:
        self._finder = finder
        self._limits = limits
        self._where = where
        self._sweep_every = sweep_every

    @property
    def name(self) -> str:
        return self._finder.name

    @property
    def identity(self) -> str:
        return self._finder.identity

    @property
    def login_mark(self) -> str:
        return self._finder.login_mark

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        shelf = unpacked(known.content) if known is not None else Shelf()
        calendar = self._finder.find(shelf.href)
        if calendar.href != shelf.href:
            known, shelf = None, Shelf(calendar.href)
        # the copy's "last modified" is the moment of the last sweep
        swept_at = datetime.fromisoformat(known.last_modified) if known is not None else None
        is_due = swept_at is None or not now - self._sweep_every < swept_at <= now
        if known is not None and not is_due and known.etag and known.etag == calendar.state:
            return Look(Unchanged())
        delta = calendar.changes("" if known is None or is_due else known.etag)
        after, problems = self._caught_up(shelf, delta, calendar)
        if delta.is_full or swept_at is None:
            swept_at = now
        return Look(Found(after.packed(), delta.token, swept_at.isoformat()), problems)

    def _caught_up(self, shelf: Shelf, delta: CalendarDelta, calendar: Calendar) -> tuple[Shelf, tuple[Problem, ...]]:
        listed = {**dict(delta.changed), **_restored(delta, calendar)}
        gone = shelf.objects.keys() - listed.keys() if delta.is_full else frozenset(delta.removed) - listed.keys()
        after = {href: each for href, each in shelf.objects.items() if href not in gone}
        if len(after.keys() | listed.keys()) > self._limits.max_items:
            raise _too_many(self._limits.max_items)
        wanted = [href for href, etag in listed.items() if href not in after or not etag or after[href].etag != etag]
        missing = set(wanted)
        size = sum(len(each.data) for each in after.values())
        for seen in calendar.objects(wanted) if wanted else ():
            size += len(seen.data)
            if size > self._limits.max_bytes:
                raise too_large(self._limits.max_bytes)
            after[seen.href] = kept(seen.etag, seen.data)
            missing.discard(seen.href)
        return Shelf(calendar.href, _asked_again(after, missing)), self._problems(missing)

    def _problems(self, missing: set[str]) -> tuple[Problem, ...]:
        if not missing:
            return ()
        count, example = len(missing), min(missing).rpartition("/")[2]
        message = Text(
            f"{count} Termine liefert der Kalender nicht, zum Beispiel {example}; für sie gilt der Stand davor",
            f"the calendar lists {count} events but does not deliver them, such as {example}; they stay as they were",
        )
        return (Problem("event_not_delivered", self._where, message),)


def _restored(delta: CalendarDelta, calendar: Calendar) -> dict[str, str]:
    """What stands there although it was told to be gone: deleted and restored between two looks (Nextcloud)."""
    return {each.href: each.etag for each in calendar.objects(delta.removed)} if delta.removed else {}


def _asked_again(objects: dict[str, Kept], missing: set[str]) -> dict[str, Kept]:
    """What was not delivered stays as it was, and is asked for again with the next sweep."""
    return {href: Kept("", each.data) if href in missing else each for href, each in objects.items()}


def _too_many(most: int) -> SourceUnreadable:
    return unreadable(
        "too_many_events",
        f"mehr als {most} Termine",
        f"more than {most} events",
        remedy=Text("Falls das stimmt: max_items erhöhen.", "If that is right: raise max_items."),
    )
