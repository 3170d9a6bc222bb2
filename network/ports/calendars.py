"""The calendars of the service account (CalDAV, RFC 4791, and Nextcloud's sharing and trash bin)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class ShareRow:
    """One row of oc:invite. `principal` as the server spells it without `principal:principals/`: `circles/ID`."""

    principal: str
    read_write: bool = False


@dataclass(frozen=True, slots=True)
class CalendarSeen:
    """One calendar of the account's home, from one PROPFIND. `href` is decoded and ends with "/".

    `marker` is our PROPPATCHed property, empty when absent (a purged and re-created calendar has none). `is_writable`:
    the account may change what lies in it.
    """

    uri: str
    href: str
    name: str
    sync_token: str
    color: str = ""
    description: str = ""
    has_timezone: bool = False
    marker: str = ""
    trashed: bool = False
    is_own: bool = True
    shares: tuple[ShareRow, ...] = ()
    components: tuple[str, ...] = ("VEVENT",)
    is_writable: bool = True


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """The properties of a calendar that we keep right. `color` is #RRGGBB, `timezone` an IANA name.

    `component` is what may lie in it, VEVENT or VTODO; the server lets nobody change that later.
    """

    name: str
    color: str
    timezone: str
    description: str
    component: str = "VEVENT"


@dataclass(frozen=True, slots=True)
class CalendarDelta:
    """Answer of a sync-collection. With `is_full` `changed` is everything there is and `removed` says nothing."""

    token: str
    changed: tuple[tuple[str, str], ...]  # (href, ETag)
    removed: tuple[str, ...] = ()
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class ObjectSeen:
    href: str
    etag: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TrashedObject:
    """`href` in the trash bin; `name` the file name that it had; `calendar_uri` where it lay."""

    href: str
    uid: str
    calendar_uri: str
    name: str


class CalendarTarget(Protocol):
    """The calendars of the service account. hrefs are decoded paths; ETags are bare, without quotes."""

    def calendars(self) -> tuple[CalendarSeen, ...]: ...
    def create_calendar(self, uri: str, wish: CalendarWish) -> str:
        """MKCALENDAR for the wish's component alone; the new href.

        AlreadyThere when the URI is taken (also in the trash), LimitReached on 429 or 403.
        """
        ...

    def change_calendar(self, href: str, wish: CalendarWish) -> None: ...
    def mark_calendar(self, href: str, marker: str) -> None: ...
    def share(self, href: str, grant: Sequence[ShareRow], revoke: Sequence[str]) -> None:
        """At most ten rows a request, in as few requests as possible. Unknown principals are NOT reported."""
        ...

    def delete_calendar(self, href: str, *, purge: bool) -> None: ...
    def restore_calendar(self, uri: str) -> str: ...
    def changes(self, href: str, token: str) -> CalendarDelta:
        """sync-collection without a limit; an empty token, an invalid one or a smaller new one gives a full list."""
        ...

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        """calendar-multiget in batches of at most 100; missing hrefs are left out."""
        ...

    def put(self, href: str, data: bytes, *, if_match: str) -> str:
        """The new ETag (read back when the answer has none). Empty `if_match` creates (If-None-Match: *).

        Always carries `x-nc-scheduling: false`. PreconditionFailed on 412, UidInTrash on 500/400 for a taken UID.
        """
        ...

    def delete(self, href: str, *, if_match: str) -> None: ...
    def move(self, href: str, destination: str) -> None: ...
    def trashed_objects(self) -> tuple[TrashedObject, ...]: ...
    def restore_object(self, trashed: TrashedObject) -> None: ...
    def purge_object(self, trashed: TrashedObject) -> None: ...
