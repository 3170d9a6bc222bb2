"""Settings of the server's apps, for an administrator's login password: what `make live` lifts and puts back."""

from __future__ import annotations

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class AppConfigCalls(OcsCalls):
    API_URL = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps"

    def get(self, app: str, key: str) -> Response:
        """{data: value}, empty when never set."""
        return self._get(f"{app}/{key}")

    def set(self, app: str, key: str, value: str) -> Response:
        return self._post(f"{app}/{key}", {"value": value})

    def unset(self, app: str, key: str) -> Response:
        return self._delete(f"{app}/{key}")
