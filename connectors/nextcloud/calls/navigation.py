"""The bar on top of the pages, as whoever asks sees it."""

from __future__ import annotations

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class NavigationCalls(OcsCalls):
    API_URL = "/ocs/v2.php/core/navigation"

    def apps(self) -> Response:
        """Rows of id, name, href."""
        return self._get("apps")
