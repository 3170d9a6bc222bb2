"""/cloud/capabilities and /status.php: what this server is and which apps it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugin.sandbox.brute_force import BruteForce
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.version import Version


@dataclass(slots=True)
class Apps:
    """Which optional apps this sandbox has; an administrator may switch them while it runs."""

    talk: bool = True
    teams: bool = True
    team_folders: bool = True

    @property
    def enabled(self) -> frozenset[str]:
        """By the ids that `occ app:enable` wants."""
        known = {"circles": self.teams, "groupfolders": self.team_folders, "spreed": self.talk}
        return frozenset(app for app, is_there in known.items() if is_there)


class Capabilities:
    def __init__(self, apps: Apps, version: Version, brute_force: BruteForce) -> None:
        self._apps = apps
        self._version = version
        self._brute_force = brute_force

    def routes(self) -> Iterable[Route]:
        yield Route("GET", "/cloud/capabilities", self.get, public=True)

    def get(self, call: Call) -> object:
        version = {
            "major": self._version.major,
            "minor": self._version.minor,
            "micro": self._version.micro,
            "string": self._version.text,
            "edition": "",
            "extendedSupport": False,
        }
        return {"version": version, "capabilities": self._all(call) if call.caller_or_none else _anonymous()}

    def _all(self, call: Call) -> dict[str, object]:
        address = call.request.remote_addr or ""
        found: dict[str, object] = {
            **_anonymous(),
            "bruteforce": {"delay": self._brute_force.delay_milliseconds(address), "allow-listed": False},
            "dav": {"chunking": "1.0", "bulkupload": "1.0", "absence-supported": True},
            "files": {"bigfilechunking": True, "undelete": True, "versioning": True},
            "files_sharing": {"api_enabled": True, "group_sharing": True, "public": {"enabled": True}},
            "notifications": {"ocs-endpoints": ["list", "get", "delete"], "admin-notifications": ["ocs", "cli"]},
            "password_policy": {"minLength": 10},
        }
        if self._apps.teams:
            found["circles"] = {
                "version": f"{self._version.major}.0.0",
                "status": {"globalScale": False},
                "settings": {"membersLimit": -1},
            }
        if self._apps.team_folders:
            found["groupfolders"] = {"appVersion": "22.0.6", "hasGroupFolders": True}
        if self._apps.talk:
            features = ["conversation-v4", "conversation-creation-all", "listable-rooms", "room-description", "chat-v2"]
            found["spreed"] = {"features": features, "config": {}, "version": "24.0.0"}
        return found


def _anonymous() -> dict[str, object]:
    return {
        "core": {"pollinterval": 60, "webdav-root": "remote.php/webdav", "can-create-app-token": True},
        "theming": {"name": "Nextcloud"},
    }


def status(version: Version) -> dict[str, object]:
    return {
        "installed": True,
        "maintenance": False,
        "needsDbUpgrade": False,
        "version": f"{version.text}.2",
        "versionstring": version.text,
        "edition": "",
        "productname": "Nextcloud",
        "extendedSupport": False,
    }
