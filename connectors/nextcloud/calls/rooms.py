"""Chat rooms (Talk, app spreed)."""

from __future__ import annotations

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class RoomCalls(OcsCalls):
    API_URL = "/ocs/v2.php/apps/spreed/api/v4/room"

    def list(self) -> Response:
        return self._get()

    def create(self, name: str, description: str) -> Response:
        return self._post("", {"roomType": 2, "roomName": name, "description": description})

    def rename(self, room: str, name: str) -> Response:
        return self._put(room, {"roomName": name})

    def describe(self, room: str, description: str) -> Response:
        return self._put(f"{room}/description", {"description": description})

    def delete(self, room: str) -> Response:
        return self._delete(room)

    def participants(self, room: str) -> Response:
        return self._get(f"{room}/participants")

    def add(self, room: str, who: str, source: str) -> Response:
        """`source` is users, groups or circles."""
        return self._post(f"{room}/participants", {"newParticipant": who, "source": source})

    def remove(self, room: str, attendee: int) -> Response:
        return self._delete(f"{room}/attendees", params={"attendeeId": attendee})

    def promote(self, room: str, attendee: int) -> Response:
        return self._post(f"{room}/moderators", {"attendeeId": attendee})

    def demote(self, room: str, attendee: int) -> Response:
        return self._delete(f"{room}/moderators", params={"attendeeId": attendee})
