"""Teams (circles) that the service account belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from network.ports.principal import Principal


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """A team that the account sees. `is_owner`: level 9. An open team is seen by everybody, member or not."""

    id: str
    name: str
    description: str = ""
    config: int = 0
    is_owner: bool = True
    is_member: bool = True


@dataclass(frozen=True, slots=True)
class TeamMemberSeen:
    """`id` is the membership id that the interface wants; `level` 1 member, 4 moderator, 8 admin, 9 owner."""

    id: str
    who: Principal
    level: int = 1


class Teams(Protocol):
    def teams(self) -> tuple[TeamSeen, ...]: ...
    def members(self, team: str) -> tuple[TeamMemberSeen, ...]: ...
    def create_team(self, name: str, *, with_folder: bool = False) -> TeamSeen:
        """The new team. The server makes "NAME (2)" when somebody else has the name: compare `name` of the answer.

        `with_folder`: where the server makes a folder of its own with each team, it shall; otherwise it never does.
        """
        ...

    def describe_team(self, team: str, description: str) -> None: ...
    def rename_team(self, team: str, name: str) -> None: ...
    def configure_team(self, team: str, config: int) -> None: ...
    def add_members(self, team: str, who: Sequence[Principal]) -> None:
        """Unknown ones are silently left out by the server: read back."""
        ...

    def remove_member(self, team: str, membership: str) -> None: ...
    def set_level(self, team: str, membership: str, level: int) -> None: ...
    def own_folder(self, team: str) -> int | None:
        """The id of the folder that the server made with the team; None where it makes none."""
        ...

    def detach_folder(self, team: str) -> None:
        """The folder that the server made with the team becomes an ordinary one, which the team can't see any more."""
        ...

    def delete_team(self, team: str, *, keeps_folder: bool = True) -> None:
        """The folder that the server made with the team stays, detached, unless it shall go with everything in it."""
        ...
