"""The folder that belongs to a team (app circles, from Nextcloud 35 on)."""

from __future__ import annotations

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class TeamSpaceCalls(OcsCalls):
    API_URL = "/ocs/v2.php/apps/circles/teams"

    def get(self, team: str) -> Response:
        """{id, mountPoint}."""
        return self._get(f"{team}/folder")

    def detach(self, team: str) -> Response:
        return self._delete(f"{team}/folder")
