"""Team folders: who may see which shared folder with which rights, and who manages its finer rules.

Holds the folders themselves; their content is the business of `files`, which asks here for the rights.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.journal import Journal, Numbers
from plugin.sandbox.teams import Teams

READ, UPDATE, CREATE, DELETE, SHARE = 1, 2, 4, 8, 16
ALL = 31
UNLIMITED = -3


@dataclass(frozen=True, slots=True)
class Manager:
    """`kind` is user, group or circle."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TeamFolder:
    """`applicable` maps a gid or a team's id to permission bits; `root` is the number of its root node in `files`.

    `team` is the team whose space it is, empty for an ordinary folder.
    """

    number: int
    mount_point: str
    root: int
    quota: int = UNLIMITED
    acl: bool = False
    acl_default_no_permission: bool = False
    applicable: dict[str, int] = field(default_factory=dict)
    managers: tuple[Manager, ...] = ()
    team: str = ""


class TeamFolders:
    def __init__(self, journal: Journal, numbers: Numbers, accounts: Accounts, teams: Teams) -> None:
        self._numbers = numbers
        self._accounts = accounts
        self._teams = teams
        self.all = journal.table("team_folders", TeamFolder)

    def create(self, mount_point: str, root: int, acl_default_no_permission: bool = False) -> TeamFolder:
        number = self._numbers.next("team_folder")
        folder = TeamFolder(number, mount_point, root, acl_default_no_permission=acl_default_no_permission)
        self.all[str(number)] = folder
        return folder

    def save(self, folder: TeamFolder) -> TeamFolder:
        self.all[str(folder.number)] = folder
        return folder

    def named(self, mount_point: str) -> TeamFolder | None:
        return next((folder for folder in self.all.values() if folder.mount_point == mount_point), None)

    def grant(self, folder: TeamFolder, name: str, permissions: int) -> TeamFolder:
        return self.save(replace(folder, applicable={**folder.applicable, name: permissions}))

    def revoke(self, folder: TeamFolder, name: str) -> TeamFolder:
        return self.save(replace(folder, applicable={k: v for k, v in folder.applicable.items() if k != name}))

    def set_manager(self, folder: TeamFolder, manager: Manager, manages: bool) -> TeamFolder:
        others = tuple(known for known in folder.managers if known != manager)
        return self.save(replace(folder, managers=(*others, manager) if manages else others))

    def permissions(self, folder: TeamFolder, uid: str) -> int:
        """The bits that this person has at the folder's root, all ways in added; 0 is no access."""
        bits = 0
        for name, permissions in folder.applicable.items():
            if self.holds(name, uid):
                bits |= permissions
        return bits

    def of_person(self, uid: str) -> list[TeamFolder]:
        return [folder for folder in self.all.values() if self.permissions(folder, uid) & READ]

    def manages(self, folder: TeamFolder, uid: str) -> bool:
        return any(
            (manager.kind == "user" and manager.name == uid)
            or (manager.kind != "user" and self.holds(manager.name, uid))
            for manager in folder.managers
        )

    def holds(self, name: str, uid: str) -> bool:
        """Whether the group or team of this id holds the person."""
        group = self._accounts.groups.get(name)
        return uid in group.members if group else uid in self._teams.people(name)

    def is_team(self, name: str) -> bool:
        return name not in self._accounts.groups and name in self._teams.all

    def display_name(self, name: str) -> str:
        if name in self._accounts.groups:
            return self._accounts.groups[name].display_name
        return self._teams.all[name].display_name if name in self._teams.all else name

    def forget(self, name: str) -> None:
        """Take this group or team out of every folder."""
        for folder in list(self.all.values()):
            if name in folder.applicable:
                self.revoke(folder, name)
