"""The apps in the bar on top: /core/navigation/apps. The calendar, contacts and tasks are always there."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.capabilities import Apps

ALWAYS = ("dashboard", "files", "calendar", "contacts", "tasks")


class Navigation:
    def __init__(self, apps: Apps) -> None:
        self._apps = apps

    def routes(self) -> Iterable[Route]:
        yield Route("GET", "/core/navigation/apps", self.list)

    def list(self, call: Call) -> object:
        there = (*ALWAYS, "spreed") if call.uid and self._apps.talk else ALWAYS
        return [
            {"id": each, "order": place, "href": f"/index.php/apps/{each}/", "type": "link", "name": each.capitalize()}
            for place, each in enumerate(there)
        ]
