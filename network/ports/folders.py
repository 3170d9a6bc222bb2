"""Team folders (groupfolders)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from network.ports.principal import Principal


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """A Team folder. `quota` in bytes, -3 unlimited; `grants` team or group id → permission bits (1 2 4 8 16).

    `team` is the id of the team that owns it, where the server made it together with a team (Nextcloud 35): name,
    rights and managers of such a folder can't be changed until `Teams.detach_folder`. `has_acl`: the rules inside
    hold (`FolderRules`).
    """

    id: int
    name: str
    quota: int
    size: int
    has_acl: bool
    grants: tuple[tuple[Principal, int], ...]
    managers: tuple[Principal, ...]
    team: str = ""


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
    def switch_rules_on(self, folder: int) -> None:
        """From now on the rules on folders inside hold (`FolderRules`); without any, nothing changes."""
        ...

    def delete_folder(self, folder: int) -> None:
        """Deletes the content too. Only `remove --all-ours` may call it, and only for an empty folder."""
        ...
