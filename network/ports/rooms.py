"""Chat rooms (Talk)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from network.ports.principal import Principal


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
