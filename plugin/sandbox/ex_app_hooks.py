"""What programs asked to be told of (OCS of app webhook_listeners): kept, and told when a test says it happened."""

from __future__ import annotations

from typing import Any

import requests
from werkzeug.wrappers import Request, Response

from plugin.sandbox.accounts import Account
from plugin.sandbox.ex_app_calls import said
from plugin.sandbox.ex_apps import PATIENCE, ExApp, ExApps, headers
from plugin.sandbox.ocs.envelope import Version


class Hooks:
    """For programs alone; the real server also lets administrators in."""

    def __init__(self, apps: ExApps) -> None:
        self._apps = apps
        self.known: dict[int, dict[str, Any]] = {}
        self._next = 1

    def answer(self, request: Request, number: str, version: Version) -> Response:
        acting = self._apps.acting(request.headers.get)
        if acting is None or isinstance(acting, Account) or not acting.enabled:
            return said(request, version, 997, "Current user is not logged in")
        if request.method == "GET" and not number:
            uri = request.args.get("uri")
            return said(
                request, version, 200, data=[each for each in self.known.values() if uri in (None, each["uri"])]
            )
        if request.method == "POST" and not number:
            made = {**request.get_json(), "id": self._next, "appId": acting.id}
            self.known[self._next], self._next = made, self._next + 1
            return said(request, version, 200, data=made)
        if request.method == "DELETE" and number:
            return said(request, version, 200, data=self.known.pop(int(number), None) is not None)
        return said(request, version, 998, "Invalid query, please check the syntax.")

    def tell(self, app: ExApp, event: dict[str, Any], account: str) -> list[int]:
        """Sends this event to every hook that listens for its class, as done by `account`; the answers' statuses."""
        found = [each for each in self.known.values() if each["event"] == event["class"]]
        body = {"event": event, "user": {"uid": account, "displayName": account}, "time": 0, "authentication": []}
        return [
            requests.post(
                f"{app.address}{each['uri']}",
                json=body,
                headers={**headers(app, account), **each["headers"], **each["authData"]},
                timeout=PATIENCE,
            ).status_code
            for each in found
        ]
