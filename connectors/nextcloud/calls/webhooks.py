"""What a program asks to be told of (app webhook_listeners)."""

from __future__ import annotations

from collections.abc import Mapping

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class WebhookCalls(OcsCalls):
    """For who is connected as a program; the server keeps what belongs to it until the program is unregistered."""

    API_URL = "/ocs/v2.php/apps/webhook_listeners/api/v1/webhooks"

    def known(self, uri: str) -> Response:
        return self._get("", {"uri": uri})

    def add(self, body: Mapping[str, object]) -> Response:
        return self._post_json("", dict(body))

    def remove(self, number: int) -> Response:
        return self._delete(f"/{number}")
