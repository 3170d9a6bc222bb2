"""Talk over OCS: /apps/spreed/api/v4/room and the chat's one call.

Making a room is not idempotent and takes any name twice. What a person is not in is 404, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.ocs.calls import Call, Done, Route
from plugin.sandbox.ocs.envelope import OcsFailure
from plugin.sandbox.rooms import GROUPS, MODERATOR, OWNER, TEAMS, USER, USERS, Attendee, Room, Rooms
from plugin.sandbox.teams import Teams

BASE = "/apps/spreed/api/v4/room"
GROUP_ROOM, PUBLIC_ROOM = 2, 3
SOURCES = {"users": USERS, "groups": GROUPS, "circles": TEAMS, "teams": TEAMS}
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_MESSAGE = 255, 2000, 32000
PERMISSIONS = {OWNER: 510, MODERATOR: 510, USER: 502}


class RoomCalls:
    def __init__(self, rooms: Rooms, accounts: Accounts, teams: Teams) -> None:
        self._rooms = rooms
        self._accounts = accounts
        self._teams = teams

    def routes(self) -> Iterable[Route]:
        one = BASE + "/<token>"
        yield Route("GET", BASE, self.listed)
        yield Route("POST", BASE, self.create)
        yield Route("GET", one, self.one)
        yield Route("PUT", one, self.rename)
        yield Route("DELETE", one, self.delete)
        yield Route("PUT", one + "/description", self.describe)
        yield Route("PUT", one + "/listable", self.set_listable)
        yield Route("PUT", one + "/read-only", self.set_read_only)
        yield Route("PUT", one + "/webinar/lobby", self.set_lobby)
        yield Route("GET", one + "/participants", self.participants)
        yield Route("POST", one + "/participants", self.add)
        yield Route("DELETE", one + "/attendees", self.remove)
        yield Route("POST", one + "/moderators", self.promote)
        yield Route("DELETE", one + "/moderators", self.demote)
        yield Route("POST", "/apps/spreed/api/v1/chat/<token>", self.say)
        yield Route("GET", "/apps/spreed/api/v1/chat/<token>", self.messages)

    def listed(self, call: Call) -> object:
        return [self._described(room, call.uid) for room in self._rooms.of_person(call.uid)]

    def create(self, call: Call) -> object:
        kind, name = call.number("roomType", 0) or 0, call.text("roomName").strip()
        object_type, object_id = call.text("objectType"), call.text("objectId")
        if kind not in (GROUP_ROOM, PUBLIC_ROOM):
            raise OcsFailure(400, "", {"error": "type"})
        if not name or len(name) > LONGEST_NAME:
            raise OcsFailure(400, "", {"error": "name"})
        if object_type not in ("", "event"):
            raise OcsFailure(400, "", {"error": "object-type"})
        room = self._rooms.create(name, call.uid, kind, call.text("description"), object_type, object_id)
        for source, names in call.mapping("participants").items():
            for one in names if source in SOURCES else ():
                if self._exists(SOURCES[source], str(one)):
                    room = self._rooms.add(room, SOURCES[source], str(one))
        if call.text("invite") and self._exists(call.text("source") or GROUPS, call.text("invite")):
            room = self._rooms.add(room, SOURCES[call.text("source") or GROUPS], call.text("invite"))
        return Done(201, self._described(room, call.uid))

    def one(self, call: Call) -> object:
        return self._described(self._room(call), call.uid)

    def rename(self, call: Call) -> object:
        room, name = self._moderated(call), call.text("roomName").strip()
        if not name or len(name) > LONGEST_NAME:
            raise OcsFailure(400, "", {"error": "value"})
        return self._described(self._rooms.save(replace(room, name=name)), call.uid)

    def delete(self, call: Call) -> object:
        del self._rooms.all[self._moderated(call).token]
        return None

    def describe(self, call: Call) -> object:
        room, text = self._moderated(call), call.text("description")
        if len(text) > LONGEST_DESCRIPTION:
            raise OcsFailure(400, "", {"error": "value"})
        return self._described(self._rooms.save(replace(room, description=text)), call.uid)

    def set_listable(self, call: Call) -> object:
        room = replace(self._moderated(call), listable=call.number("scope", 0) or 0)
        return self._described(self._rooms.save(room), call.uid)

    def set_read_only(self, call: Call) -> object:
        room = replace(self._moderated(call), read_only=call.number("state", 0) or 0)
        return self._described(self._rooms.save(room), call.uid)

    def set_lobby(self, call: Call) -> object:
        room = replace(self._moderated(call), lobby=call.number("state", 0) or 0)
        return self._described(self._rooms.save(room), call.uid)

    def participants(self, call: Call) -> object:
        room = self._room(call)
        return [self._described_attendee(room, attendee) for attendee in room.attendees]

    def add(self, call: Call) -> object:
        room, source = self._moderated(call), call.text("source", "users")
        if source not in SOURCES:
            raise OcsFailure(400, "", {"error": "source"})
        kind, name = SOURCES[source], call.text("newParticipant")
        if not self._exists(kind, name):
            raise OcsFailure(404, "", {"error": "new-participant"})
        self._rooms.add(room, kind, self._spelled(kind, name))
        return []

    def remove(self, call: Call) -> object:
        room = self._moderated(call)
        attendee = self._attendee(call, room)
        if attendee.level == OWNER:
            raise OcsFailure(400, "", {"error": "owner"})
        self._rooms.remove(room, attendee)
        return None

    def promote(self, call: Call) -> object:
        return self._set_level(call, MODERATOR)

    def demote(self, call: Call) -> object:
        return self._set_level(call, USER)

    def say(self, call: Call) -> object:
        room, text = self._room(call), call.text("message")
        if not text:
            raise OcsFailure(400, "", {"error": "message"})
        if len(text) > LONGEST_MESSAGE:
            raise OcsFailure(413, "", {"error": "message"})
        message = self._rooms.say(room, call.uid, text, call.text("referenceId"))
        return Done(201, {
            "id": message.number, "token": room.token, "actorType": USERS, "actorId": message.author,
            "actorDisplayName": self._name(USERS, message.author), "timestamp": message.at, "message": message.text,
            "referenceId": message.reference, "systemMessage": "", "messageType": "comment",
        })  # fmt: skip

    def messages(self, call: Call) -> object:
        room = self._room(call)
        return [{"id": one.number, "actorId": one.author, "message": one.text, "timestamp": one.at,
                 "referenceId": one.reference, "systemMessage": ""} for one in room.messages]  # fmt: skip

    def _set_level(self, call: Call, level: int) -> object:
        room = self._moderated(call)
        attendee = self._attendee(call, room)
        if attendee.kind != USERS or attendee.level == OWNER:
            raise OcsFailure(400)
        self._rooms.set_level(room, attendee, level)
        return None

    def _room(self, call: Call) -> Room:
        room = self._rooms.all.get(call.part("token"))
        room = self._rooms.current(room) if room else None
        if room is None or not room.entry(USERS, call.uid):
            raise OcsFailure(404)
        return room

    def _moderated(self, call: Call) -> Room:
        room = self._room(call)
        own = room.entry(USERS, call.uid)
        if own is None or own.level > MODERATOR:
            raise OcsFailure(403)
        return room

    def _attendee(self, call: Call, room: Room) -> Attendee:
        attendee = room.attendee(call.number("attendeeId", 0) or 0)
        if attendee is None:
            raise OcsFailure(404, "", {"error": "participant"})
        return attendee

    def _exists(self, kind: str, name: str) -> bool:
        if kind == USERS:
            return self._accounts.find(name) is not None
        return name in self._accounts.groups if kind == GROUPS else name in self._teams.all

    def _spelled(self, kind: str, name: str) -> str:
        """An account's own spelling, whatever capitals were asked for."""
        account = self._accounts.find(name) if kind == USERS else None
        return account.uid if account else name

    def _name(self, kind: str, name: str) -> str:
        if kind == USERS and name in self._accounts.people:
            return self._accounts.people[name].display_name
        if kind == GROUPS and name in self._accounts.groups:
            return self._accounts.groups[name].display_name
        return self._teams.all[name].display_name if name in self._teams.all else name

    def _described(self, room: Room, viewer: str) -> dict[str, object]:
        own = room.entry(USERS, viewer)
        level = own.level if own else USER
        return {
            "id": room.number,
            "token": room.token,
            "type": room.kind,
            "name": room.name,
            "displayName": room.name,
            "objectType": room.object_type,
            "objectId": room.object_id,
            "participantType": level,
            "attendeeId": own.number if own else 0,
            "actorType": USERS,
            "actorId": viewer,
            "permissions": PERMISSIONS[level],
            "readOnly": room.read_only,
            "description": room.description,
            "listable": room.listable,
            "lobbyState": room.lobby,
            "lastActivity": room.active,
            "canDeleteConversation": level <= MODERATOR,
            "canLeaveConversation": True,
        }

    def _described_attendee(self, room: Room, attendee: Attendee) -> dict[str, object]:
        return {
            "roomToken": room.token,
            "inCall": 0,
            "lastPing": 0,
            "sessionIds": [],
            "participantType": attendee.level,
            "attendeeId": attendee.number,
            "actorId": attendee.name,
            "actorType": attendee.kind,
            "displayName": self._name(attendee.kind, attendee.name),
            "permissions": PERMISSIONS[attendee.level],
            "attendeePermissions": 0,
            "attendeePin": "",
        }
