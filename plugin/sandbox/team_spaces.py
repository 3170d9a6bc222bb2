"""Team spaces, as Nextcloud 35 is going to have them: the Team folder that a team got when it was made, and owns.

While it belongs to a team it keeps its name, its rights and its managers; only its quota may be set. Deleting the team
deletes it with everything in it; let go of before, it is a Team folder like any other, to which nobody has access.
"""

from __future__ import annotations

import re
from dataclasses import replace

from plugin.sandbox.app_config import AppConfig
from plugin.sandbox.files.tree import Tree
from plugin.sandbox.ocs.capabilities import Apps
from plugin.sandbox.ocs.envelope import OcsFailure
from plugin.sandbox.team_folders import ALL, Manager, TeamFolder, TeamFolders
from plugin.sandbox.teams import Team
from plugin.sandbox.version import Version

REFUSED = "This folder belongs to a team and its {} cannot be changed independently; unlink it from its team first"


class TeamSpaces:
    def __init__(self, version: Version, apps: Apps, config: AppConfig, folders: TeamFolders, tree: Tree) -> None:
        self._version, self._apps, self._config = version, apps, config
        self._folders, self._tree = folders, tree

    @property
    def are_made(self) -> bool:
        return self._version.makes_team_spaces

    @property
    def are_known(self) -> bool:
        return self.are_made and self._apps.team_folders

    def of(self, team: str) -> TeamFolder | None:
        return next((folder for folder in self._folders.all.values() if folder.team == team), None)

    def make(self, team: Team) -> TeamFolder:
        """The space of a team; the one that it has already, or a new one."""
        known = self.of(team.key)
        if known is not None:
            return known
        folder = self._folders.create(self._free_name(team.display_name), self._tree.add_root().number)
        folder = self._folders.grant(folder, team.key, ALL)
        folder = self._folders.set_manager(folder, Manager("circle", team.key), True)
        return self._folders.save(replace(folder, team=team.key))

    def welcome(self, team: Team, *, is_wanted: bool) -> None:
        """A team was made."""
        is_on = self._config.get("circles", "team_folder_auto_create", "true") in ("1", "true", "yes")
        if self.are_known and is_on and is_wanted:
            self.make(team)

    def detach(self, team: str) -> bool:
        folder = self.of(team) if self.are_known else None
        if folder is None:
            return False
        self._folders.revoke(self._folders.save(replace(folder, team="")), team)
        return True

    def destroy(self, team: str) -> None:
        folder = self.of(team) if self.are_known else None
        if folder is not None:
            self._tree.remove(self._tree.node(folder.root))
            del self._folders.all[str(folder.number)]

    def refuse(self, folder: TeamFolder, what: str, *, of: str = "") -> None:
        """403 for what a space keeps; with `of` only where the space is that team's."""
        if folder.team and (not of or of == folder.team):
            raise OcsFailure(403, REFUSED.format(what))

    def _free_name(self, wanted: str) -> str:
        name = re.sub(r"[\x00-\x1f/\\]+", "", wanted).strip() or "team-space"
        candidate, number = name, 1
        while self._folders.named(candidate):
            candidate, number = f"{name} ({number})", number + 1
        return candidate
