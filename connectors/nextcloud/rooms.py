"""Chat rooms of Talk. Groups and teams in a room stand beside their people, who are listed as users of their own."""

from __future__ import annotations

from connectors.nextcloud.answers import data
from connectors.nextcloud.json_data import Row, number, row, rows, text
from connectors.nextcloud.wrapper import Wrapper
from network.ports import AttendeeSeen, Principal, PrincipalKind, RoomSeen

GROUP_ROOM, PUBLIC_ROOM = 2, 3
OWNER, MODERATOR = 1, 2
SOURCES: dict[PrincipalKind, str] = {"user": "users", "group": "groups", "team": "circles"}
KINDS: dict[str, PrincipalKind] = {source: kind for kind, source in SOURCES.items()}


class NextcloudRooms:
    def __init__(self, wrapper: Wrapper) -> None:
        self._wrapper = wrapper

    def rooms(self) -> tuple[RoomSeen, ...]:
        """Rooms for several people; conversations of two, samples and notes to oneself are nobody's business."""
        found = rows(data(self._wrapper.rooms.list()))
        return tuple(
            _room(each)
            for each in found
            if number(each, "type") in (GROUP_ROOM, PUBLIC_ROOM)
            and text(each, "objectType") not in ("sample", "note_to_self")
        )

    def attendees(self, room: str) -> tuple[AttendeeSeen, ...]:
        found = rows(data(self._wrapper.rooms.participants(room)))
        return tuple(
            AttendeeSeen(
                number(each, "attendeeId"),
                Principal(KINDS[text(each, "actorType")], text(each, "actorId")),
                number(each, "participantType") in (OWNER, MODERATOR),
                number(each, "participantType") == OWNER,
            )
            for each in found
            if text(each, "actorType") in KINDS
        )

    def create_room(self, name: str, description: str) -> str:
        return text(row(data(self._wrapper.rooms.create(name, description))), "token")

    def rename_room(self, room: str, name: str) -> None:
        self._wrapper.rooms.rename(room, name)

    def describe_room(self, room: str, description: str) -> None:
        self._wrapper.rooms.describe(room, description)

    def add_attendee(self, room: str, who: Principal) -> None:
        self._wrapper.rooms.add(room, who.id, SOURCES[who.kind])

    def remove_attendee(self, room: str, attendee: int) -> None:
        self._wrapper.rooms.remove(room, attendee)

    def set_moderator(self, room: str, attendee: int, *, moderates: bool) -> None:
        if moderates:
            self._wrapper.rooms.promote(room, attendee)
        else:
            self._wrapper.rooms.demote(room, attendee)

    def delete_room(self, room: str) -> None:
        self._wrapper.rooms.delete(room)


def _room(source: Row) -> RoomSeen:
    return RoomSeen(
        text(source, "token"),
        text(source, "name") or text(source, "displayName"),
        text(source, "description"),
        text(source, "objectType"),
        number(source, "participantType") == OWNER,
    )
