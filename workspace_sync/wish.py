"""What the configuration wants of each scope: plain values, whatever the YAML looks like.

The settings are translated into these by the assembly. Nothing here has looked at people or at Nextcloud.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from network.plan import Scope, ScopeKind
from workspace_sync.template import Template

AddedByHand = Literal["keep", "report", "remove"]
OnRename = Literal["keep", "put_back"]
"""What becomes of a name that somebody changed in Nextcloud; it is reported either way."""


class Level(StrEnum):
    """What somebody may do in a project's folder; each includes those before it."""

    READ = "read"
    COMMENT = "comment"
    EDIT = "edit"
    MANAGE = "manage"


READ, UPDATE, CREATE, DELETE, SHARE = 1, 2, 4, 8, 16
PERMISSIONS: Mapping[Level, int] = {
    Level.READ: READ,
    Level.COMMENT: READ,  # Team folders know no bit for comments: whoever reads may comment
    Level.EDIT: READ | UPDATE | CREATE | DELETE,
    Level.MANAGE: READ | UPDATE | CREATE | DELETE | SHARE,
}
EVERYTHING = PERMISSIONS[Level.MANAGE]


@dataclass(frozen=True, slots=True)
class Selector:
    """Whom something is for. Keys that are filled all have to fit; a list of selectors adds up.

    `administrations` and `exchange_groups` are keys, `people` accounts, `topics` as the people lists spell them.
    """

    administrations: tuple[str, ...] = ()
    exchange_groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdministrationWish:
    """A member of the network. `group` is the id of its staff's group, which we only read when `is_external`.

    `name` becomes the name of its team. `team_groups` are the groups in that team; normally `group` alone.
    `accounts` belong to it without being in an external group. Accounts are made, and disabled, for people of the
    lists alone, and only where the configuration says so.
    """

    key: str
    name: str
    group: str
    team_groups: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    is_external: bool = True
    creates_accounts: bool = False
    disables_accounts: bool = False
    where: str = ""

    @property
    def scope(self) -> Scope:
        return Scope(ScopeKind.ADMINISTRATION, self.key)


@dataclass(frozen=True, slots=True)
class FolderWish:
    """A Team folder. `quota` in bytes, None leaves it to the server; `words` fill the placeholders of the template."""

    name: str
    quota: int | None = None
    template: Template | None = None
    words: tuple[tuple[str, str], ...] = ()
    on_rename: OnRename = "keep"


@dataclass(frozen=True, slots=True)
class MinutesWish:
    """Minutes for one meeting of the group; `day` as in file names (2027-01-12), `words` fill the template."""

    key: str
    day: str
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeGroupWish:
    """A topical group across administrations: a team, and with it a folder and a room. `leads` are accounts.

    `minutes` are those of meetings that are near; they are made where the group has a folder.
    """

    key: str
    name: str
    leads: tuple[str, ...] = ()
    members: tuple[Selector, ...] = ()
    description: str = ""
    is_open: bool = False
    room: bool = True
    folder: FolderWish | None = None
    minutes: tuple[MinutesWish, ...] = ()
    added_by_hand: AddedByHand = "keep"
    on_rename: OnRename = "keep"
    where: str = ""

    @property
    def scope(self) -> Scope:
        return Scope(ScopeKind.EXCHANGE_GROUP, self.key)


@dataclass(frozen=True, slots=True)
class Access:
    """Everybody whom `selector` means gets `level`. `had` is the level that they have in the folder above, where a
    sub-folder gives them less: the same team of named people serves both."""

    level: Level
    selector: Selector
    had: Level | None = None

    @property
    def team_level(self) -> Level:
        """The level of the team that holds the people whom `selector` names one by one."""
        return self.had or self.level


@dataclass(frozen=True, slots=True)
class SubFolder:
    """A folder in a project's folder with rights of its own.

    `key` stays when `path` changes; `access` is all that holds there, also what it takes over from above.
    """

    key: str
    path: str
    access: tuple[Access, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectWish:
    """A shared folder. After `until` it can only be read, 30 days later it is archived, unless `when_over` is keep."""

    key: str
    folder: FolderWish
    access: tuple[Access, ...] = ()
    sub_folders: tuple[SubFolder, ...] = ()
    until: date | None = None
    when_over: Literal["read_only", "keep"] = "read_only"
    added_by_hand: AddedByHand = "report"
    on_rename: OnRename = "keep"
    where: str = ""

    @property
    def scope(self) -> Scope:
        return Scope(ScopeKind.PROJECT, self.key)


Wish = AdministrationWish | ExchangeGroupWish | ProjectWish


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that the configuration wants. Keys are unique within their kind."""

    administrations: tuple[AdministrationWish, ...] = ()
    exchange_groups: tuple[ExchangeGroupWish, ...] = ()
    projects: tuple[ProjectWish, ...] = ()

    @property
    def by_scope(self) -> dict[Scope, Wish]:
        """In the order in which they are carried out: rights are granted to teams that earlier scopes make."""
        wishes: tuple[Wish, ...] = (*self.administrations, *self.exchange_groups, *self.projects)
        return {wish.scope: wish for wish in wishes}

    @property
    def folder_names(self) -> frozenset[str]:
        """What the Team folders are called that are wanted."""
        of_groups = (wish.folder for wish in self.exchange_groups)
        return frozenset(each.name for each in (*of_groups, *(wish.folder for wish in self.projects)) if each)

    @property
    def accounts(self) -> dict[str, tuple[str, ...]]:
        """Administration → accounts that belong to it beside its group."""
        return {wish.key: wish.accounts for wish in self.administrations if wish.accounts}

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Administration → the groups that stand for it."""
        return {wish.key: wish.team_groups for wish in self.administrations}


@dataclass(frozen=True, slots=True)
class Network:
    """`id` stands in every mark and never changes."""

    id: str
    name: str


def digest(*parts: object) -> str:
    """Stands for values whose repr says all about them (frozen dataclasses, texts, tuples)."""
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Untouched:
    """How much of what we see is somebody else's."""

    teams: int = 0
    folders: int = 0
    rooms: int = field(default=0)
