"""One Nextcloud, seen by one account: everything above, plus what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from network.ports.calendars import CalendarTarget
from network.ports.files import Files
from network.ports.folder_rules import FolderRules
from network.ports.folders import TeamFolders
from network.ports.people import Directory
from network.ports.rooms import Rooms
from network.ports.teams import Teams


@dataclass(frozen=True, slots=True)
class Features:
    """What the server offers. `version` like (34, 0, 1). `team_spaces`: a new team gets a folder of its own."""

    version: tuple[int, ...]
    teams: bool
    team_folders: bool
    rooms: bool
    brute_force_delay: int = 0
    team_spaces: bool = False


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
    def folder_rules(self) -> FolderRules: ...
    @property
    def files(self) -> Files: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def account(self) -> str: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    def features(self) -> Features: ...
