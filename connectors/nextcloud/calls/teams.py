"""Teams (app circles), as an ordinary member sees them."""

from __future__ import annotations

from collections.abc import Sequence

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class TeamCalls(OcsCalls):
    API_URL = "/ocs/v2.php/apps/circles/circles"

    def list(self) -> Response:
        """The teams that we are in; `GET circles/ID` is for administrators only."""
        return self._get()

    def create(self, name: str, *, with_folder: bool) -> Response:
        """Before Nextcloud 35 nobody listens to the second one."""
        return self._post_json("", {"name": name, "createTeamFolder": with_folder})

    def delete(self, team: str) -> Response:
        return self._delete(team)

    def set(self, team: str, what: str, value: str | int) -> Response:
        """`what` is name, description or config."""
        return self._put_json(f"{team}/{what}", {"value": value})

    def members(self, team: str) -> Response:
        return self._get(f"{team}/members", params={"fullDetails": "true"})

    def add(self, team: str, members: Sequence[tuple[str, int]]) -> Response:
        """(id, type) each: 1 account, 2 group, 16 team. Unknown ones are left out without a word."""
        rows = [{"id": each, "type": kind} for each, kind in members]
        return self._post_json(f"{team}/members/multi", {"members": rows})

    def remove(self, team: str, membership: str) -> Response:
        return self._delete(f"{team}/members/{membership}")

    def set_level(self, team: str, membership: str, level: int) -> Response:
        return self._put_json(f"{team}/members/{membership}/level", {"level": level})
