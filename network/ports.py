"""What the rules need from the outside. Connectors satisfy these protocols by shape; contract tests keep them honest.

Every method may raise the errors of `network.errors`. A write that returns has been accepted by the server; whether
others see it is for the caller to read back. No method repeats a write by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from network.model import Delivery, PeopleDelivery

# ---------------------------------------------------------------------------------------------------- sources


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


# ---------------------------------------------------------------------------------------------------- calendars


@dataclass(frozen=True, slots=True, order=True)
class ShareRow:
    """One row of oc:invite. `principal` as the server spells it without `principal:principals/`: `circles/ID`."""

    principal: str
    read_write: bool = False


@dataclass(frozen=True, slots=True)
class CalendarSeen:
    """One calendar of the account's home, from one PROPFIND. `href` is decoded and ends with "/".

    `marker` is our PROPPATCHed property, empty when absent (a purged and re-created calendar has none).
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


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """The properties of a calendar that we keep right. `color` is #RRGGBB, `timezone` an IANA name."""

    name: str
    color: str
    timezone: str
    description: str


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
        """MKCALENDAR; the new href. AlreadyThere when the URI is taken (also in the trash), LimitReached on 429/403."""
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


# ---------------------------------------------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class GroupSeen:
    id: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class AccountSeen:
    id: str
    name: str
    mail: str = ""
    is_enabled: bool = True


class Directory(Protocol):
    """Groups and accounts. Writing needs a delegated right (promise 14): RightMissing carries the occ lines."""

    def groups(self) -> tuple[GroupSeen, ...]: ...
    def members(self, group: str) -> frozenset[str]:
        """Account ids of a group; NotThere when there is no such group."""
        ...

    def accounts(self) -> tuple[AccountSeen, ...]: ...
    def create_group(self, group: str, name: str) -> None: ...
    def rename_group(self, group: str, name: str) -> None: ...
    def delete_group(self, group: str) -> None: ...
    def add_member(self, group: str, account: str) -> None: ...
    def remove_member(self, group: str, account: str) -> None: ...


# ---------------------------------------------------------------------------------------------------- workspaces

PrincipalKind = Literal["user", "group", "team"]


@dataclass(frozen=True, slots=True, order=True)
class Principal:
    kind: PrincipalKind
    id: str


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """A team that the service account belongs to. `is_owner`: level 9."""

    id: str
    name: str
    description: str = ""
    config: int = 0
    is_owner: bool = True


@dataclass(frozen=True, slots=True)
class TeamMemberSeen:
    """`id` is the membership id that the interface wants; `level` 1 member, 4 moderator, 8 admin, 9 owner."""

    id: str
    who: Principal
    level: int = 1


class Teams(Protocol):
    def teams(self) -> tuple[TeamSeen, ...]: ...
    def members(self, team: str) -> tuple[TeamMemberSeen, ...]: ...
    def create_team(self, name: str) -> TeamSeen:
        """The new team. The server makes "NAME (2)" when somebody else has the name: compare `name` of the answer."""
        ...

    def describe_team(self, team: str, description: str) -> None: ...
    def rename_team(self, team: str, name: str) -> None: ...
    def configure_team(self, team: str, config: int) -> None: ...
    def add_members(self, team: str, who: Sequence[Principal]) -> None:
        """Unknown ones are silently left out by the server: read back."""
        ...

    def remove_member(self, team: str, membership: str) -> None: ...
    def set_level(self, team: str, membership: str, level: int) -> None: ...
    def delete_team(self, team: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """A Team folder. `quota` in bytes, -3 unlimited; `grants` team or group id → permission bits (1 2 4 8 16)."""

    id: int
    name: str
    quota: int
    size: int
    has_acl: bool
    grants: tuple[tuple[Principal, int], ...]
    managers: tuple[Principal, ...]


class TeamFolders(Protocol):
    """Writing needs a delegated right and a confirmed password (promise 14): RightMissing carries the occ lines."""

    def folders(self) -> tuple[FolderSeen, ...]: ...
    def create_folder(self, name: str) -> int:
        """The new id; AlreadyThere when a folder of this name exists."""
        ...

    def rename_folder(self, folder: int, name: str) -> None: ...
    def grant(self, folder: int, who: Principal, permissions: int) -> None: ...
    def revoke(self, folder: int, who: Principal) -> None: ...
    def set_quota(self, folder: int, quota: int) -> None: ...
    def set_manager(self, folder: int, who: Principal, *, manages: bool) -> None: ...
    def delete_folder(self, folder: int) -> None:
        """Deletes the content too. Only `remove --all-ours` may call it, and only for an empty folder."""
        ...


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file or folder below the account's home. `path` starts with "/" and has no "/" at the end."""

    path: str
    is_folder: bool
    etag: str = ""
    modified: datetime | None = None
    size: int = 0


class Files(Protocol):
    def list(self, path: str) -> tuple[FileSeen, ...]:
        """The direct children; NotThere when the folder is missing."""
        ...

    def stat(self, path: str) -> FileSeen | None: ...
    def read(self, path: str, *, max_bytes: int) -> bytes: ...
    def write(
        self, path: str, data: bytes, *, content_type: str = "application/octet-stream", if_match: str = ""
    ) -> str:
        """The new ETag. Empty `if_match`: only when nothing is there (If-None-Match: *)."""
        ...

    def make_folder(self, path: str) -> bool:
        """False when it was there already."""
        ...

    def delete(self, path: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RoomSeen:
    token: str
    name: str
    description: str = ""
    object_type: str = ""
    is_owner: bool = True


@dataclass(frozen=True, slots=True)
class AttendeeSeen:
    """`is_moderator` for owner and moderators. A group's or team's people are listed beside it as users."""

    id: int
    who: Principal
    is_moderator: bool = False
    is_owner: bool = False


class Rooms(Protocol):
    def rooms(self) -> tuple[RoomSeen, ...]: ...
    def attendees(self, room: str) -> tuple[AttendeeSeen, ...]: ...
    def create_room(self, name: str, description: str) -> str:
        """The new room's token, with only ourselves in it."""
        ...

    def rename_room(self, room: str, name: str) -> None: ...
    def describe_room(self, room: str, description: str) -> None: ...
    def add_attendee(self, room: str, who: Principal) -> None: ...
    def remove_attendee(self, room: str, attendee: int) -> None: ...
    def set_moderator(self, room: str, attendee: int, *, moderates: bool) -> None: ...
    def delete_room(self, room: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Features:
    """What the server offers. `version` like (34, 0, 1)."""

    version: tuple[int, ...]
    teams: bool
    team_folders: bool
    rooms: bool
    brute_force_delay: int = 0


class Server(Protocol):
    """One Nextcloud, seen by one account: everything above, plus what it is. `counts` are the requests sent so far."""

    @property
    def calendars(self) -> CalendarTarget: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def folders(self) -> TeamFolders: ...
    @property
    def files(self) -> Files: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def account(self) -> str: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    def features(self) -> Features: ...


# ---------------------------------------------------------------------------------------------------- memory


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
