"""What Nextcloud holds, as far as it had to be looked at. `look` fills it; planners read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.ports import (
    AccountSeen,
    AttendeeSeen,
    Features,
    FileSeen,
    FolderSeen,
    GroupSeen,
    RoomSeen,
    RuledSeen,
    TeamMemberSeen,
    TeamSeen,
)
from network.problems import Problem


@dataclass(frozen=True, slots=True)
class Actual:
    """`account` is our own. None for a whole list: it was not asked for, or we may not read it.

    `members` by team id, `attendees` by room token and `rules` by folder id (paths below the folder, "" itself) hold
    only what was looked at. `unreadable` says why something that was asked for is missing, by "accounts", "teams",
    "groups", "folders", "rooms", "team ID", "room TOKEN", "group ID", "rules ID".
    """

    account: str
    features: Features
    groups: tuple[GroupSeen, ...] | None = None
    group_members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    accounts: Mapping[str, AccountSeen] | None = None
    teams: tuple[TeamSeen, ...] | None = None
    members: Mapping[str, tuple[TeamMemberSeen, ...]] = field(default_factory=dict)
    folders: tuple[FolderSeen, ...] | None = None
    files: Mapping[int, tuple[FileSeen, ...]] = field(default_factory=dict)
    rules: Mapping[int, tuple[RuledSeen, ...]] = field(default_factory=dict)
    rooms: tuple[RoomSeen, ...] | None = None
    attendees: Mapping[str, tuple[AttendeeSeen, ...]] = field(default_factory=dict)
    unreadable: Mapping[str, Problem] = field(default_factory=dict)

    def team(self, id: str) -> TeamSeen | None:
        return next((team for team in self.teams or () if team.id == id), None)

    def folder(self, id: str) -> FolderSeen | None:
        return next((folder for folder in self.folders or () if str(folder.id) == id), None)

    def room(self, token: str) -> RoomSeen | None:
        return next((room for room in self.rooms or () if room.token == token), None)

    def group(self, id: str) -> GroupSeen | None:
        return next((group for group in self.groups or () if group.id == id), None)
