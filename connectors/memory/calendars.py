"""`network.ports.CalendarTarget` in memory, with the quirks of Nextcloud that calendar code can fall over.

ETag = md5 of the stored bytes, identical bytes move the sync token too; tokens are hardly validated; a change log
reports what was deleted and made again as deleted; the trash bin keeps UIDs taken; unknown principals are swallowed
without a word; calendars and shares have limits. Safe for several threads.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from network.errors import (
    AlreadyThere,
    BadInput,
    LimitReached,
    NotThere,
    PreconditionFailed,
    Refused,
    UidInTrash,
)
from network.ical.reading import parse_object
from network.ports import (
    CalendarDelta,
    CalendarSeen,
    CalendarWish,
    ObjectSeen,
    ShareRow,
    TrashedObject,
)
from network.text import Text

TOKEN = "http://sabre.io/ns/sync/"  # noqa: S105 - a sync token is no secret
ROWS_A_REQUEST = 10


@dataclass
class _Stored:
    data: bytes
    uid: str

    @property
    def etag(self) -> str:
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()


@dataclass
class _Calendar:
    wish: CalendarWish
    marker: str = ""
    is_trashed: bool = False
    is_own: bool = True
    shares: dict[str, bool] = field(default_factory=dict)
    objects: dict[str, _Stored] = field(default_factory=dict)
    token: int = 1
    log: list[tuple[int, str, int]] = field(default_factory=list)  # (token before, name, 1 made 2 changed 3 deleted)

    def note(self, name: str, operation: int) -> None:
        self.log.append((self.token, name, operation))
        self.token += 1


@dataclass
class _Trashed:
    uri: str
    name: str
    stored: _Stored


class MemoryCalendars:
    """The calendars of one account. `requests` counts what was asked of it, by method of the port."""

    def __init__(
        self,
        *,
        home: str = "/remote.php/dav/calendars/dienst/",
        knows: Callable[[str], bool] = lambda principal: True,
        most_calendars: int = 30,
        most_share_posts: int = 20,
    ) -> None:
        self.home = home
        self.requests: Counter[str] = Counter()
        self._knows = knows
        self._most_calendars = most_calendars
        self._share_posts_left = most_share_posts
        self._calendars: dict[str, _Calendar] = {}
        self._trash: dict[str, _Trashed] = {}
        self._trash_number = 0
        self._lock = threading.RLock()

    # ------------------------------------------------------------------ calendars

    def calendars(self) -> tuple[CalendarSeen, ...]:
        with self._lock:
            self.requests["calendars"] += 1
            return tuple(self._seen(uri, each) for uri, each in sorted(self._calendars.items()))

    def create_calendar(self, uri: str, wish: CalendarWish) -> str:
        with self._lock:
            self.requests["create_calendar"] += 1
            if uri in self._calendars:
                raise AlreadyThere(_said(f"calendar {uri} exists"))
            if len(self._calendars) >= self._most_calendars:
                raise LimitReached(_said("Calendar limit reached"), setting="dav maximumCalendarsSubscriptions")
            self._calendars[uri] = _Calendar(wish)
            return f"{self.home}{uri}/"

    def change_calendar(self, href: str, wish: CalendarWish) -> None:
        with self._lock:
            self.requests["change_calendar"] += 1
            calendar = self._at(href)
            calendar.wish = wish
            calendar.token += 1

    def mark_calendar(self, href: str, marker: str) -> None:
        with self._lock:
            self.requests["mark_calendar"] += 1
            self._at(href).marker = marker

    def share(self, href: str, grant: Sequence[ShareRow], revoke: Sequence[str]) -> None:
        with self._lock:
            calendar = self._at(href)
            rows: list[ShareRow | str] = [*revoke, *grant]
            for start in range(0, len(rows), ROWS_A_REQUEST):
                self._post_shares(calendar, rows[start : start + ROWS_A_REQUEST])

    def delete_calendar(self, href: str, *, purge: bool) -> None:
        with self._lock:
            self.requests["delete_calendar"] += 1
            calendar = self._at(href)
            if purge or calendar.is_trashed:
                del self._calendars[_uri(href)]
            else:
                calendar.is_trashed = True

    def restore_calendar(self, uri: str) -> str:
        with self._lock:
            self.requests["restore_calendar"] += 1
            href = f"{self.home}{uri}/"
            self._at(href).is_trashed = False
            return href

    # ------------------------------------------------------------------ reading

    def changes(self, href: str, token: str) -> CalendarDelta:
        with self._lock:
            self.requests["changes"] += 1
            calendar = self._at(href)
            now = f"{TOKEN}{calendar.token}"
            since = re.fullmatch(re.escape(TOKEN) + r"(\d+)", token)
            if since is None or int(since[1]) > calendar.token:
                listed = tuple((href + name, each.etag) for name, each in sorted(calendar.objects.items()))
                return CalendarDelta(now, listed, is_full=True)
            # The highest operation counts, so deleted and restored within one delta reads as deleted.
            highest: dict[str, int] = {}
            for at, name, operation in calendar.log:
                if at >= int(since[1]):
                    highest[name] = max(operation, highest.get(name, 0))
            changed = [name for name, operation in sorted(highest.items()) if operation < 3]
            removed = [name for name, operation in sorted(highest.items()) if operation == 3]
            there = tuple((href + name, calendar.objects[name].etag) for name in changed if name in calendar.objects)
            return CalendarDelta(now, there, tuple(href + name for name in removed))

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        with self._lock:
            self.requests["objects"] += -(-len(hrefs) // 100)
            calendar = self._at(href)
            names = (each.removeprefix(href) for each in hrefs)
            found = [(name, calendar.objects[name]) for name in names if name in calendar.objects]
            return iter([ObjectSeen(href + name, each.etag, each.data) for name, each in found])

    # ------------------------------------------------------------------ writing

    def put(self, href: str, data: bytes, *, if_match: str) -> str:
        with self._lock:
            self.requests["put"] += 1
            calendar, name = self._at(_parent(href)), _name(href)
            stored = _Stored(data, _uid(data))
            there = calendar.objects.get(name)
            if (there.etag if there else "") != if_match:
                raise PreconditionFailed(_said(f"If-Match of {name} doesn't hold"))
            self._must_be_free(_uri(_parent(href)), stored.uid, except_for=name)
            calendar.objects[name] = stored
            calendar.note(name, 2 if there else 1)
            return stored.etag

    def delete(self, href: str, *, if_match: str) -> None:
        with self._lock:
            self.requests["delete"] += 1
            calendar, name = self._at(_parent(href)), _name(href)
            there = calendar.objects.get(name)
            if there is None:
                raise NotThere(_said(f"no {name}"))
            if if_match and there.etag != if_match:
                raise PreconditionFailed(_said(f"If-Match of {name} doesn't hold"))
            del calendar.objects[name]
            calendar.note(name, 3)
            self._trash_number += 1
            self._trash[f"{self.home}trashbin/objects/{self._trash_number}.ics"] = _Trashed(
                _uri(_parent(href)), name, there
            )

    def move(self, href: str, destination: str) -> None:
        with self._lock:
            self.requests["move"] += 1
            source, name = self._at(_parent(href)), _name(href)
            target, new_name = self._at(_parent(destination)), _name(destination)
            if name not in source.objects:
                raise NotThere(_said(f"no {name}"))
            if new_name in target.objects:
                raise AlreadyThere(_said(f"{new_name} exists"))
            self._must_be_free(_uri(_parent(destination)), source.objects[name].uid, except_for="")
            target.objects[new_name] = source.objects.pop(name)
            source.note(name, 3)
            target.note(new_name, 1)

    # ------------------------------------------------------------------ trash bin

    def trashed_objects(self) -> tuple[TrashedObject, ...]:
        with self._lock:
            self.requests["trashed_objects"] += 1
            return tuple(
                TrashedObject(href, each.stored.uid, each.uri, each.name) for href, each in self._trash.items()
            )

    def restore_object(self, trashed: TrashedObject) -> None:
        with self._lock:
            self.requests["restore_object"] += 1
            found = self._in_trash(trashed.href)
            calendar = self._calendars[found.uri]
            if found.name in calendar.objects:
                raise AlreadyThere(_said(f"{found.name} is taken"))
            del self._trash[trashed.href]
            calendar.objects[found.name] = found.stored
            calendar.note(found.name, 1)

    def purge_object(self, trashed: TrashedObject) -> None:
        with self._lock:
            self.requests["purge_object"] += 1
            self._in_trash(trashed.href)
            del self._trash[trashed.href]

    # ------------------------------------------------------------------ inside

    def _at(self, href: str) -> _Calendar:
        found = self._calendars.get(_uri(href)) if href.startswith(self.home) else None
        if found is None:
            raise NotThere(_said(f"no calendar at {href}"))
        return found

    def _in_trash(self, href: str) -> _Trashed:
        if href not in self._trash:
            raise NotThere(_said(f"{href} is not in the trash bin"))
        return self._trash[href]

    def _seen(self, uri: str, calendar: _Calendar) -> CalendarSeen:
        return CalendarSeen(
            uri,
            f"{self.home}{uri}/",
            calendar.wish.name,
            f"{TOKEN}{calendar.token}",
            calendar.wish.color,
            calendar.wish.description,
            has_timezone=bool(calendar.wish.timezone),
            marker=calendar.marker,
            trashed=calendar.is_trashed,
            is_own=calendar.is_own,
            shares=tuple(ShareRow(who, writes) for who, writes in sorted(calendar.shares.items())),
            components=(calendar.wish.component,),
        )

    def _post_shares(self, calendar: _Calendar, rows: Sequence[ShareRow | str]) -> None:
        self.requests["share"] += 1
        if self._share_posts_left <= 0:
            raise LimitReached(
                _said("Too many addressbook or calendar share requests"),
                setting="dav rateLimitShareAddressbookOrCalendar",
            )
        self._share_posts_left -= 1
        for row in rows:
            if isinstance(row, str):
                calendar.shares.pop(row, None)
            elif self._knows(row.principal):
                calendar.shares[row.principal] = row.read_write
        calendar.token += 1

    def _must_be_free(self, uri: str, uid: str, *, except_for: str) -> None:
        there = self._calendars[uri].objects
        if any(each.uid == uid and name != except_for for name, each in there.items()):
            raise Refused(_said("Calendar object with uid already exists in this calendar collection."))
        if any(each.uri == uri and each.stored.uid == uid for each in self._trash.values()):
            raise UidInTrash(_said(f"{uid} lies in the trash bin"))


def _uid(data: bytes) -> str:
    try:
        return parse_object(data).uid
    except BadInput as error:
        raise Refused(error.message) from error


def _parent(href: str) -> str:
    return href.rsplit("/", 1)[0] + "/"


def _name(href: str) -> str:
    return href.rsplit("/", 1)[1]


def _uri(calendar_href: str) -> str:
    return calendar_href.rstrip("/").rsplit("/", 1)[1]


def _said(text: str) -> Text:
    return Text(text, text)
